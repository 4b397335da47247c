import { combinationInterval } from './mover-combination';
import { sumCanonically } from './sum-canonically';
import type { ShareEstimate } from './types';
import type { Interval } from './wilson';

/** Mean of shares in which every organisation counts the same. */
export interface OrganisationMean extends Interval {
  readonly organisationCount: number;
  readonly mean: number;
  readonly se: number;
  readonly seNoFpc: number;
  readonly lowNoFpc: number;
  readonly highNoFpc: number;
}

function joinErrors(errors: readonly number[]): number {
  return Math.sqrt(sumCanonically(errors.map((error) => error ** 2))) / errors.length;
}

/**
 * Mean of organisation shares, each organisation equal whatever its size; another figure than the share of all
 * workplaces in the network. It describes these organisations, not organisations in general.
 * Source: stratified mean with equal stratum weights, Cochran (1977); interval Zou, Huang, Zhang (2009).
 * @param shares - one share per organisation, disjoint; those without interval left out beforehand
 * @returns mean with 95 % interval with and without finite population correction, or null for none
 */
export function averageOrganisations(shares: readonly ShareEstimate[]): OrganisationMean | null {
  if (shares.length === 0) return null;
  const factor = 1 / shares.length;
  const interval = combinationInterval(shares.map(({ share, low, high }) => ({ share, low, high, factor })));
  const noFpc = combinationInterval(
    shares.map(({ share, lowNoFpc: low, highNoFpc: high }) => ({ share, low, high, factor })),
  );
  return {
    organisationCount: shares.length,
    mean: sumCanonically(shares.map((one) => one.share)) / shares.length,
    se: joinErrors(shares.map((one) => one.se)),
    seNoFpc: joinErrors(shares.map((one) => one.seNoFpc)),
    ...interval,
    lowNoFpc: noFpc.low,
    highNoFpc: noFpc.high,
  };
}
