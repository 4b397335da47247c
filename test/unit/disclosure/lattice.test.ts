import { parseGroupKey } from '../../../src/domain/benchmark/groups';
import { declareLattice } from '../../../src/domain/disclosure/lattice';

const declare = () =>
  declareLattice({ organisations: ['asker', 'bamle'], sectors: ['health', 'social'], sizes: ['S'] });

describe('lattice', () => {
  it('lists totals before breakdowns and comparators last', () => {
    expect(declare().map(({ key, priority }) => `${priority} ${key}`)).toEqual([
      '0 network',
      '1 organisation=asker',
      '1 organisation=bamle',
      '2 sector=health',
      '2 sector=social',
      '3 size=S',
      '4 organisation=asker;sector=health',
      '4 organisation=asker;sector=social',
      '4 organisation=bamle;sector=health',
      '4 organisation=bamle;sector=social',
      '5 organisation=asker;size=S',
      '5 organisation=bamle;size=S',
      '6 rest=asker',
      '6 rest=bamle',
      '7 rest=asker;sector=health',
      '7 rest=asker;sector=social',
      '7 rest=bamle;sector=health',
      '7 rest=bamle;sector=social',
      '8 rest=asker;size=S',
      '8 rest=bamle;size=S',
    ]);
  });

  it('gives every group the conditions of its key', () => {
    for (const group of declare()) expect({ ...parseGroupKey(group.key), priority: group.priority }).toEqual(group);
  });
});
