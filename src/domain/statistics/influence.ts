/** Respondents (or groups of equal respondents) with weight and value. */
export interface WeightedValues {
  readonly weights: Float64Array;
  readonly values: ArrayLike<number>;
}

/**
 * Influence of each respondent on a weighted share or mean: z = w (y - p) / W.
 * Source: Taylor linearisation of the Hájek estimator, Särndal, Swensson, Wretman (1992).
 * @param respondents - weights and values of the domain's respondents
 * @param estimate - the weighted share or mean p
 * @param totalWeight - W, sum of the domain's weights, above 0
 * @returns z in the order given; respondents outside the domain have influence 0 and are not listed
 */
export function computeInfluence(respondents: WeightedValues, estimate: number, totalWeight: number): Float64Array {
  const { weights, values } = respondents;
  const influence = new Float64Array(weights.length);
  for (let index = 0; index < weights.length; index += 1) {
    influence[index] = ((weights[index] ?? 0) * ((values[index] ?? 0) - estimate)) / totalWeight;
  }
  return influence;
}
