import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { pauleMandel, precisionMean } from './between-variance';

const squaredQuantile = normalQuantile(0.975, 0, 1) ** 2;
/** With this many answers an organisation's own share is shown. */
const enoughAnswers = 30;
/** Share of the differences that must be real before a rank is spoken of. */
export const smallestRankability = 0.7;

/** Share of an organisation with its answers and effective number of them (n* without fpc), both above 0. */
export interface OrganisationShare {
  readonly n: number;
  readonly share: number;
  readonly effectiveNoFpc: number;
}

/** A share pulled towards the network's mean. */
export interface ShrunkenShare {
  /** v_k, sampling variance, never 0. */
  readonly variance: number;
  /** B = tau² / (tau² + v): weight of the organisation's own share, 0-1. */
  readonly ownWeight: number;
  /** B p + (1 - B) mu. */
  readonly shrunken: number;
  /** Shrunken for fewer than 30 answers, else the share as it is. */
  readonly shown: number;
  /** To be labelled as adjusted for small numbers. */
  readonly isAdjusted: boolean;
}

/** All organisations together. */
export interface ShrunkenNetwork {
  readonly mean: number;
  /** tau², variance between organisations. */
  readonly between: number;
  /** rho = tau² / (tau² + median v); below 0.7 there is no rank at all. */
  readonly rankability: number;
  readonly shares: readonly ShrunkenShare[];
}

/**
 * Sampling variance of a share that is never 0: pt (1 - pt) / (n + z²) with pt = (p n + z² / 2) / (n + z²).
 * Source: Agresti, Coull (1998), The American Statistician 52.
 * @param share - 0 to 1
 * @param effective - effective number of answers, above 0
 * @returns variance above 0
 */
export function smoothedVariance(share: number, effective: number): number {
  const size = effective + squaredQuantile;
  const centre = (share * effective + squaredQuantile / 2) / size;
  return (centre * (1 - centre)) / size;
}

function findMedian(values: readonly number[]): number {
  const sorted = [...values].sort((first, second) => first - second);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/**
 * Pulls the shares of small organisations towards the mean as far as their uncertainty asks for, with the variance
 * between organisations estimated from all. The raw share stays in the export.
 * Source: empirical Bayes, Morris (1983), JASA 78; tau² Paule, Mandel (1982); rankability van Houwelingen et al.
 * (1999).
 * @param organisations - shares of organisations, disjoint
 * @returns shrunken shares in the same order, or null with fewer than two organisations
 */
export function shrinkShares(organisations: readonly OrganisationShare[]): ShrunkenNetwork | null {
  if (organisations.length < 2) return null;
  const estimates = organisations.map((one) => one.share);
  const variances = organisations.map((one) => smoothedVariance(one.share, one.effectiveNoFpc));
  const between = pauleMandel({ estimates, variances });
  const mean = precisionMean({ estimates, variances }, between);
  const shares = organisations.map(({ share, n }, at) => {
    const variance = variances[at] ?? 0;
    const ownWeight = between / (between + variance);
    const shrunken = ownWeight * share + (1 - ownWeight) * mean;
    const isAdjusted = n < enoughAnswers;
    return { variance, ownWeight, shrunken, shown: isAdjusted ? shrunken : share, isAdjusted };
  });
  return { mean, between, rankability: between / (between + findMedian(variances)), shares };
}
