import type { Verdict } from '../benchmark/types';
import { adjustForFalseDiscovery } from './benjamini-hochberg';
import { adjustForAnyFalseClaim, adjustUnderDependence } from './stepwise-adjustment';
import type { Difference } from './types';
import { decideVerdict } from './verdict';

/** How a network wants its many tests to be counted; decided before the data are seen. */
export interface FamilyPolicy {
  readonly adjustment: 'benjamini_hochberg' | 'benjamini_yekutieli' | 'holm';
  /** Smallest difference worth mentioning, 0-1. */
  readonly relevantDifference: number;
}

/** A member of the family after the adjustment. */
export interface FamilyDecision {
  readonly q: number | null;
  readonly verdict: Verdict;
}

const adjustments = {
  benjamini_hochberg: adjustForFalseDiscovery,
  benjamini_yekutieli: adjustUnderDependence,
  holm: adjustForAnyFalseClaim,
};

/**
 * Decides all tests of one family together: above or below only where the adjusted p-value is at most 0.05 and the
 * difference is relevant. A family is all items and comparators behind one set of pages of an organisation and wave,
 * one wave against another, or organisations by headline indicators in a public report; it is fixed before the data are
 * seen.
 * Source: Benjamini, Hochberg (1995), JRSS B 57, with a minimum relevant difference.
 * @param family - differences with their p-values, null where no test was made
 * @param policy - adjustment and smallest relevant difference
 * @returns q and verdict in the order of the family
 */
export function decideFamily(
  family: readonly Pick<Difference, 'difference' | 'p'>[],
  { adjustment, relevantDifference }: FamilyPolicy,
): FamilyDecision[] {
  const adjusted = adjustments[adjustment](family.map((member) => member.p));
  return family.map(({ difference }, at) => {
    const q = adjusted[at] ?? null;
    return { q, verdict: decideVerdict(difference, q, relevantDifference) };
  });
}
