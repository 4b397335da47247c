import fc from 'fast-check';
import { createGroup } from '../../src/domain/benchmark/groups';
import type { GroupKey } from '../../src/domain/benchmark/types';
import { describeOption } from '../../src/domain/disclosure/audit-option';
import type { FollowUp, Printing } from '../../src/domain/disclosure/audit-rows';
import type { AttackedOption } from '../../src/domain/disclosure/audit-suspicion';
import { makeSet, type GroupSet } from '../../src/domain/disclosure/respondent-sets';
import type { Atom } from '../../src/domain/disclosure/types';

/** How groups are printed: in whole per cent where nothing else is said. */
export function printAs({ coarse = [], refused = [] }: Partial<Record<keyof Printing, readonly GroupKey[]>>): Printing {
  return { coarse: new Set(coarse), refused: new Set(refused) };
}

/** Everything in whole per cent. */
export const inWholePercent = printAs({});

/** The first option of some cells, under attack. */
export function attackFirst(
  atoms: readonly Atom[],
  published: readonly GroupSet[],
  changes: Partial<AttackedOption> = {},
): AttackedOption {
  return {
    published,
    answers: describeOption({ atoms, published, followUps: [], option: 0 }),
    isOpinion: false,
    isOnly: false,
    moves: [],
    known: { refusedCount: 0, rules: [] },
    ...changes,
  };
}

/** A published option with cells of any group, and questions asked because of it or of its absence. */
export interface DrawnOption {
  readonly atoms: readonly Atom[];
  readonly groups: readonly GroupSet[];
  readonly followUps: readonly FollowUp[];
}

/** Groups that are any unions of cells, named g0, g1 … */
function uniteFreely(atoms: readonly Atom[], unions: readonly (readonly number[])[]): readonly GroupSet[] {
  return unions.map((columns, priority) => {
    return { group: { ...createGroup({ organisation: `g${priority}` }), priority }, ...makeSet(atoms, columns) };
  });
}

const organisations = ['a', 'a', 'b', 'b', 'c'];

/** Five cells of three organisations with up to some answers each, and groups of any of them. */
export function drawOptions(most: number, followUpCount: number): fc.Arbitrary<DrawnOption> {
  const width = organisations.length;
  const perCell = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(of, { minLength: width, maxLength: width });
  const cell = fc.record({
    count: fc.integer({ min: 1, max: most }),
    given: fc.nat({ max: most }),
    weight: fc.constantFrom(1, 1, 1.5),
  });
  const followUp = fc.record({
    silent: perCell(fc.nat({ max: 2 })),
    isCounted: perCell(fc.constantFrom(true, true, false)),
    isOfOthers: fc.boolean(),
    hidden: fc.nat({ max: 4 }),
  });
  const unions = fc.array(fc.subarray([...organisations.keys()], { minLength: 1 }), { minLength: 1, maxLength: 4 });
  return fc
    .tuple(perCell(cell), unions, fc.array(followUp, { maxLength: followUpCount }))
    .map(([cells, columns, asked]): DrawnOption => {
      const atoms = cells.map(({ count, given, weight }, at): Atom => {
        const kept = given % (count + 1);
        const place = { organisation: organisations[at]!, sector: `s${at}`, size: null };
        return { ...place, validCount: count, optionCounts: [kept, count - kept], weight };
      });
      const groups = uniteFreely(atoms, columns);
      const followUps = asked.map(({ silent, isCounted, isOfOthers, hidden }): FollowUp => {
        const published = new Set(groups.map(({ group }) => group.key).filter((_, at) => at !== hidden));
        const valid = atoms.map(({ optionCounts }, at) => {
          return Math.max(0, optionCounts[isOfOthers ? 1 : 0]! - silent[at]!);
        });
        return { valid, isCounted, isOfOthers, published };
      });
      return { atoms, groups, followUps };
    });
}
