import tQuantile from '@stdlib/stats-base-dists-t-quantile';

const mostKept = 100_000;
const known = new Map<number, number>();

/**
 * The 0.975 quantile of Student's t distribution. A release asks for the same few thousand over and over, and each takes
 * some twenty microseconds to find, so found ones are kept.
 * Source: as R `qt(0.975, df)`.
 * @param df - degrees of freedom, 1 or more
 * @returns quantile, above 1.95
 */
export function upperTQuantile(df: number): number {
  const kept = known.get(df);
  if (kept !== undefined) return kept;
  const quantile = tQuantile(0.975, df);
  if (known.size >= mostKept) known.clear();
  known.set(df, quantile);
  return quantile;
}
