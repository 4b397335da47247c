import type { EstimateFlag } from './types';

/** Non-response adjustment above which figures are flagged. */
export const largestAdjustment = 3;
const largestVariation = 1;

/** Respondents that share a weight. */
export interface WeightGroup {
  readonly respondentCount: number;
  readonly weight: number;
}

/**
 * Coefficient of variation of the weights over respondents, with Kish's relation deff_w = 1 + CV².
 * Source: Kish (1965), Survey Sampling.
 * @param groups - respondents by weight; at least one respondent
 * @returns standard deviation of the weights over their mean, 0 or more
 */
export function variationOfWeights(groups: readonly WeightGroup[]): number {
  let count = 0;
  let total = 0;
  for (const group of groups) {
    count += group.respondentCount;
    total += group.respondentCount * group.weight;
  }
  const mean = total / count;
  const squares = groups.reduce((sum, group) => sum + group.respondentCount * (group.weight - mean) ** 2, 0);
  return Math.sqrt(squares / count) / mean;
}

/**
 * Warnings about weights: few answered (a_v above 3), or very unequal weights within the organisation (CV above 1).
 * Source: limits of statistics.md 1.2, step 4; Kish (1965) for the variation.
 * @param adjustment - non-response adjustment a_v of a variance stratum, 1 or more
 * @param variation - coefficient of variation of the organisation's weights
 * @returns the flags that figures drawing on the stratum inherit
 */
export function flagWeights(adjustment: number, variation: number): EstimateFlag[] {
  const flags: EstimateFlag[] = [];
  if (adjustment > largestAdjustment) flags.push('high_nonresponse_adjustment');
  if (variation > largestVariation) flags.push('variable_weights');
  return flags;
}
