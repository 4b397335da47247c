import { effectiveSampleSize, type PrecisionInput } from './effective-sample-size';
import { kornGraubardInterval, kornGraubardSize } from './korn-graubard';
import type { IntervalMethod, ShareEstimate } from './types';
import { wilsonInterval, type Interval } from './wilson';

/** The limits of a share, for description and for tests. */
export type ShareLimits = Pick<ShareEstimate, 'low' | 'high' | 'lowNoFpc' | 'highNoFpc' | 'effectiveNoFpc'>;

/**
 * Effective number of answers of the conservative interval: Korn and Graubard's, but never more than Wilson's, whose
 * design effect is not below 1, so that a badly estimated variance cannot make the careful choice the narrower one.
 */
function conservativeSize({ n, share, variance, df }: PrecisionInput, largest: number): number {
  const hasVariance = share > 0 && share < 1 && variance.withFpc > 0;
  return hasVariance ? Math.min(largest, kornGraubardSize({ n, share, variance: variance.withFpc, df })) : largest;
}

function describe(precision: PrecisionInput, effective: number, method: IntervalMethod): Interval {
  const { share } = precision;
  if (method === 'wilson') return wilsonInterval(share, effective);
  return kornGraubardInterval(share, conservativeSize(precision, effective));
}

/**
 * 95 % limits of a share. Those for tests are Wilson's, by whatever method the share is described.
 * Source: Wilson (1927), JASA 22; Korn, Graubard (1998), Survey Methodology 24; statistics.md 1.4.
 * @param precision - share in 0-1, its variance and degrees of freedom
 * @param method - how the share is described
 * @returns limits in 0-1; without degrees of freedom all are the share itself, and the effective size is 0
 */
export function findShareLimits(precision: PrecisionInput, method: IntervalMethod): ShareLimits {
  const { share, df } = precision;
  if (df < 1) return { low: share, high: share, lowNoFpc: share, highNoFpc: share, effectiveNoFpc: 0 };
  const { withFpc, noFpc } = effectiveSampleSize(precision);
  const { low, high } = describe(precision, withFpc, method);
  const tested = wilsonInterval(share, noFpc);
  return { low, high, lowNoFpc: tested.low, highNoFpc: tested.high, effectiveNoFpc: noFpc };
}
