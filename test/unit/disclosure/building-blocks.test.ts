import fc from 'fast-check';
import { isUnionOfBlocks, mergeIntoBlocks } from '../../../src/domain/disclosure/building-blocks';
import { createSafetyRule, makeSet, mergeAtoms, resolveGroups } from '../../../src/domain/disclosure/respondent-sets';
import { computeMask } from '../../../src/domain/disclosure/suppression-mask';
import type { Atom } from '../../../src/domain/disclosure/types';
import { findDerivable, columnsOf, countAnswers } from '../../support/attacker/span';
import { atom, maskInput, networks, openPolicy } from '../../support/disclosure-networks';

const policy = { ...openPolicy, buildingBlocks: true };
const isUnsafe = createSafetyRule({ policy, sensitivity: 0 });

describe('building blocks', () => {
  it('keep sectors whole where they are large enough, and join the rest with its neighbour', () => {
    const atoms = [atom('a s1 S', 4), atom('a s1 M', 4), atom('a s2 S', 9), atom('a s3 S', 3), atom('b s1 S', 8)];
    const blocks = mergeIntoBlocks(atoms, isUnsafe).map(({ columns }) => [...columns]);
    expect(blocks).toEqual([[0, 1], [2, 3], [4]]);
  });

  it('join an organisation that is too small with its neighbour', () => {
    const atoms = [atom('a s1 S', 4), atom('b s1 S', 8), atom('c s1 S', 2)];
    expect(mergeIntoBlocks(atoms, isUnsafe).map(({ columns }) => [...columns])).toEqual([[0, 1, 2]]);
  });

  it('are the same in whatever order the cells come', () => {
    // b's cells in order of place: none 3, s1 M 4, s1 S 5, s2 6; a comes first whatever its cells' positions.
    const atoms = [atom('b s2 S', 6), atom('b s1 S', 5), atom('a s1 S', 9), atom('b - -', 3), atom('b s1 M', 4)];
    const merge = (given: readonly Atom[]) =>
      mergeIntoBlocks(given, isUnsafe).map(({ columns }) => columns.map((column) => given[column]!.validCount).sort());
    expect(merge(atoms)).toEqual([[9], [3, 4], [5, 6]]);
    expect(merge([...atoms].reverse())).toEqual([[9], [3, 4], [5, 6]]);
    expect(merge([])).toEqual([]);
  });

  it('are not divided by a group that holds each of them whole or not at all', () => {
    const atoms = [atom('a s1 S', 4), atom('a s1 M', 4), atom('a s2 S', 9), atom('b s1 S', 8)];
    const blocks = [[0, 1], [2], [3]].map((columns) => makeSet(atoms, columns));
    const isUnion = (...columns: number[]): boolean => isUnionOfBlocks(makeSet(atoms, columns), blocks);
    expect([isUnion(0, 1), isUnion(0, 1, 3), isUnion(2), isUnion()]).toEqual([true, true, true, true]);
    expect([isUnion(0), isUnion(1, 2), isUnion(0, 2, 3)]).toEqual([false, false, false]);
  });

  const some = networks({ organisations: [2, 4], sectors: [1, 3], sizes: [1, 2] });

  it('hold every cell once, and are safe unless all are too few', () => {
    fc.assert(
      fc.property(some, (given) => {
        const atoms = mergeAtoms(given);
        const blocks = mergeIntoBlocks(atoms, isUnsafe);
        expect(blocks.flatMap(({ columns }) => columns).toSorted((a, b) => a - b)).toEqual([...atoms.keys()]);
        if (!isUnsafe(makeSet(atoms, [...atoms.keys()])))
          for (const block of blocks) expect(isUnsafe(block)).toBe(false);
      }),
    );
  });

  it('are all that can be worked out where a network wants them', () => {
    let shown = 0;
    fc.assert(
      fc.property(some, (given) => {
        const atoms = mergeAtoms(given);
        const input = maskInput(atoms, { policy });
        const { published, hidden } = computeMask(input);
        const blocks = mergeIntoBlocks(atoms, isUnsafe);
        for (const set of resolveGroups(input.groups, atoms)) {
          if (published.has(set.group.key)) expect(isUnionOfBlocks(set, blocks)).toBe(true);
          else expect(hidden.get(set.group.key)).toBeDefined();
        }
        const few = (columns: readonly number[]): boolean => countAnswers(columns, atoms) < policy.minimumCellSize;
        const rows = [...published].map((key) => columnsOf(key, atoms));
        expect(findDerivable(rows, atoms, { isForbidden: few, canGrow: few })).toEqual([]);
        shown += published.size;
      }),
    );
    expect(shown).toBeGreaterThan(100);
  });
});
