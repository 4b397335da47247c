import { declareLattice } from '../../../src/domain/disclosure/lattice';
import {
  createSafetyRule,
  makeSet,
  resolveGroups,
  type RespondentSet,
  type SafetyRule,
} from '../../../src/domain/disclosure/respondent-sets';
import type { Atom } from '../../../src/domain/disclosure/types';
import {
  collectUnsafeSets,
  listFamilies,
  subtractNested,
  uniteSiblings,
} from '../../../src/domain/disclosure/unsafe-sets';
import { atom, maskInput, openPolicy } from '../../support/disclosure-networks';

const isUnsafe = createSafetyRule({ policy: openPolicy, sensitivity: 0 });
const isAlike = createSafetyRule({ policy: openPolicy, sensitivity: 1 });

const resolve = (atoms: readonly Atom[]) => resolveGroups(maskInput(atoms).groups, atoms);
const nameColumns = (sets: readonly RespondentSet[]): readonly string[] =>
  sets.map(({ columns }) => columns.join('+')).sort();

/** Two organisations with two sectors; answers that name no sector are in the totals alone. */
const atoms = [atom('a s1', 20), atom('a s2', 10), atom('a -', 4), atom('b s1', 15), atom('b s2', 3)];

describe('whole minus part (R3)', () => {
  it('gives every remainder that is too small, of groups that may both be shown', () => {
    // b's first sector leaves 3 of b; a's sectors leave 14 and 24 of a, a leaves 18 of the network.
    const remainders = subtractNested(resolve(atoms), atoms, isUnsafe);
    expect(new Set(nameColumns(remainders))).toEqual(new Set(['4']));
    expect(remainders[0]).toEqual(makeSet(atoms, [4]));
  });

  it('asks of the remainder what was asked, not of the number of answers alone', () => {
    const listRemainders = (given: number, rule: SafetyRule) => {
      const opinions = [atom('a s1', 20, 10), atom('a s2', 20, given), atom('b s1', 30, 15)];
      const keys = ['organisation=a', 'organisation=a;sector=s1'];
      const nested = resolve(opinions).filter(({ group }) => keys.includes(group.key));
      return nameColumns(subtractNested(nested, opinions, rule));
    };
    expect(listRemainders(20, isAlike)).toEqual(['1']);
    expect(listRemainders(10, isAlike)).toEqual([]);
    expect(listRemainders(20, isUnsafe)).toEqual([]);
  });

  it('counts the workplaces of the remainder', () => {
    const few = [
      { ...atom('a s1', 20), workplaces: 9 },
      { ...atom('a s2', 20), workplaces: 2 },
    ];
    const whole = resolve(few).filter(({ group }) =>
      ['organisation=a', 'organisation=a;sector=s1'].includes(group.key),
    );
    expect(nameColumns(subtractNested(whole, few, isUnsafe))).toEqual(['1']);
  });

  it('does not compare a group with one that is no part of it, however close their numbers', () => {
    const apart = [atom('a s1', 20), atom('b s1', 16)];
    const totals = resolve(apart).filter(({ group }) => group.organisation !== null);
    expect(subtractNested(totals, apart, isUnsafe)).toEqual([]);
  });

  it('takes nothing away from a group that cannot be shown itself', () => {
    const small = [atom('a s1', 3), atom('a s2', 2), atom('b s1', 30)];
    const sets = resolve(small).filter(({ group }) => group.organisation === 'a');
    expect(subtractNested(sets, small, isUnsafe)).toEqual([]);
  });
});

