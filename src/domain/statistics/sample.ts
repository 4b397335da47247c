import { remainingAfterFpc } from './linearised-variance';
import type { Design } from './types';

/** A variance stratum of sampling units: workplaces, or workplaces as clusters of employees. */
export interface SamplingStratum {
  /** Units with a respondent, 2 or more. */
  readonly sampled: number;
  /** Units they stand for (eligible total); Infinity where the population is not counted. */
  readonly population: number;
}

/** Known totals that the weights were fitted to; the variance is then that of the residuals. */
export interface Calibration {
  /** Per margin: category of each respondent, from 0. */
  readonly margins: readonly Int32Array[];
  /** Weights before the fitting. */
  readonly startWeights: Float64Array;
}

/** All respondents of a design with any weights: equal within strata or not, calibrated or not, clustered or not. */
export interface Sample {
  readonly strata: readonly SamplingStratum[];
  /** Per respondent: index of the stratum; -1 where the organisation has no variance (left out of every estimate). */
  readonly stratumOf: Int32Array;
  /** Per respondent: sampling unit. The same number is the same unit. */
  readonly unitOf: Int32Array;
  readonly weights: Float64Array;
  readonly calibration: Calibration | null;
}

/**
 * The design of a wave as a sample in which every respondent is a unit of its own.
 * Source: stratified one-stage design, Cochran (1977), Sampling Techniques.
 * @param design - design of the wave
 * @returns the same strata and weights, uncalibrated
 */
export function sampleOfDesign(design: Design): Sample {
  return {
    strata: design.varianceStrata.map((stratum) => ({
      sampled: stratum.respondentCount,
      population: remainingAfterFpc(stratum) === 0 ? stratum.respondentCount : stratum.eligibleTotal,
    })),
    stratumOf: design.varianceStratumOf,
    unitOf: Int32Array.from(design.varianceStratumOf.keys()),
    weights: design.weights,
    calibration: null,
  };
}

/**
 * Share of a stratum's variance that the finite population leaves, 1 - m / N.
 * Source: Cochran (1977), Sampling Techniques, finite population correction.
 * @param stratum - units sampled and units they stand for
 * @returns 0 (every unit answered) to 1
 */
export function remainingOfStratum(stratum: SamplingStratum): number {
  return Math.max(0, 1 - stratum.sampled / stratum.population);
}
