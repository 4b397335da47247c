import { isSuppressed, suppressed } from '../disclosure/publishable';
import type { EarlierEdition } from './earlier-release';
import type { MaskedIndicator } from './indicator-groups';
import type { ReleaseComparisonRow } from './release-figures';
import { hashCanonical } from './release-hashes';
import type { ReleaseComparison } from './types';

interface Correction {
  /** Left out: nothing was told before. */
  readonly earlier: EarlierEdition | undefined;
  readonly masked: readonly MaskedIndicator[];
  readonly isOpenNetwork: boolean;
}

/**
 * Takes out of a correction the comparisons that would tell more than its shares do. Differences and intervals of printed
 * shares tell nothing of their own. But in a closed network the mean of fewer organisations than before would give the
 * share of those that are missing to a member who sees neither, and of a share that is printed in steps another verdict
 * would tell where in its step it lies.
 * @param comparisons comparisons of the correction
 * @param correction what was told before, and what is printed in steps now
 * @returns the same rows, some of them suppressed
 */
export function keepToldComparisons(
  comparisons: readonly ReleaseComparisonRow[],
  { earlier, masked, isOpenNetwork }: Correction,
): readonly ReleaseComparisonRow[] {
  if (earlier === undefined) return comparisons;
  const coarse = new Map(masked.map(({ tally, shown }) => [tally.indicator.id, shown.coarse]));
  const tellsMore = (row: ReleaseComparisonRow, now: ReleaseComparison): boolean => {
    const inSteps = coarse.get(row.indicator) ?? new Set();
    const rest = row.group.replace(/^organisation=/u, 'rest=');
    const isInSteps =
      [row.group, row.comparator, rest].some((key) => inSteps.has(key)) || now.printed?.isCoarse === true;
    const isMeanOfHidden = row.kind === 'organisations' && !isOpenNetwork && earlier.hasMeans;
    if (!isMeanOfHidden && !isInSteps) return false;
    const before = earlier.findComparison(row);
    if (isSuppressed(before)) return true;
    if (isMeanOfHidden && hashCanonical(now.printed) !== hashCanonical(before.value.printed)) return true;
    return isInSteps && now.verdict !== before.value.verdict;
  };
  return comparisons.map((row) =>
    isSuppressed(row.comparison) || !tellsMore(row, row.comparison.value) ? row : { ...row, comparison: suppressed },
  );
}
