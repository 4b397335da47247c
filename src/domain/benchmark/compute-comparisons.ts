import {
  bothPublished,
  isSuppressed,
  mapPublishable,
  type Publishable,
  type Suppressed,
} from '../disclosure/publishable';
import { compareShares } from '../statistics/compare-shares';
import { adjustForFalseDiscovery } from '../statistics/benjamini-hochberg';
import type { Difference, ShareEstimate } from '../statistics/types';
import { decideVerdict } from '../statistics/verdict';
import { createGroup } from './groups';
import type { FigureAddress, ReleaseComparisonRow } from './release-figures';
import type { Group, GroupKey } from './types';

/** The figures of one option of an indicator by group, with all that a comparison needs. */
type FigureLookup = (indicator: string, option: string) => (group: GroupKey) => Publishable<ShareEstimate> | Suppressed;

export interface ComparisonTask {
  readonly groups: readonly Group[];
  /** Indicators with the options that are compared, in order. */
  readonly headlines: readonly { readonly indicator: string; readonly options: readonly string[] }[];
  readonly lookUp: FigureLookup;
}

interface Compared extends FigureAddress {
  readonly comparator: GroupKey;
  readonly family: string;
  readonly difference: Publishable<Difference> | Suppressed;
}

/**
 * Compares every organisation, in all and by sector and size, with the rest of the network in the same category. Both
 * figures must be published. Tests are adjusted within families fixed by the lattice: all headline options of an
 * organisation's total, of its sectors, of its sizes.
 * Source: statistics.md 1.6 and 1.8; Benjamini, Hochberg (1995).
 * @param task lattice, headline options and figures
 * @returns one row per headline option and organisation group, in that order
 */
export function computeComparisons(task: ComparisonTask): readonly ReleaseComparisonRow[] {
  const pairs = task.groups.flatMap(pairWithRest);
  const compared = task.headlines.flatMap(({ indicator, options }) =>
    options.flatMap((option) => {
      const find = task.lookUp(indicator, option);
      return pairs.map(({ group, comparator, family }): Compared => {
        const difference = bothPublished(find(group), find(comparator), compareShares);
        return { indicator, option, group, comparator, family, difference };
      });
    }),
  );
  const adjusted = adjustFamilies(compared);
  return compared.map((one, index) => describe(one, adjusted[index] ?? null));
}

type Pair = Pick<Compared, 'group' | 'comparator' | 'family'>;

function pairWithRest(group: Group): readonly Pair[] {
  if (group.organisation === null) return [];
  const comparator = createGroup({ ...group, organisation: null, rest: group.organisation }).key;
  return [{ group: group.key, comparator, family: `${group.organisation};${nameBreakdown(group)}` }];
}

function nameBreakdown(group: Group): 'total' | 'sector' | 'size' {
  if (group.sector !== null) return 'sector';
  return group.size === null ? 'total' : 'size';
}

function adjustFamilies(compared: readonly Compared[]): readonly (number | null)[] {
  const families = new Map<string, number[]>();
  compared.forEach(({ family }, index) => {
    const indices = families.get(family);
    if (indices === undefined) families.set(family, [index]);
    else indices.push(index);
  });
  const adjusted: (number | null)[] = compared.map(() => null);
  for (const indices of families.values()) {
    const qValues = adjustForFalseDiscovery(indices.map((index) => readP(compared[index]?.difference)));
    indices.forEach((index, position) => {
      adjusted[index] = qValues[position] ?? null;
    });
  }
  return adjusted;
}

function readP(difference: Compared['difference'] | undefined): number | null {
  return difference === undefined || isSuppressed(difference) ? null : difference.value.p;
}

function describe(one: Compared, q: number | null): ReleaseComparisonRow {
  const { indicator, option, group, comparator, difference } = one;
  const address = { indicator, option, group, comparator };
  const comparison = mapPublishable(difference, ({ difference: value, low, high, p }) => {
    return { ...address, difference: value, low, high, p, q, verdict: decideVerdict(value, q) };
  });
  return { ...address, comparison };
}
