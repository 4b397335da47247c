import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';

/**
 * Upper tail of the F distribution, through the beta distribution, so that small probabilities keep their digits.
 * Source: Johnson, Kotz, Balakrishnan (1995), Continuous Univariate Distributions 2, 27; R `stats::pf(lower.tail =
 * FALSE)`.
 * @param value - 0 or more
 * @param df1 - degrees of freedom of the numerator, above 0
 * @param df2 - degrees of freedom of the denominator, above 0
 * @returns probability of a larger value, 0 to 1
 */
export function fTail(value: number, df1: number, df2: number): number {
  return betaCdf(df2 / (df2 + df1 * value), df2 / 2, df1 / 2);
}

/**
 * Quantile of the F distribution, through the beta distribution.
 * Source: as `fTail`; R `stats::qf`.
 * @param probability - 0 to 1
 * @param df1 - degrees of freedom of the numerator, above 0
 * @param df2 - degrees of freedom of the denominator, above 0
 * @returns value with that probability below it
 */
export function fQuantile(probability: number, df1: number, df2: number): number {
  const part = betaQuantile(probability, df1 / 2, df2 / 2);
  return (df2 * part) / (df1 * (1 - part));
}
