/**
 * One cell of the design: a stratum with its counts. Cells of one organisation are given in canonical order
 * (sector alphabetical, sectorless last, then size S, M, L).
 */
export interface DesignCell {
  readonly stratum: string;
  readonly organisation: string;
  /** Cells with the same sector are merged with each other first; null: merged across sectors. */
  readonly sector: string | null;
  /** Units in the frame, invited, known ineligible among the invited. */
  readonly frameCount: number;
  readonly invitedCount: number;
  readonly ineligibleCount: number;
  readonly respondentCount: number;
}

/** A variance stratum v after collapsing, with what weights and variance need. */
export interface VarianceStratum {
  readonly index: number;
  readonly organisation: string;
  readonly strata: readonly string[];
  /** m_v respondents, N_v = sum of base weights of eligible invited, adjustment a_v. */
  readonly respondentCount: number;
  readonly eligibleTotal: number;
  readonly adjustment: number;
  /** Warnings about the weights that every figure drawing on this stratum inherits. */
  readonly flags: readonly EstimateFlag[];
}

/** A stratum of the design; all its respondents carry the same weight. */
export interface DesignStratum {
  readonly stratum: string;
  readonly organisation: string;
  readonly respondentCount: number;
  /** Final weight w; 0 where nobody answered or the organisation has no variance. */
  readonly weight: number;
  /** Index of the variance stratum; -1 where the organisation has no variance. */
  readonly varianceStratum: number;
}

/** Strata and variance strata of one wave, without respondents. */
export interface StratifiedDesign {
  /** In the order in which the cells were given. */
  readonly strata: readonly DesignStratum[];
  readonly varianceStrata: readonly VarianceStratum[];
  /** Organisations with fewer than two respondents: no variance, never shown, left out of every estimate. */
  readonly organisationsWithoutVariance: readonly string[];
}

/** The sampling design of one wave with every respondent in canonical order. */
export interface Design extends StratifiedDesign {
  /** Per respondent: index of the stratum, index of the variance stratum (-1: none), final weight w_i (0: none). */
  readonly stratumOf: Int32Array;
  readonly varianceStratumOf: Int32Array;
  readonly weights: Float64Array;
}

/** Answers to one option in a domain, counted per stratum of the design (same index as `strata`). */
export interface ShareCounts {
  readonly valid: ArrayLike<number>;
  readonly yes: ArrayLike<number>;
}

/**
 * Why a figure needs care: non-response adjustment above 3, CV(w) above 1, wide interval, no interval; printed in coarse
 * steps because whole per cent would tell what single cells answered. `conservative` tells that its interval is Korn and
 * Graubard's.
 */
export const estimateFlags = [
  'high_nonresponse_adjustment',
  'variable_weights',
  'unreliable',
  'no_interval',
  'coarse',
  'conservative',
] as const;
export type EstimateFlag = (typeof estimateFlags)[number];

/** How a share is described: Wilson's interval, or Korn and Graubard's, which is wider. */
export type IntervalMethod = 'wilson' | 'korn_graubard';

/** A weighted share with everything comparisons need. Shares and standard errors in 0-1. */
export interface ShareEstimate {
  /** Unweighted valid answers. */
  readonly n: number;
  readonly share: number;
  readonly se: number;
  readonly seNoFpc: number;
  readonly df: number;
  /** Limits by the wave's method; without an interval (flag `no_interval`) both are the share itself. */
  readonly low: number;
  readonly high: number;
  /** Wilson limits without finite population correction, for MOVER. */
  readonly lowNoFpc: number;
  readonly highNoFpc: number;
  /** Effective sample size without fpc; 0 without an interval. */
  readonly effectiveNoFpc: number;
  readonly flags: readonly EstimateFlag[];
}

/** Difference of two estimates: first minus second, in 0-1. */
export interface Difference {
  readonly difference: number;
  /** MOVER limits; without an interval both are the difference itself. */
  readonly low: number;
  readonly high: number;
  readonly se: number;
  readonly df: number;
  /** Two-sided; null when no test can be made. */
  readonly p: number | null;
}
