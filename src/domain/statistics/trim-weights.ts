import { sumCanonically } from './sum-canonically';

/** Weights above this many medians are trimmed. */
const largestWeightInMedians = 5;

function findMedian(weights: Float64Array): number {
  const sorted = weights.filter((weight) => weight > 0).sort();
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper;
}

/**
 * Cuts weights at five medians and spreads what was cut over the others in proportion to their weights, so that the
 * total stays.
 * Source: Potter (1990), Proc. Survey Research Methods ASA; redistribution as R `survey::trimWeights`, but
 * proportional.
 * @param weights - weights per respondent, 0 for those who do not count
 * @returns trimmed weights and how many were cut
 */
export function trimWeights(weights: Float64Array): { readonly weights: Float64Array; readonly trimmedCount: number } {
  const limit = largestWeightInMedians * findMedian(weights);
  const large = weights.filter((weight) => weight > limit);
  const kept = sumCanonically(weights.filter((weight) => weight <= limit));
  const cut = sumCanonically(large.map((weight) => weight - limit));
  const growth = cut === 0 ? 1 : 1 + cut / kept;
  return {
    weights: weights.map((weight) => (weight > limit ? limit : weight * growth)),
    trimmedCount: large.length,
  };
}
