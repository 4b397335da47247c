import fc from 'fast-check';
import { isFoundByCounts } from '../../../src/domain/disclosure/audit-counts';
import type { FollowUp, Printing } from '../../../src/domain/disclosure/audit-rows';
import { listWishes, type Suspicion } from '../../../src/domain/disclosure/audit-suspicion';
import { makeSet } from '../../../src/domain/disclosure/respondent-sets';
import type { Atom } from '../../../src/domain/disclosure/types';
import {
  answersOf,
  attackOn,
  blockOf,
  isSeen,
  readSum,
  tinyNetworks,
  type PrintedNetwork,
} from '../../support/audit-blocks';
import { inWholePercent, printAs } from '../../support/audit-options';
import { atom, setsOf } from '../../support/disclosure-networks';

interface Attack {
  readonly atoms: readonly Atom[];
  readonly keys: readonly string[];
  /** Cells of the first one's organisation that are to stay unknown; the first cell. */
  readonly columns?: readonly number[];
  readonly followUps?: readonly FollowUp[];
}

function suspect({ atoms, keys, columns = [0], followUps = [] }: Attack): Suspicion {
  const option = attackOn({ ...answersOf(atoms, keys), followUps }, keys);
  const target = { ...makeSet(atoms, columns), isCountKnown: true };
  const wishes = listWishes(option, target, inWholePercent);
  return { block: blockOf(atoms[0]!.organisation, atoms, keys), option, target, wishes };
}

const isFound = (attack: Attack, told: Printing = inWholePercent): boolean => isFoundByCounts(suspect(attack), told);

describe('a small set is found', () => {
  /** Of Asker 1 of 4 in health and 5 of 8 in schools. */
  const asker = [atom('asker health', 4, 1), atom('asker school', 8, 5)];
  const both = ['organisation=asker', 'organisation=asker;sector=school'];

  it('when the per cents of its organisation are reproduced by no other counts', () => {
    // 6 of 12 and 5 of 8 gave it: 50 % and 63 %, and no other whole counts give those.
    expect(isFound({ atoms: asker, keys: both })).toBe(true);
    expect(isFound({ atoms: asker, keys: both.slice(0, 1) })).toBe(false);
    expect(isFound({ atoms: asker, keys: both.slice(1) })).toBe(false);
  });

  it('no longer when one of them is printed in coarse steps or hidden', () => {
    for (const key of both) {
      expect(isFound({ atoms: asker, keys: both }, printAs({ coarse: [key] }))).toBe(false);
      expect(isFound({ atoms: asker, keys: both }, printAs({ refused: [key] }))).toBe(false);
    }
  });

  it('not when nobody knows how many answered in it', () => {
    const suspicion = suspect({ atoms: asker, keys: both });
    const target = { ...suspicion.target, isCountKnown: false };
    expect(isFoundByCounts({ ...suspicion, target }, inWholePercent)).toBe(false);
  });

  it('not when one of the wished counts is possible', () => {
    // 6 of 12 gave it, so 0 to 4 of the 4 and none more: a count of 4 to 5 is possible, one of 5 to 9 is not.
    const suspicion = suspect({ atoms: asker, keys: both.slice(0, 1) });
    const possible = { low: 4, high: 5 };
    const impossible = { low: 5, high: 9 };
    expect(isFoundByCounts({ ...suspicion, wishes: [impossible] }, inWholePercent)).toBe(true);
    expect(isFoundByCounts({ ...suspicion, wishes: [possible] }, inWholePercent)).toBe(false);
    expect(isFoundByCounts({ ...suspicion, wishes: [impossible, possible] }, inWholePercent)).toBe(false);
  });

  it('by what a total leaves when the other organisation prints its own', () => {
    // 12 of 23 gave it: 52 %, between 11.85 and 12.08; in Lier 10 of 20: 50 %, between 9.9 and 10.1.
    const atoms = [atom('asker health', 3, 2), atom('lier health', 20, 10)];
    const keys = ['network', 'organisation=lier'];
    expect(isFound({ atoms, keys })).toBe(true);
    expect(isFound({ atoms, keys }, printAs({ coarse: ['organisation=lier'] }))).toBe(false);
    expect(isFound({ atoms, keys }, printAs({ coarse: ['network'] }))).toBe(false);
    expect(isFound({ atoms, keys: ['network'] })).toBe(false);
  });

  it('by the answers to a question that only those were asked who gave it, or only the others', () => {
    // 4 of 6, in steps of 20 printed as 60 %: 3 or 4. So are 3 of 6.
    const keys = ['organisation=asker;sector=health'];
    const coarse = printAs({ coarse: keys });
    const find = (given: number, answered: number, isOfOthers: boolean): boolean => {
      const followUp = { valid: [answered], isCounted: [true], published: new Set(keys), isOfOthers };
      return isFound({ atoms: [atom('asker health', 6, given)], keys, followUps: [followUp] }, coarse);
    };
    expect([find(4, 3, false), find(4, 4, false)]).toEqual([false, true]);
    expect([find(3, 2, true), find(3, 3, true)]).toEqual([false, true]);
  });

  it('when it stands in two cells and only their sum follows', () => {
    // 2 of 5 and 3 of 6 gave it, whatever the two cells of the first hold.
    const atoms = [atom('asker health S', 2, 1), atom('asker health M', 3, 1), atom('asker school S', 6, 3)];
    const keys = ['organisation=asker', 'organisation=asker;sector=school'];
    expect(isFound({ atoms, keys, columns: [0, 1] })).toBe(true);
    expect(isFound({ atoms, keys, columns: [0] })).toBe(false);
    expect(isFound({ atoms, keys, columns: [1] })).toBe(false);
  });
});

