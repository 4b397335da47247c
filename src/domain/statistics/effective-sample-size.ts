import type { VariancePair } from './linearised-variance';
import { upperTQuantile } from './upper-t-quantile';

/** What the precision of a share depends on. */
export interface PrecisionInput {
  /** Valid answers, 2 or more. */
  readonly n: number;
  readonly share: number;
  readonly variance: VariancePair;
  /** 1 or more. */
  readonly df: number;
  /** Design effect of the weights alone (Kish), used where the variance says nothing. */
  readonly kishEffect: number;
  /** Share of the variance left by the finite population correction, from the weights alone; used likewise. */
  readonly weightedFpc: number;
}

function adjustForDegrees(n: number, df: number): number {
  if (df >= n - 1) return 1;
  return Math.min(1, (upperTQuantile(n - 1) / upperTQuantile(df)) ** 2);
}

/**
 * Number of answers in a simple random sample that would be as precise: n* = (n / deff) t / phi, with the design effect
 * deff = V0 / (p(1-p)/(n-1)) not below 1, t = (t_{n-1} / t_df)² not above 1 and phi = V / V0. Where all answers are
 * equal or V0 is 0, deff and phi come from the weights; phi also where V is 0 because only complete strata vary, so
 * that n* is infinite for a census of the domain and for nothing else.
 * Source: Korn, Graubard (1998), Survey Methodology 24, for t; Franco, Little, Louis, Slud (2019) for the floor of
 * deff.
 * @param input - share, its variance, degrees of freedom and what the weights say
 * @returns n* with finite population correction (Infinity where everybody answered) and without
 */
export function effectiveSampleSize(input: PrecisionInput): VariancePair {
  const { n, share, variance, df } = input;
  const hasVariance = share > 0 && share < 1 && variance.noFpc > 0;
  const designEffect = hasVariance ? variance.noFpc / ((share * (1 - share)) / (n - 1)) : input.kishEffect;
  const remaining = hasVariance && variance.withFpc > 0 ? variance.withFpc / variance.noFpc : input.weightedFpc;
  const noFpc = (n / Math.max(1, designEffect)) * adjustForDegrees(n, df);
  return { withFpc: noFpc / remaining, noFpc };
}
