import { moverInterval } from './mover';
import type { ShareWithLimits } from './mover';
import { testDifference } from './test-difference';
import type { Difference, ShareEstimate } from './types';

function limitsNoFpc(estimate: ShareEstimate): ShareWithLimits {
  return { share: estimate.share, low: estimate.lowNoFpc, high: estimate.highNoFpc };
}

/**
 * Difference of two shares of disjoint groups in different variance strata, such as an organisation and the rest of the
 * network. Tests without finite population correction: the question is whether they differ as processes.
 * Source: Korn, Graubard (1999), Analysis of Health Surveys; interval Newcombe (1998), method 10.
 * @param first - estimate of the first group
 * @param second - estimate of the second group, no respondent or variance stratum in common with the first
 * @returns first minus second with interval, standard error, df of both together and two-sided p; p is null, and both
 *   limits are the difference, when either share has no interval
 */
export function compareShares(first: ShareEstimate, second: ShareEstimate): Difference {
  const difference = first.share - second.share;
  const se = Math.hypot(first.seNoFpc, second.seNoFpc);
  const df = first.df + second.df;
  if (first.df < 1 || second.df < 1) return { difference, low: difference, high: difference, se, df, p: null };
  const p = testDifference({
    first: { share: first.share, effective: first.effectiveNoFpc },
    second: { share: second.share, effective: second.effectiveNoFpc },
    se,
    df,
  });
  return { difference, ...moverInterval(limitsNoFpc(first), limitsNoFpc(second)), se, df, p };
}