describe('one per cent of several organisations gives a small set away', () => {
  /** 2 of 3 in Asker and 4 of 5 in Lier, who count ten times as much: 42 of 53, 79 %, between 41.6 and 42.1. */
  const atoms = [
    atom('lier school', 9, 4),
    atom('asker care', 3, 2),
    { ...atom('lier care', 5, 4), weight: 10 },
    atom('asker school', 9, 4),
  ];
  const asker = { atoms: [atoms[1]!, atoms[2]!, atoms[0]!, atoms[3]!], keys: ['sector=care'] };

  it('when only one way to spread the answers over the cells gives it', () => {
    expect(isFound(asker)).toBe(true);
    expect(isFound({ atoms, keys: ['sector=care'], columns: [2] })).toBe(true);
  });

  it('no longer when it is printed in coarse steps or hidden', () => {
    expect(isFound(asker, printAs({ coarse: ['sector=care'] }))).toBe(false);
    expect(isFound(asker, printAs({ refused: ['sector=care'] }))).toBe(false);
  });

  it('only when it holds the whole of it', () => {
    expect(isFound({ ...asker, columns: [3] })).toBe(false);
    expect(isFound({ ...asker, columns: [0, 3] })).toBe(false);
  });

  it('not when another way gives it too', () => {
    const equal = asker.atoms.map((one) => ({ ...one, weight: 1 }));
    expect(isFound({ ...asker, atoms: equal })).toBe(false);
  });

  it('also when another per cent of several leaves it open', () => {
    expect(isFound({ ...asker, keys: ['network', 'sector=care'] })).toBe(true);
    expect(isFound({ ...asker, keys: ['network'] })).toBe(false);
  });
});

describe('a search that would take too long', () => {
  /** Half of the cells of one answer each gave it, all of double weight but the first: the sum is odd because of it. */
  const createCells = (cells: number): readonly Atom[] =>
    Array.from({ length: cells }, (_, at) => ({ ...atom(`asker s${at}`, 1, (at + 1) % 2), weight: at === 0 ? 1 : 2 }));

  it('leaves the set to other means', () => {
    expect(isFound({ atoms: createCells(9), keys: ['network'] })).toBe(true);
    expect(isFound({ atoms: createCells(41), keys: ['network'] })).toBe(false);
  });
});

describe('compared with trying all counts', () => {
  it('in one organisation a cell is found exactly when no other count of it is possible', () => {
    const seen = { found: 0, open: 0 };
    fc.assert(
      fc.property(tinyNetworks(['asker'], ['health', 'school', 'care', 'plan']), (network) => {
        for (const { isFoundHere, isKnown } of attackCells(network)) {
          expect(isFoundHere).toBe(isKnown);
          seen[isFoundHere ? 'found' : 'open']++;
        }
      }),
      { numRuns: 150, seed: 31 },
    );
    expect(Math.min(seen.found, seen.open)).toBeGreaterThan(40);
  });

  it('in a network no cell is said to be found that could hold another count', () => {
    let found = 0;
    fc.assert(
      fc.property(tinyNetworks(['asker', 'bamle', 'lier'], ['health', 'school']), (network) => {
        for (const { isFoundHere, isKnown } of attackCells(network)) {
          if (isFoundHere) expect(isKnown).toBe(true);
          if (isFoundHere) found++;
        }
      }),
      { numRuns: 200, seed: 37 },
    );
    expect(found).toBeGreaterThan(40);
  });
});

/** Cells of the first organisation with something to protect: whether each is found, and whether all counts say so. */
function attackCells({ atoms, keys, printing: told }: PrintedNetwork) {
  const columns = atoms.flatMap(({ organisation }, column) =>
    organisation === atoms[0]?.organisation ? [column] : [],
  );
  const possible = listPossible({ atoms, keys, printing: told });
  return columns.flatMap((column) => {
    const suspicion = suspect({ atoms, keys, columns: [column] });
    if (suspicion.wishes.length === 0) return [];
    const isKnown = possible[column]!.size === 1;
    return [{ isFoundHere: isFoundByCounts(suspicion, told), isKnown }];
  });
}

/** By cell the counts that some way to spread answers over the network gives it, with every per cent as printed. */
function listPossible({ atoms, keys, printing: told }: PrintedNetwork): readonly ReadonlySet<number>[] {
  const seen = setsOf(
    atoms,
    keys.filter((key) => isSeen(key, told)),
  );
  const figures = seen.map((set) => ({ columns: set.columns, ...readSum(set, { atoms, printing: told }) }));
  const possible = atoms.map(() => new Set<number>());
  const isAsPrinted = (counts: readonly number[]): boolean =>
    figures.every(({ columns, low, high }) => {
      if (columns.some((column) => column >= counts.length)) return true;
      const sum = columns.reduce((total, column) => total + atoms[column]!.weight! * counts[column]!, 0);
      return sum >= low - 1e-9 && sum <= high + 1e-9;
    });
  const visit = (counts: readonly number[]): void => {
    if (!isAsPrinted(counts)) return;
    if (counts.length === atoms.length) counts.forEach((count, column) => possible[column]!.add(count));
    const limit = atoms[counts.length]?.validCount ?? -1;
    for (let count = 0; count <= limit; count++) visit([...counts, count]);
  };
  visit([]);
  return possible;
}
