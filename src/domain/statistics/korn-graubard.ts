import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Interval } from './wilson';

/**
 * Effective sample size of the Korn-Graubard interval, p (1 - p) / V (t_{n-1} / t_df)².
 * Source: Korn, Graubard (1998), Survey Methodology 24; as R `survey::svyciprop(method = "beta")`, no floor or ceiling.
 * @param estimate - share strictly between 0 and 1, its variance above 0, n of 2 or more, df of 1 or more
 * @returns n_e, above 0
 */
export function kornGraubardSize(estimate: {
  readonly share: number;
  readonly variance: number;
  readonly n: number;
  readonly df: number;
}): number {
  const { share, variance, n, df } = estimate;
  return ((share * (1 - share)) / variance) * (tQuantile(0.975, n - 1) / tQuantile(0.975, df)) ** 2;
}

/**
 * Conservative 95 % interval for a share: Clopper and Pearson's with an effective sample size. Wider than Wilson's; for
 * networks that want at least 95 % coverage.
 * Source: Clopper, Pearson (1934), Biometrika 26; Korn, Graubard (1998).
 * @param share - 0 to 1
 * @param sampleSize - effective number of answers, above 0: n* of the Wilson interval, or `kornGraubardSize`;
 *   Infinity (everybody answered) gives [share, share]
 * @returns limits in 0-1
 */
export function kornGraubardInterval(share: number, sampleSize: number): Interval {
  if (sampleSize === Infinity) return { low: share, high: share };
  const yes = sampleSize * share;
  const no = sampleSize * (1 - share);
  return {
    low: yes === 0 ? 0 : betaQuantile(0.025, yes, no + 1),
    high: no === 0 ? 1 : betaQuantile(0.975, yes + 1, no),
  };
}
