import { listAnswerPoints } from './answer-points';
import { effectiveSampleSize } from './effective-sample-size';
import { computeInfluence } from './influence';
import { estimateCovariance } from './linearised-variance';
import type { VariancePair } from './linearised-variance';
import { isUnreliable } from './reliability';
import { summariseDomain } from './summarise-domain';
import type { DomainSummary } from './summarise-domain';
import { tallyAnswers } from './tally-answers';
import type { DomainAnswers } from './tally-answers';
import type { AnswerPoints, Design, EstimateFlag, ShareCounts, ShareEstimate, StratifiedDesign } from './types';
import { wilsonInterval } from './wilson';

type Limits = Pick<ShareEstimate, 'low' | 'high' | 'lowNoFpc' | 'highNoFpc' | 'effectiveNoFpc'>;

function estimateVariance(design: StratifiedDesign, points: AnswerPoints, domain: DomainSummary): VariancePair {
  const influence = computeInfluence(points, domain.share, domain.totalWeight);
  return estimateCovariance(design.varianceStrata, { ...points, first: influence, second: influence });
}

function findLimits(domain: DomainSummary, variance: VariancePair): Limits {
  const { share } = domain;
  if (domain.df < 1) return { low: share, high: share, lowNoFpc: share, highNoFpc: share, effectiveNoFpc: 0 };
  const effective = effectiveSampleSize({ ...domain, variance });
  const { low, high } = wilsonInterval(share, effective.withFpc);
  const noFpc = wilsonInterval(share, effective.noFpc);
  return { low, high, lowNoFpc: noFpc.low, highNoFpc: noFpc.high, effectiveNoFpc: effective.noFpc };
}

function listFlags(domain: DomainSummary, limits: Limits): EstimateFlag[] {
  const flags = new Set<EstimateFlag>();
  for (const stratum of domain.varianceStrata) for (const flag of stratum.flags) flags.add(flag);
  if (domain.df < 1) flags.add('no_interval');
  else if (isUnreliable(domain.share, limits)) flags.add('unreliable');
  return [...flags].sort();
}

/**
 * Weighted share with standard errors, degrees of freedom and 95 % interval, from answers counted per stratum.
 * Gives the same as `estimateShare` without going through respondents again: for many groups of one large wave.
 * Source: Hájek share with linearised variance as R `survey::svymean` on a subset of the design; Wilson interval on an
 * effective sample size.
 * @param design - strata of the wave
 * @param counts - answers per stratum of the design
 * @param domain - indices of the strata that belong to the group; all when left out
 * @returns estimate in 0-1, or null when nobody of the domain gave a valid answer
 * @throws RangeError when a stratum has more valid answers than respondents
 */
export function estimateShareFromCounts(
  design: StratifiedDesign,
  counts: ShareCounts,
  domain?: Iterable<number>,
): ShareEstimate | null {
  const points = listAnswerPoints(design, counts, domain);
  const summary = summariseDomain(design.varianceStrata, points);
  if (!summary) return null;
  const variance = estimateVariance(design, points, summary);
  const limits = findLimits(summary, variance);
  return {
    n: summary.n,
    share: summary.share,
    se: Math.sqrt(variance.withFpc),
    seNoFpc: Math.sqrt(variance.noFpc),
    df: summary.df,
    ...limits,
    flags: listFlags(summary, limits),
  };
}

/**
 * Weighted share with standard errors, degrees of freedom and 95 % interval, from answers per respondent.
 * Respondents of organisations without variance are left out. See `estimateShareFromCounts`.
 * @param design - design of the wave
 * @param answers - who belongs to the group and has a valid answer, and who gave the option
 * @returns estimate in 0-1, or null when nobody of the domain gave a valid answer
 */
export function estimateShare(design: Design, answers: DomainAnswers): ShareEstimate | null {
  return estimateShareFromCounts(design, tallyAnswers(design, answers));
}
