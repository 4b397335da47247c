import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

/** Limits of a 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const quantile = normalQuantile(0.975, 0, 1);

/**
 * Wilson's 95 % score interval for a share.
 * Source: Wilson (1927), JASA 22; with an effective sample size as in Franco, Little, Louis, Slud (2019),
 * J. Surv. Stat. Methodol. 7.
 * @param share - 0 to 1
 * @param sampleSize - effective number of answers, above 0; Infinity gives [share, share]
 * @returns limits in 0-1
 */
export function wilsonInterval(share: number, sampleSize: number): Interval {
  const squared = quantile * quantile;
  const centre = share + squared / (2 * sampleSize);
  const margin = quantile * Math.sqrt((share * (1 - share)) / sampleSize + squared / (4 * sampleSize * sampleSize));
  const scale = 1 + squared / sampleSize;
  return {
    low: share === 0 ? 0 : Math.max(0, (centre - margin) / scale),
    high: share === 1 ? 1 : Math.min(1, (centre + margin) / scale),
  };
}
