import { moverInterval } from './mover';
import { testDifference } from './test-difference';
import type { Difference, ShareEstimate } from './types';
import { wilsonInterval } from './wilson';

/** A share published elsewhere. */
export interface PublishedShare {
  /** Per cent, 0 to 100, rounded to `decimals`. */
  readonly percent: number;
  readonly decimals: number;
  /** Answers behind this figure, above 0. */
  readonly n: number;
  /** Design effect of the published figure; 1.3 unless its publisher gives one. */
  readonly designEffect?: number;
  /** Units that the n answers are a sample of (N0); without it, no finite population correction. */
  readonly populationSize?: number;
}

/** Design effect of a published figure whose publisher gives none. */
export const assumedDesignEffect = 1.3;
/** Answers that stand for a census in the exact test. */
const sizeOfCensus = 1e12;

/** A figure rounded to r decimals of a per cent is uniform within one unit of its last digit: width² / 12. */
function roundingVariance(decimals: number): number {
  return (10 ** -decimals / 100) ** 2 / 12;
}

/**
 * Difference between a share and a share published elsewhere, which has a sampling error of its own and is rounded:
 * V_b = deff0 p0 (1 - p0) / n0 (1 - n0 / N0) + (10^-r / 100)² / 12, tested on the degrees of freedom of the own share.
 * Source: Sheppard's (1898) rounding variance; interval Newcombe (1998), method 10, with Wilson (1927) limits.
 * @param estimate - own share
 * @param baseline - published share with the number of answers behind it
 * @returns own minus published with interval, standard error, df and two-sided p; p is null, and both limits are the
 *   difference, when the own share has no interval
 */
export function compareWithBaseline(estimate: ShareEstimate, baseline: PublishedShare): Difference {
  const share = baseline.percent / 100;
  const remaining = Math.max(0, 1 - baseline.n / (baseline.populationSize ?? Infinity));
  const effective = baseline.n / ((baseline.designEffect ?? assumedDesignEffect) * remaining);
  const difference = estimate.share - share;
  const variance = (share * (1 - share)) / effective + roundingVariance(baseline.decimals);
  const se = Math.sqrt(estimate.seNoFpc ** 2 + variance);
  const df = estimate.df;
  if (df < 1) return { difference, low: difference, high: difference, se, df, p: null };
  const own = { share: estimate.share, low: estimate.lowNoFpc, high: estimate.highNoFpc };
  const p = testDifference({
    first: { share: estimate.share, effective: estimate.effectiveNoFpc },
    second: { share, effective: Math.min(effective, sizeOfCensus) },
    se,
    df,
  });
  return { difference, ...moverInterval(own, { share, ...wilsonInterval(share, effective) }), se, df, p };
}
