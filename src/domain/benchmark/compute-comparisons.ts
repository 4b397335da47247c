import { isSuppressed, mapPublishable, type Publishable, type Suppressed } from '../disclosure/publishable';
import { decideFamily } from '../statistics/decide-family';
import { storedComparators, type StoredComparator } from './comparators';
import { createComparers, createPeerComparers, type ComparerInput, type Outcome } from './create-comparers';
import type { ReleaseComparisonRow } from './release-figures';
import type { Group } from './types';

export interface ComparisonTask extends ComparerInput {
  readonly groups: readonly Group[];
  /** Indicators with the options that are compared, in order. */
  readonly headlines: readonly { readonly indicator: string; readonly options: readonly string[] }[];
  /** Smallest difference called above or below, 0-1. */
  readonly relevantDifference: number;
}

interface Compared extends Omit<ReleaseComparisonRow, 'comparison'> {
  readonly family: string;
  readonly outcome: Publishable<Outcome> | Suppressed;
}

/**
 * Compares every organisation, in all and by sector and size, with every comparator there is for it. All figures that a
 * comparison is made of must be published. Tests are adjusted within families fixed by lattice and codebook: all headline
 * options of an organisation's total, of its sectors, of its sizes, for each comparator, and each peer group, by itself.
 * Source: statistics.md 1.6 to 1.8; Benjamini, Hochberg (1995).
 * @param task lattice, headline options, figures and what lies outside the release
 * @returns rows by comparator, headline option and organisation group, in that order
 */
export function computeComparisons(task: ComparisonTask): readonly ReleaseComparisonRow[] {
  const comparers = createComparers(task);
  const groups = task.groups.flatMap((group) =>
    group.organisation === null ? [] : [{ ...group, organisation: group.organisation }],
  );
  const all = storedComparators.flatMap((kind) =>
    (kind === 'peers' ? createPeerComparers(task) : [comparers[kind]]).map((comparer) => ({ kind, comparer })),
  );
  const compared = all.flatMap(({ kind, comparer }) =>
    task.headlines.flatMap(({ indicator, options }) =>
      options.flatMap((option) => {
        const compare = comparer(indicator, option);
        return groups.flatMap((group): readonly Compared[] => {
          const found = compare(group);
          if (found === null) return [];
          const family = nameFamily(kind, group, found.comparator);
          return [{ indicator, option, group: group.key, kind, family, ...found }];
        });
      }),
    ),
  );
  const decisions = decideFamilies(compared, task.relevantDifference);
  return compared.map((one) => describe(one, decisions.get(one)));
}

function nameFamily(kind: StoredComparator, group: Group, comparator: string): string {
  const breakdown = group.sector !== null ? 'sector' : group.size === null ? 'total' : 'size';
  return `${group.organisation};${kind === 'peers' ? comparator : kind};${breakdown}`;
}

type Decision = ReturnType<typeof decideFamily>[number];

function decideFamilies(compared: readonly Compared[], relevantDifference: number): ReadonlyMap<Compared, Decision> {
  const families = new Map<string, { readonly one: Compared; readonly outcome: Outcome }[]>();
  for (const one of compared) {
    if (isSuppressed(one.outcome)) continue;
    const family = families.get(one.family) ?? [];
    family.push({ one, outcome: one.outcome.value });
    families.set(one.family, family);
  }
  return new Map(
    [...families.values()].flatMap((members) => {
      const decisions = decideFamily(
        members.map(({ outcome }) => outcome.difference),
        { adjustment: 'benjamini_hochberg', relevantDifference },
      );
      return members.flatMap(({ one }, at): readonly (readonly [Compared, Decision])[] => {
        const decision = decisions[at];
        return decision === undefined ? [] : [[one, decision]];
      });
    }),
  );
}

function describe(one: Compared, decision: Decision | undefined): ReleaseComparisonRow {
  const { indicator, option, group, kind, comparator, outcome } = one;
  const address = { indicator, option, group, kind, comparator };
  const comparison = mapPublishable(outcome, ({ difference: { difference, low, high, p }, printed }) => {
    const { q, verdict } = decision ?? { q: null, verdict: 'not_tested' as const };
    return { ...address, difference, low, high, p, q, verdict, printed };
  });
  return { ...address, comparison };
}
