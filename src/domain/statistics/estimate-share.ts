import { effectiveSampleSize } from './effective-sample-size';
import type { VariancePair } from './linearised-variance';
import { isUnreliable } from './reliability';
import { multiply } from './multiply';
import { describeShareDomain } from './share-domain';
import type { ShareDomain } from './share-domain';
import { estimateShareVariance } from './share-variance';
import { sum } from './sum';
import { tallyAnswers } from './tally-answers';
import type { DomainAnswers } from './tally-answers';
import type { Design, EstimateFlag, ShareCounts, ShareEstimate, StratifiedDesign } from './types';
import { wilsonInterval } from './wilson';

type Limits = Pick<ShareEstimate, 'low' | 'high' | 'lowNoFpc' | 'highNoFpc' | 'effectiveNoFpc'>;

/** A share of which all or none gave the option is exactly 1 or 0. */
function findShare({ n, weights, totalWeight }: ShareDomain, yes: Float64Array): number {
  const total = sum(yes);
  if (total === 0 || total === n) return total / n;
  return sum(multiply(yes, weights)) / totalWeight;
}

function pickCounts({ strata }: ShareDomain, counts: ArrayLike<number>): Float64Array {
  const picked = new Float64Array(strata.length);
  for (let at = 0; at < picked.length; at += 1) picked[at] = counts[strata[at] ?? 0] ?? 0;
  return picked;
}

function findLimits(domain: ShareDomain, share: number, variance: VariancePair): Limits {
  if (domain.df < 1) return { low: share, high: share, lowNoFpc: share, highNoFpc: share, effectiveNoFpc: 0 };
  const { n, df, kishEffect, weightedFpc } = domain;
  const effective = effectiveSampleSize({ n, df, kishEffect, weightedFpc, share, variance });
  const { low, high } = wilsonInterval(share, effective.withFpc);
  const noFpc = wilsonInterval(share, effective.noFpc);
  return { low, high, lowNoFpc: noFpc.low, highNoFpc: noFpc.high, effectiveNoFpc: effective.noFpc };
}

function listFlags(domain: ShareDomain, share: number, limits: Limits): EstimateFlag[] {
  const flags = new Set(domain.flags);
  if (domain.df < 1) flags.add('no_interval');
  else if (isUnreliable(share, limits)) flags.add('unreliable');
  return [...flags].sort();
}

/**
 * Prepares the weighted shares of a group: what follows from its valid answers is found once for all options.
 * Source: Hájek share with linearised variance as R `survey::svymean` on a subset of the design; Wilson interval on an
 * effective sample size.
 * @param design - strata of the wave
 * @param valid - valid answers per stratum of the design
 * @param domain - indices of the strata that belong to the group
 * @returns a function from the answers with an option, per stratum of the design, to its estimate in 0-1 with standard
 *   errors, degrees of freedom and 95 % interval; null when nobody of the group gave a valid answer
 * @throws RangeError when a stratum has more valid answers than respondents
 */
export function createShareEstimator(
  design: StratifiedDesign,
  valid: ArrayLike<number>,
  domain: readonly number[],
): ((yes: ArrayLike<number>) => ShareEstimate) | null {
  const described = describeShareDomain(design, valid, domain);
  if (described === null) return null;
  return (counts) => {
    const yes = pickCounts(described, counts);
    const share = findShare(described, yes);
    const variance = estimateShareVariance(described, yes, share);
    const limits = findLimits(described, share, variance);
    return {
      n: described.n,
      share,
      se: Math.sqrt(variance.withFpc),
      seNoFpc: Math.sqrt(variance.noFpc),
      df: described.df,
      ...limits,
      flags: listFlags(described, share, limits),
    };
  };
}

/**
 * Weighted share with standard errors, degrees of freedom and 95 % interval, from answers counted per stratum.
 * Gives the same as `estimateShare` without going through respondents again. See `createShareEstimator`.
 * @param design - strata of the wave
 * @param counts - answers per stratum of the design
 * @param domain - indices of the strata that belong to the group; all when left out
 * @returns estimate in 0-1, or null when nobody of the domain gave a valid answer
 * @throws RangeError when a stratum has more valid answers than respondents
 */
export function estimateShareFromCounts(
  design: StratifiedDesign,
  counts: ShareCounts,
  domain: Iterable<number> = design.strata.keys(),
): ShareEstimate | null {
  const estimate = createShareEstimator(design, counts.valid, [...domain]);
  return estimate === null ? null : estimate(counts.yes);
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
