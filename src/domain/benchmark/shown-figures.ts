import { mapPublishable, type Publishable, type Suppressed } from '../disclosure/publishable';
import { roundShare } from '../statistics/round-share';
import type { EstimateFlag } from '../statistics/types';
import { limitsToShow } from './limits-to-show';
import type { ReleaseComparison, ReleaseEstimate, Verdict } from './types';

/** A figure that may be shown, or the one reply for all that may not. */
export type Shown<T> = Publishable<T> | Suppressed;

/** An estimate as it leaves the server: whole per cent, 0-100, no standard error. */
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
  return mapPublishable(estimate, ({ n, share, low, high, flags }) => {
    const shown = limitsToShow({ n, share, low, high });
    return {
      n,
      percent: roundShare(share),
      lowPercent: roundShare(shown.low),
      highPercent: roundShare(shown.high),
      flags,
    };
  });
}

/**
 * Rounds a comparison; the difference is rounded after it was computed, so it may differ by one from the difference of
 * the rounded shares.
 * @param comparison stored comparison with full precision
 */
export function roundComparison(comparison: Shown<ReleaseComparison>): Shown<ShownComparison> {
  return mapPublishable(comparison, ({ difference, verdict }) => ({
    differencePoints: roundShare(difference),
    verdict,
  }));
}
