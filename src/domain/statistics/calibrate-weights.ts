import { collapseCategories, type Margin } from './collapse-categories';
import { kishEffect } from './describe-domain';
import { rakeWeights } from './rake-weights';
import type { Sample } from './sample';
import { trimWeights } from './trim-weights';

const largestTrimmingRounds = 3;

/** A sample with weights fitted to known totals, and what the fitting did. */
export interface CalibratedSample {
  readonly sample: Sample;
  /** The margins that were fitted, small categories merged. */
  readonly margins: readonly Margin[];
  readonly cycleCount: number;
  /** Rounds of trimming, 0 to 3, and weights cut in the first of them. */
  readonly trimmingRounds: number;
  readonly trimmedCount: number;
  /** Coefficient of variation of the weights before and after. */
  readonly variationBefore: number;
  readonly variationAfter: number;
}

function variationOf(weights: Float64Array): number {
  return Math.sqrt(Math.max(0, kishEffect(weights.filter((weight) => weight > 0)) - 1));
}

/**
 * Fits the weights of a sample to known totals: merges categories with fewer than five respondents, rakes, and as long
 * as a weight exceeds five medians trims and rakes again, at most three times. One margin is post-stratification.
 * Source: Deming, Stephan (1940); Deville, Särndal (1992) for the variance of residuals; Potter (1990) for trimming.
 * @param sample - all respondents of the design, not calibrated before
 * @param margins - known totals, all adding up to the same number of units
 * @returns the sample with fitted weights, and a report of the fitting
 * @throws RangeError as `rakeWeights`
 */
export function calibrateWeights(sample: Sample, margins: readonly Margin[]): CalibratedSample {
  const collapsed = margins.map((margin) => collapseCategories(margin, sample.weights));
  let raked = rakeWeights(collapsed, sample.weights);
  let trimmingRounds = 0;
  let firstTrimmedCount = 0;
  while (trimmingRounds < largestTrimmingRounds) {
    const trimmed = trimWeights(raked.weights);
    if (trimmed.trimmedCount === 0) break;
    if (trimmingRounds === 0) firstTrimmedCount = trimmed.trimmedCount;
    trimmingRounds += 1;
    raked = rakeWeights(collapsed, trimmed.weights);
  }
  const calibration = { margins: collapsed.map((margin) => margin.categoryOf), startWeights: sample.weights };
  return {
    sample: { ...sample, weights: raked.weights, calibration },
    margins: collapsed,
    cycleCount: raked.cycleCount,
    trimmingRounds,
    trimmedCount: firstTrimmedCount,
    variationBefore: variationOf(sample.weights),
    variationAfter: variationOf(raked.weights),
  };
}
