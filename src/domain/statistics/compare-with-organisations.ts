import tCdf from '@stdlib/stats-base-dists-t-cdf';
import { combinationInterval } from './mover-combination';
import { isSparseShare } from './sparse-share';
import { sumCanonically } from './sum-canonically';
import type { Difference, ShareEstimate } from './types';

/** Own share first: factor 1 - 1/K; the others -1/K each. */
function listFactors(organisationCount: number): number[] {
  return Array.from({ length: organisationCount }, (_, at) => (at === 0 ? 1 : 0) - 1 / organisationCount);
}

/** The mean of the others as one share with the sample size that its variance corresponds to. */
function isSparseMean(others: readonly ShareEstimate[]): boolean {
  const share = sumCanonically(others.map((one) => one.share)) / others.length;
  const variance = sumCanonically(others.map((one) => one.seNoFpc ** 2)) / others.length ** 2;
  const effectiveNoFpc = variance === 0 ? 0 : (share * (1 - share)) / variance;
  return isSparseShare({ share, effectiveNoFpc });
}

/**
 * Difference between an organisation and the mean of organisation shares including its own, every organisation counting
 * the same: d = (1 - 1/K) p_A - (1/K) sum of the others, V = (1 - 1/K)² V_A + (1/K²) sum of the others' V. Tests
 * without finite population correction.
 * Source: contrast of independent estimates, Cochran (1977); interval Zou, Huang, Zhang (2009).
 * @param own - share of the organisation
 * @param others - shares of the other organisations, disjoint, one or more
 * @returns own minus mean with interval, standard error, df of all together and two-sided p; p is null where own or the
 *   mean is too sparse for the t distribution, or a share has no interval (both limits are then the difference)
 */
export function compareWithOrganisations(own: ShareEstimate, others: readonly ShareEstimate[]): Difference {
  const all = [own, ...others];
  const factors = listFactors(all.length);
  const parts = all.map((one, at) => {
    return { share: one.share, low: one.lowNoFpc, high: one.highNoFpc, factor: factors[at] ?? 0 };
  });
  const difference = sumCanonically(parts.map((part) => part.factor * part.share));
  const se = Math.sqrt(sumCanonically(all.map((one, at) => ((factors[at] ?? 0) * one.seNoFpc) ** 2)));
  const df = all.reduce((total, one) => total + one.df, 0);
  if (others.length === 0 || all.some((one) => one.df < 1)) {
    return { difference, low: difference, high: difference, se, df, p: null };
  }
  const isTested = !isSparseShare(own) && !isSparseMean(others);
  const p = isTested ? Math.min(1, 2 * tCdf(-Math.abs(difference / se), df)) : null;
  return { difference, ...combinationInterval(parts), se, df, p };
}
