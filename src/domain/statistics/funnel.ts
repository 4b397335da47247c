import chisquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { pauleMandel } from './between-variance';
import { binomialLimit } from './binomial-limit';
import { smoothedVariance } from './shrink-shares';
import { sumCanonically } from './sum-canonically';

/** Share of an organisation with its effective number of answers (n* without fpc), above 0. */
export interface FunnelPoint {
  readonly share: number;
  readonly effectiveNoFpc: number;
}

/** Control limits around the target at one number of answers, in 0-1: 95 % and 99.8 %. */
export interface FunnelLimits {
  readonly low95: number;
  readonly high95: number;
  readonly low998: number;
  readonly high998: number;
}

/** Spread of organisations around the target. */
export interface Funnel {
  readonly target: number;
  /** phi, mean of the winsorised squared z; about 1 when organisations differ by chance alone. */
  readonly overdispersion: number;
  /** tau² added to the limits; 0 unless K phi is above the 95 % quantile of chi-square on K. */
  readonly between: number;
}

/** Linear interpolation between order statistics, R type 7. */
function quantileOf(sorted: Float64Array, probability: number): number {
  const at = (sorted.length - 1) * probability;
  const lower = Math.floor(at);
  const start = sorted[lower] ?? 0;
  return start + (at - lower) * ((sorted[lower + 1] ?? start) - start);
}

/**
 * Whether organisations differ from the network's share by more than chance, and by how much.
 * Source: Spiegelhalter (2005), Quality and Safety in Health Care 14, 347-351: winsorised at the 10 % and 90 %
 * quantiles.
 * @param target - share of all workplaces in the network, strictly between 0 and 1
 * @param points - organisations
 * @returns target, overdispersion and what it adds to the limits; null with fewer than two organisations
 */
export function buildFunnel(target: number, points: readonly FunnelPoint[]): Funnel | null {
  if (points.length < 2) return null;
  const spread = Math.sqrt(target * (1 - target));
  const zValues = Float64Array.from(points, (one) => ((one.share - target) * Math.sqrt(one.effectiveNoFpc)) / spread);
  const sorted = Float64Array.from(zValues).sort();
  const [lowest, highest] = [quantileOf(sorted, 0.1), quantileOf(sorted, 0.9)];
  const squares = zValues.map((z) => Math.min(highest, Math.max(lowest, z)) ** 2);
  const overdispersion = sumCanonically(squares) / points.length;
  const isOverdispersed = points.length * overdispersion > chisquareQuantile(0.95, points.length);
  const noisy = {
    estimates: points.map((one) => one.share),
    variances: points.map((one) => smoothedVariance(one.share, one.effectiveNoFpc)),
  };
  return { target, overdispersion, between: isOverdispersed ? pauleMandel(noisy) : 0 };
}

function widenedLimit(funnel: Funnel, effective: number, q: number): number {
  const { target, between } = funnel;
  const limit = normalQuantile(q, target, Math.sqrt((target * (1 - target)) / effective + between));
  return Math.max(0, Math.min(1, limit));
}

/**
 * Control limits of a funnel plot at a number of answers: exact binomial ones on the rounded effective number, or,
 * where organisations are overdispersed, target -+ z sqrt(target (1 - target) / n + tau²).
 * Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202.
 * @param funnel - target and overdispersion
 * @param effective - effective number of answers, above 0
 * @returns limits in 0-1; an organisation within them is not distinguished from the network
 */
export function funnelLimits(funnel: Funnel, effective: number): FunnelLimits {
  const trials = Math.max(1, Math.round(effective));
  const limit = (q: number) =>
    funnel.between > 0 ? widenedLimit(funnel, effective, q) : binomialLimit(q, trials, funnel.target);
  return { low95: limit(0.025), high95: limit(0.975), low998: limit(0.001), high998: limit(0.999) };
}
