import { formatGroupKey } from '../benchmark/groups';
import {
  isSubset,
  keepDistinct,
  makeSet,
  subtractColumns,
  type GroupSet,
  type RespondentSet,
  type SafetyRule,
} from './respondent-sets';
import type { Atom } from './types';

/** Rule R3: unions of up to this many hidden siblings are looked at. */
const maximumSiblings = 5;
/** Beyond this many unions in one family the search for derivable sets after the elimination takes over. */
const maximumUnionsPerFamily = 5000;

/** Groups that divide one parent by one dimension, and what of the parent none of them holds. */
type Family = readonly RespondentSet[];

/**
 * Lists the sets that must not be derivable (statistics.md 2.5): groups and atoms that are too small or too alike,
 * what remains of a group when a published part of it is taken away, and unions of hidden siblings.
 * @param sets all groups of the lattice.
 * @param atoms non-empty atoms.
 * @param isUnsafe rules R1 and R2.
 * @returns distinct sets; more may come to light only after the elimination.
 */
export function collectUnsafeSets(
  sets: readonly GroupSet[],
  atoms: readonly Atom[],
  isUnsafe: SafetyRule,
): readonly RespondentSet[] {
  const single = atoms.map((_, column) => makeSet(atoms, [column]));
  const unions = listFamilies(sets, atoms).flatMap((family) => uniteSiblings(family.filter(isUnsafe), isUnsafe));
  return keepDistinct([
    ...sets.filter(isUnsafe),
    ...single.filter(isUnsafe),
    ...subtractNested(sets, atoms, isUnsafe),
    ...unions.filter(isUnsafe),
  ]);
}

/**
 * Rule R3: whole minus part, for every publishable group within another publishable group.
 * @param sets all groups of the lattice.
 * @param atoms non-empty atoms.
 * @param isUnsafe the rule for remainders.
 * @returns the unsafe remainders.
 */
export function subtractNested(
  sets: readonly GroupSet[],
  atoms: readonly Atom[],
  isUnsafe: SafetyRule,
): readonly RespondentSet[] {
  const publishable = sets.filter((set) => set.count > 0 && !isUnsafe(set));
  const remainders: RespondentSet[] = [];
  for (const whole of publishable) {
    for (const part of publishable) {
      // The counts alone clear nearly all pairs; only the rest are worth comparing cell by cell.
      if (part.count >= whole.count || !isUnsafe(subtractCounts(whole, part))) continue;
      if (!isSubset(part.columns, whole.columns)) continue;
      remainders.push(makeSet(atoms, subtractColumns(whole.columns, part.columns)));
    }
  }
  return remainders;
}

function subtractCounts(whole: RespondentSet, part: RespondentSet): RespondentSet {
  const optionCounts = whole.optionCounts.map((given, option) => given - (part.optionCounts[option] ?? 0));
  const workplaces = whole.workplaces - part.workplaces;
  return { columns: [], count: whole.count - part.count, workplaces, optionCounts };
}

/**
 * Finds every division of a group by one further dimension.
 * @param sets all groups of the lattice.
 * @param atoms non-empty atoms.
 * @returns the non-empty members of each division; what no member holds (answers merged across the dimension) counts
 *   as one more member.
 */
export function listFamilies(sets: readonly GroupSet[], atoms: readonly Atom[]): readonly Family[] {
  const families = new Map<string, { parent: string; members: GroupSet[] }>();
  for (const set of sets) {
    for (const dimension of ['organisation', 'sector', 'size'] as const) {
      if (set.group[dimension] === null) continue;
      const parent = formatGroupKey({ ...set.group, [dimension]: null });
      const name = `${parent} by ${dimension}`;
      const family = families.get(name) ?? { parent, members: [] };
      family.members.push(set);
      families.set(name, family);
    }
  }
  const byKey = new Map(sets.map((set) => [set.group.key, set]));
  return [...families.values()].map(({ parent, members }) => {
    const whole = byKey.get(parent)?.columns ?? [];
    const remainder = subtractColumns(
      whole,
      members.flatMap((member) => member.columns),
    );
    return [...members, makeSet(atoms, remainder)].filter((member) => member.count > 0);
  });
}

/**
 * Unites disjoint siblings, two to five at a time.
 * @param siblings disjoint sets.
 * @param canGrow tells whether a union is worth growing further; called with single siblings first.
 * @returns every union reached.
 */
export function uniteSiblings(siblings: Family, canGrow: SafetyRule): readonly RespondentSet[] {
  const unions: RespondentSet[] = [];
  let level = siblings.map((set, last) => ({ set, last }));
  for (let size = 2; size <= maximumSiblings; size++) {
    level = level
      .filter(({ set }) => canGrow(set))
      .flatMap(({ set, last }) =>
        siblings.slice(last + 1).map((next, offset) => ({ set: unite(set, next), last: last + 1 + offset })),
      );
    unions.push(...level.map(({ set }) => set));
    if (unions.length > maximumUnionsPerFamily) break;
  }
  return unions;
}

function unite(first: RespondentSet, second: RespondentSet): RespondentSet {
  return {
    columns: [...first.columns, ...second.columns].sort((a, b) => a - b),
    count: first.count + second.count,
    workplaces: first.workplaces + second.workplaces,
    optionCounts: first.optionCounts.map((given, option) => given + (second.optionCounts[option] ?? 0)),
  };
}