describe('families of siblings', () => {
  const describeFamilies = (sets: readonly ReturnType<typeof resolve>[number][]) =>
    listFamilies(sets, atoms).map((family) => family.map(({ columns }) => columns.join('+')));

  it('divide every group by each further dimension, with what no member holds as one more', () => {
    const families = describeFamilies(resolve(atoms)).map((family) => family.join(' '));
    // The network by organisation, and by sector with those of no sector.
    expect(families).toContain('0+1+2 3+4');
    expect(families).toContain('0+3 1+4 2');
    // Sectors by organisation, and organisations by sector.
    expect(families).toContain('0 3');
    expect(families).toContain('1 4');
    expect(families).toContain('0 1 2');
    expect(families).toContain('3 4');
  });

  it('hold no empty member', () => {
    for (const family of listFamilies(resolve(atoms), atoms)) {
      for (const { count } of family) expect(count).toBeGreaterThan(0);
    }
    const lattice = declareLattice({ organisations: ['a', 'b', 'c'], sectors: ['s1', 's2', 's3'], sizes: [] });
    expect(nameColumns(listFamilies(resolveGroups(lattice, atoms), atoms).flat())).not.toContain('');
  });

  it('are divided by size as well', () => {
    const bySize = [atom('a s1 S', 9), atom('a s1 M', 8)];
    const families = listFamilies(resolve(bySize), bySize).map((family) =>
      family.map(({ columns }) => columns.join('+')),
    );
    expect(families.filter((family) => family.join(' ') === '0 1').length).toBe(2);
  });

  it('have no remainder where the lattice has no group to divide', () => {
    const cells = resolve(atoms).filter(({ group }) => group.organisation !== null && group.sector !== null);
    expect(describeFamilies(cells).map((family) => family.join(' '))).toEqual(['0 3', '0 1', '1 4', '3 4']);
  });
});

describe('unions of small siblings', () => {
  const createSiblings = (counts: readonly number[]): readonly RespondentSet[] =>
    counts.map((count, at) => ({ columns: [at], count, workplaces: count, optionCounts: [] }));
  const siblings = createSiblings([2, 1, 3, 1, 2, 1, 1]);

  it('are of two to five, each once, with the answers of all', () => {
    const unions = uniteSiblings(siblings, () => true);
    const choose = [21, 35, 35, 21];
    expect([2, 3, 4, 5].map((size) => unions.filter(({ columns }) => columns.length === size).length)).toEqual(choose);
    expect(unions).toHaveLength(choose.reduce((sum, each) => sum + each));
    expect(new Set(nameColumns(unions)).size).toBe(unions.length);
    expect(unions.find(({ columns }) => columns.join() === '0,2,4')).toMatchObject({ count: 7 });
  });

  it('grow only from what is worth growing, the siblings first', () => {
    const unions = uniteSiblings(siblings.slice(0, 4), ({ count }) => count < 3);
    // 2+1, 2+3, 2+1; 1+3, 1+1; the last and the one of three go no further alone; of the pairs only 1+1 could, and is last.
    expect(nameColumns(unions)).toEqual(['0+1', '0+2', '0+3', '1+2', '1+3']);
  });

  it('add up workplaces and options, and keep their columns in order', () => {
    const pair = [atom('a s1', 3, 1), { ...atom('a s2', 2, 2), workplaces: 1 }];
    const [union] = uniteSiblings([makeSet(pair, [1]), makeSet(pair, [0])], () => true);
    expect(union).toEqual({ columns: [0, 1], count: 5, workplaces: 4, optionCounts: [3, 2] });
  });

  it('stop when there are thousands, for the search of the published sums finds the rest', () => {
    const many = createSiblings(Array<number>(120).fill(1));
    const unions = uniteSiblings(many, () => true);
    expect(unions.every(({ columns }) => columns.length === 2)).toBe(true);
    expect(unions).toHaveLength((120 * 119) / 2);
    const fewer = uniteSiblings(many.slice(0, 60), () => true);
    expect(Math.max(...fewer.map(({ columns }) => columns.length))).toBe(3);
  });
});

describe('the sets that must not follow', () => {
  it('are small groups and cells, remainders, and unions of small siblings, each once', () => {
    const unsafe = nameColumns(collectUnsafeSets(resolve(atoms), atoms, isUnsafe));
    expect(unsafe).toEqual(['2', '4']);
    const small = [atom('a s1', 30), atom('a s2', 2), atom('a s3', 3), atom('a s4', 4), atom('b s1', 30)];
    expect(nameColumns(collectUnsafeSets(resolve(small), small, isUnsafe))).toEqual(['1', '1+2', '1+3', '2', '3']);
  });

  it('hold cells that no group names', () => {
    const cells = [atom('a s1 S', 30), atom('a s1 M', 3), atom('a s2 S', 2), atom('a s2 M', 30), atom('b s1 S', 40)];
    expect(resolve(cells).map(({ columns }) => columns.join())).not.toContain('1');
    expect(nameColumns(collectUnsafeSets(resolve(cells), cells, isUnsafe))).toEqual(['1', '2']);
  });
});
