import { varianceOfEstimate } from './covary-estimates';
import { describeDomain } from './describe-domain';
import { effectiveSampleSize } from './effective-sample-size';
import { lineariseRatio, type Linearised } from './linearise-ratio';
import { isUnreliable } from './reliability';
import type { Sample } from './sample';
import type { DomainAnswers } from './tally-answers';
import type { EstimateFlag, ShareEstimate } from './types';
import { wilsonInterval } from './wilson';

/** A share with the influence of every respondent, so that it can be compared with overlapping groups. */
export interface SampleShare extends ShareEstimate {
  readonly linearised: Linearised;
}

type Limits = Pick<ShareEstimate, 'low' | 'high' | 'lowNoFpc' | 'highNoFpc' | 'effectiveNoFpc'>;

function findLimits(share: number, effective: { readonly withFpc: number; readonly noFpc: number } | null): Limits {
  if (effective === null) return { low: share, high: share, lowNoFpc: share, highNoFpc: share, effectiveNoFpc: 0 };
  const { low, high } = wilsonInterval(share, effective.withFpc);
  const noFpc = wilsonInterval(share, effective.noFpc);
  return { low, high, lowNoFpc: noFpc.low, highNoFpc: noFpc.high, effectiveNoFpc: effective.noFpc };
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
  const effective = domain.df < 1 ? null : effectiveSampleSize({ n, share, variance, ...domain });
  const limits = findLimits(share, effective);
  const flags: EstimateFlag[] = [];
  if (!effective) flags.push('no_interval');
  else if (isUnreliable(share, limits)) flags.push('unreliable');
  const se = Math.sqrt(variance.withFpc);
  return { n, share, se, seNoFpc: Math.sqrt(variance.noFpc), df: domain.df, ...limits, flags, linearised };
}
