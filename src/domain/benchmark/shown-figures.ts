import { printedPercent } from '../disclosure/printed-share';
import { bothPublished, mapPublishable, type Publishable, type Suppressed } from '../disclosure/publishable';
import { roundShare } from '../statistics/round-share';
import type { EstimateFlag } from '../statistics/types';
import { limitsToShow } from './limits-to-show';
import type { ReleaseComparison, ReleaseEstimate, Verdict } from './types';

/** A figure that may be shown, or the one reply for all that may not. */
export type Shown<T> = Publishable<T> | Suppressed;

/** An estimate as it leaves the server: per cent, 0-100, whole or in coarse steps; no standard error. */
export interface ShownEstimate {
  /** Valid answers. */
  readonly n: number;
  readonly percent: number;
  readonly lowPercent: number;
  readonly highPercent: number;
  readonly flags: readonly EstimateFlag[];
}

/** A comparison as it leaves the server: whole percentage points, own minus rest. */
export interface ShownComparison {
  readonly differencePoints: number;
  readonly verdict: Verdict;
}

/**
 * Rounds an estimate to what pages and files may carry.
 * @param estimate stored figure with full precision
 */
export function roundEstimate(estimate: Shown<ReleaseEstimate>): Shown<ShownEstimate> {
  return mapPublishable(estimate, printEstimate);
}

/**
 * Rounds a figure to what pages and files may carry.
 * @param estimate n, share and limits in 0-1 with full precision, flags
 */
export function printEstimate({
  n,
  share,
  low,
  high,
  flags,
}: Pick<ReleaseEstimate, 'n' | 'share' | 'low' | 'high' | 'flags'>): ShownEstimate {
  const shown = limitsToShow({ n, share, low, high, flags });
  return {
    n,
    percent: printedPercent(share, n, flags.includes('coarse')),
    lowPercent: roundShare(shown.low),
    highPercent: roundShare(shown.high),
    flags,
  };
}

/**
 * Rounds a comparison. The difference is that of the two printed shares: one computed from unrounded shares would tell
 * more of them than they do themselves, and in small groups what single cells answered (decision 25).
 * @param comparison stored comparison with full precision
 * @param own the figure that is compared, as printed
 * @param rest what it is compared with, as printed
 */
export function roundComparison(
  comparison: Shown<ReleaseComparison>,
  own: Shown<ShownEstimate>,
  rest: Shown<ShownEstimate>,
): Shown<ShownComparison> {
  const differencePoints = bothPublished(own, rest, (first, second) => first.percent - second.percent);
  return bothPublished(comparison, differencePoints, ({ verdict }, points) => ({ differencePoints: points, verdict }));
}
