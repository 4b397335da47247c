import type { Margin } from './collapse-categories';
import { sumCanonically } from './sum-canonically';

/**
 * Weight of each category of a margin in the sample.
 * Source: totals of statistics.md 1.2, step 7.
 * @param margin - categories with known totals
 * @param weights - weights per respondent
 * @returns sum of weights per category
 */
export function weighCategories(margin: Margin, weights: Float64Array): Float64Array {
  const terms = margin.totals.map((): number[] => []);
  margin.categoryOf.forEach((category, respondent) => {
    terms[category]?.push(weights[respondent] ?? 0);
  });
  return Float64Array.from(terms, sumCanonically);
}

/**
 * Fits weights to the known totals of one set of cells, w' = w N_c / (sum of w in c). The variance is that of
 * residuals: give the sample a `calibration` with this margin and the weights from before.
 * Source: Holt, Smith (1979), JRSS A 142; R `survey::postStratify`.
 * @param margin - cells with known totals
 * @param weights - weights per respondent before fitting, 0 for those who do not count
 * @returns fitted weights
 * @throws RangeError when a cell with a known total above 0 has nobody to carry it
 */
export function postStratify(margin: Margin, weights: Float64Array): Float64Array {
  const sums = weighCategories(margin, weights);
  const factors = sums.map((own, category) => {
    const total = margin.totals[category] ?? 0;
    if (own === 0 && total > 0) throw new RangeError(`Category ${category} of ${margin.name} has weight 0.`);
    return own === 0 ? 0 : total / own;
  });
  return weights.map((weight, respondent) => weight * (factors[margin.categoryOf[respondent] ?? -1] ?? 0));
}
