import { bothPublished, isSuppressed, mapPublishable, suppressed } from '../disclosure/publishable';
import { compareShares } from '../statistics/compare-shares';
import { decideFamily } from '../statistics/decide-family';
import type { Difference } from '../statistics/types';
import type { DecidedComparison } from './comparison-beside';
import { printBeside } from './printed-comparisons';
import { joinAddress, type FigureAddress, type ReleaseEstimateRow } from './release-figures';
import { printEstimate, type Shown } from './shown-figures';
import { restoreShare } from './stored-shares';
import type { GroupKey, PrintedComparison, ReleaseEstimate } from './types';

/** Two organisations of one open network, in one group or in all categories of a breakdown. */
export interface OrganisationPair {
  /** Own groups, each with the same group of the other organisation; all of them are one family of tests. */
  readonly groups: readonly { readonly own: GroupKey; readonly other: GroupKey }[];
  /** Headline options in the codebook's order. */
  readonly headlines: readonly { readonly indicator: string; readonly options: readonly string[] }[];
  /** Stored figures of both. */
  readonly estimates: readonly ReleaseEstimateRow[];
  /** Smallest difference called above or below, 0-1. */
  readonly relevantDifference: number;
}

type Undecided = Pick<Difference, 'difference' | 'p'> & { readonly printed: PrintedComparison };

/**
 * Compares two organisations from the stored figures of both, which must be published.
 * Source: statistics.md 1.6 (disjoint groups) and 1.8; Benjamini, Hochberg (1995).
 * @param pair organisations, headline options and stored figures
 * @returns a function from indicator, option and own group to the comparison
 */
export function compareOrganisations(pair: OrganisationPair): (address: FigureAddress) => Shown<DecidedComparison> {
  const figures = new Map(pair.estimates.map((row) => [joinAddress(row), row.estimate]));
  const find = (address: FigureAddress): Shown<ReleaseEstimate> => figures.get(joinAddress(address)) ?? suppressed;
  const compared = pair.headlines.flatMap(({ indicator, options }) =>
    options.flatMap((option) =>
      pair.groups.map(({ own, other }) => ({
        address: joinAddress({ indicator, option, group: own }),
        outcome: bothPublished(
          find({ indicator, option, group: own }),
          find({ indicator, option, group: other }),
          test,
        ),
      })),
    ),
  );
  const family = compared.flatMap(({ address, outcome }) => (isSuppressed(outcome) ? [] : [{ address, outcome }]));
  const decisions = decideFamily(
    family.map(({ outcome }) => outcome.value),
    { adjustment: 'benjamini_hochberg', relevantDifference: pair.relevantDifference },
  );
  const decided = new Map(
    family.map(({ address, outcome }, at) => {
      const verdict = decisions[at]?.verdict ?? 'not_tested';
      return [address, mapPublishable(outcome, ({ printed }): DecidedComparison => ({ verdict, printed }))];
    }),
  );
  return (address) => decided.get(joinAddress(address)) ?? suppressed;
}

function test(own: ReleaseEstimate, other: ReleaseEstimate): Undecided {
  const [first, second] = [restoreShare(own), restoreShare(other)];
  const printed = printBeside(printEstimate(own), printEstimate(other));
  if (first === null || second === null) return { difference: own.share - other.share, p: null, printed };
  const { difference, p } = compareShares(first, second);
  return { difference, p, printed };
}
