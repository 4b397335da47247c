import { sum } from './sum';

/** Successes out of a number of trials, whole numbers. */
export interface Successes {
  readonly successes: number;
  readonly trials: number;
}

/** R counts tables as equally likely when their probabilities agree to this relative error. */
const relativeTolerance = 1e-7;

/** Probabilities of `lowest` to `highest` successes in the first group given all margins, relative to the likeliest. */
function relativeProbabilities(first: Successes, second: Successes): { lowest: number; relative: Float64Array } {
  const successes = first.successes + second.successes;
  const lowest = Math.max(0, successes - second.trials);
  const highest = Math.min(successes, first.trials);
  const likeliest = Math.floor(((successes + 1) * (first.trials + 1)) / (first.trials + second.trials + 2));
  const start = Math.min(highest, Math.max(lowest, likeliest));
  const growth = (count: number) =>
    ((first.trials - count) * (successes - count)) / ((count + 1) * (second.trials - successes + count + 1));
  const relative = new Float64Array(highest - lowest + 1);
  relative[start - lowest] = 1;
  for (let count = start; count < highest; count += 1) {
    relative[count + 1 - lowest] = (relative[count - lowest] ?? 0) * growth(count);
  }
  for (let count = start - 1; count >= lowest; count -= 1) {
    relative[count - lowest] = (relative[count + 1 - lowest] ?? 0) / growth(count);
  }
  return { lowest, relative };
}

/**
 * Fisher's exact test of two shares: two-sided probability of a table as unlikely as the one seen, given its margins.
 * Source: Fisher (1935), JRSS 98; two-sided by summing the less likely tables, as R `stats::fisher.test`.
 * @param first - successes and trials of the first group
 * @param second - successes and trials of the second group
 * @returns p-value, above 0 to 1; 1 when a group is empty
 */
export function fisherExact(first: Successes, second: Successes): number {
  const { lowest, relative } = relativeProbabilities(first, second);
  const limit = (relative[first.successes - lowest] ?? 0) * (1 + relativeTolerance);
  return Math.min(1, sum(relative.filter((probability) => probability <= limit)) / sum(relative));
}
