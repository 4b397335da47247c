import { varianceOfEstimate } from './covary-estimates';
import { describeDomain } from './describe-domain';
import { lineariseRatio, type Linearised } from './linearise-ratio';
import { isUnreliable } from './reliability';
import type { Sample } from './sample';
import { findShareLimits } from './share-limits';
import type { DomainAnswers } from './tally-answers';
import type { EstimateFlag, ShareEstimate } from './types';

/** A share with the influence of every respondent, so that it can be compared with overlapping groups. */
export interface SampleShare extends ShareEstimate {
  readonly linearised: Linearised;
}

/**
 * Weighted share from respondents with any weights: calibrated, unequal within strata, or clustered in workplaces.
 * `estimateShareFromCounts` is the faster way where weights are equal within strata, with the same result.
 * Source: Hájek share with linearised variance as R `survey::svymean` on a subset of the design; Wilson (1927) interval
 * on an effective sample size, Franco, Little, Louis, Slud (2019).
 * @param sample - all respondents of the design
 * @param answers - who belongs to the group with a valid answer, and who gave the option
 * @returns estimate in 0-1 with influence values, or null when nobody of the domain gave a valid answer
 * @throws RangeError for contradictions in the sample, see `groupUnits`
 */
export function estimateSampleShare(sample: Sample, answers: DomainAnswers): SampleShare | null {
  const linearised = lineariseRatio(sample, {
    inDomain: answers.inDomain,
    numerator: Float64Array.from(sample.weights, (_, at) => (answers.y[at] ? 1 : 0)),
    denominator: new Float64Array(sample.weights.length).fill(1),
  });
  if (!linearised) return null;
  const variance = varianceOfEstimate(sample, linearised.influence);
  const { n, estimate: share } = linearised;
  const domain = describeDomain(sample, linearised.members);
  const limits = findShareLimits({ n, share, variance, ...domain }, 'wilson');
  const flags: EstimateFlag[] = [];
  if (domain.df < 1) flags.push('no_interval');
  else if (isUnreliable(share, limits)) flags.push('unreliable');
  const se = Math.sqrt(variance.withFpc);
  return { n, share, se, seNoFpc: Math.sqrt(variance.noFpc), df: domain.df, ...limits, flags, linearised };
}
