import { effectiveSampleSize } from '../statistics/effective-sample-size';
import type { ShareEstimate } from '../statistics/types';
import { wilsonInterval } from '../statistics/wilson';
import type { ReleaseEstimate } from './types';

/**
 * Makes an estimate that comparisons accept out of a stored figure.
 * @param stored figure of a release
 * @returns the estimate; null where it was stored without its effective sample size and that cannot be worked out, since
 *   the answers did not vary
 */
export function restoreShare(stored: ReleaseEstimate): ShareEstimate | null {
  const effectiveNoFpc = stored.effectiveNoFpc ?? reckonEffective(stored);
  if (effectiveNoFpc === null) return null;
  const { n, share, se, seNoFpc, df, low, high, flags } = stored;
  const limits = df < 1 ? { low: share, high: share } : wilsonInterval(share, effectiveNoFpc);
  return { n, share, se, seNoFpc, df, low, high, lowNoFpc: limits.low, highNoFpc: limits.high, effectiveNoFpc, flags };
}

function reckonEffective({ n, share, se, seNoFpc, df }: ReleaseEstimate): number | null {
  if (df < 1) return 0;
  if (seNoFpc === 0 || share <= 0 || share >= 1) return null;
  const variance = { withFpc: se ** 2, noFpc: seNoFpc ** 2 };
  return effectiveSampleSize({ n, share, variance, df, kishEffect: 1, weightedFpc: 1 }).noFpc;
}
