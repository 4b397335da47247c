import type { Verdict } from '../benchmark/types';

/** Largest adjusted p-value (Benjamini-Hochberg) of a difference that is called clear. */
export const falseDiscoveryRate = 0.05;
/** Smallest difference of shares worth mentioning, 0-1. */
const minimumRelevantDifference = 0.05;

/** So that a difference of 0.05 in decimals is not lost in binary. */
const tolerance = 1e-9;

/**
 * What may be said of a difference: above or below only where it is both established (q at most 0.05) and relevant
 * (at least the given size).
 * Source: Benjamini, Hochberg (1995), JRSS B 57, with a minimum relevant difference; statistics.md 1.8.
 * @param difference - own minus comparator, -1 to 1
 * @param q - p-value adjusted within its family; null when not tested
 * @param relevantDifference - smallest difference worth mentioning, 0-1; 0.05 unless the network decides otherwise
 * @returns the verdict
 */
export function decideVerdict(
  difference: number,
  q: number | null,
  relevantDifference: number = minimumRelevantDifference,
): Verdict {
  if (q === null) return 'not_tested';
  if (q > falseDiscoveryRate || Math.abs(difference) < relevantDifference - tolerance) return 'no_clear_difference';
  return difference > 0 ? 'above' : 'below';
}
