import { sumCanonically } from './sum-canonically';

/** Estimates of organisations with their sampling variances, all above 0. */
export interface NoisyEstimates {
  readonly estimates: readonly number[];
  readonly variances: readonly number[];
}

function weighAt(variances: readonly number[], between: number): number[] {
  return variances.map((variance) => 1 / (variance + between));
}

/**
 * Mean of estimates weighted by precision, mu = sum of p / (v + tau²) over sum of 1 / (v + tau²).
 * Source: DerSimonian, Laird (1986), Controlled Clinical Trials 7.
 * @param noisy - estimates and variances
 * @param between - tau², variance between organisations
 * @returns mean in the unit of the estimates
 */
export function precisionMean({ estimates, variances }: NoisyEstimates, between: number): number {
  const weights = weighAt(variances, between);
  return sumCanonically(weights.map((weight, at) => weight * (estimates[at] ?? 0))) / sumCanonically(weights);
}

function heterogeneity(noisy: NoisyEstimates, between: number): number {
  const mean = precisionMean(noisy, between);
  const weights = weighAt(noisy.variances, between);
  return sumCanonically(weights.map((weight, at) => weight * ((noisy.estimates[at] ?? 0) - mean) ** 2));
}

/**
 * Variance between organisations, by moments in one step; a check on `pauleMandel`.
 * Source: DerSimonian, Laird (1986); R `metafor::rma(method = "DL")`.
 * @param noisy - two or more estimates with their variances
 * @returns tau², 0 or more
 */
export function derSimonianLaird(noisy: NoisyEstimates): number {
  const weights = weighAt(noisy.variances, 0);
  const total = sumCanonically(weights);
  const scale = total - sumCanonically(weights.map((weight) => weight * weight)) / total;
  return Math.max(0, (heterogeneity(noisy, 0) - (weights.length - 1)) / scale);
}

/**
 * Variance between organisations tau² that makes the weighted squares around the mean add up to K - 1.
 * Source: Paule, Mandel (1982), J. Res. Nat. Bur. Standards 87; R `metafor::rma(method = "PM")`.
 * @param noisy - two or more estimates with their variances
 * @returns tau², 0 or more
 */
export function pauleMandel(noisy: NoisyEstimates): number {
  const expected = noisy.estimates.length - 1;
  if (heterogeneity(noisy, 0) <= expected) return 0;
  let below = 0;
  let above = derSimonianLaird(noisy) + Math.max(...noisy.variances);
  while (heterogeneity(noisy, above) > expected) above *= 2;
  for (;;) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) return middle;
    if (heterogeneity(noisy, middle) > expected) below = middle;
    else above = middle;
  }
}
