import { isUnreliable } from './reliability';
import { multiply } from './multiply';
import { describeShareDomain } from './share-domain';
import type { ShareDomain } from './share-domain';
import { findShareLimits, type ShareLimits } from './share-limits';
import { estimateShareVariance } from './share-variance';
import { sum } from './sum';
import { tallyAnswers } from './tally-answers';
import type { DomainAnswers } from './tally-answers';
import type { Design, EstimateFlag, IntervalMethod, ShareCounts, ShareEstimate, StratifiedDesign } from './types';

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

function listFlags(domain: ShareDomain, share: number, limits: ShareLimits, method: IntervalMethod): EstimateFlag[] {
  const flags = new Set(domain.flags);
  if (domain.df < 1) {
    flags.add('no_interval');
  } else {
    if (isUnreliable(share, limits)) flags.add('unreliable');
    if (method === 'korn_graubard') flags.add('conservative');
  }
  return [...flags].sort();
}

/**
 * Prepares the weighted shares of a group: what follows from its valid answers is found once for all options.
 * Source: Hájek share with linearised variance as R `survey::svymean` on a subset of the design; interval on an
 * effective sample size.
 * @param design - strata of the wave
 * @param valid - valid answers per stratum of the design
 * @param domain - indices of the strata that belong to the group
 * @param method - how the shares are described
 * @returns a function from the answers with an option, per stratum of the design, to its estimate in 0-1 with standard
 *   errors, degrees of freedom and 95 % interval; null when nobody of the group gave a valid answer
 * @throws RangeError when a stratum has more valid answers than respondents
 */
export function createShareEstimator(
  design: StratifiedDesign,
  valid: ArrayLike<number>,
  domain: readonly number[],
  method: IntervalMethod = 'wilson',
): ((yes: ArrayLike<number>) => ShareEstimate) | null {
  const described = describeShareDomain(design, valid, domain);
  if (described === null) return null;
  const { n, df, kishEffect, weightedFpc } = described;
  return (counts) => {
    const yes = pickCounts(described, counts);
    const share = findShare(described, yes);
    const variance = estimateShareVariance(described, yes, share);
    const limits = findShareLimits({ n, df, kishEffect, weightedFpc, share, variance }, method);
    return {
      n,
      share,
      se: Math.sqrt(variance.withFpc),
      seNoFpc: Math.sqrt(variance.noFpc),
      df,
      ...limits,
      flags: listFlags(described, share, limits, method),
    };
  };
}

/**
 * Weighted share with standard errors, degrees of freedom and 95 % interval, from answers counted per stratum.
 * Gives the same as `estimateShare` without going through respondents again. See `createShareEstimator`.
 * Source: Hájek (1971); statistics.md 1.3 and 1.4.
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
 * Source: Hájek (1971); statistics.md 1.3 and 1.4.
 * @param design - design of the wave
 * @param answers - who belongs to the group and has a valid answer, and who gave the option
 * @returns estimate in 0-1, or null when nobody of the domain gave a valid answer
 */
export function estimateShare(design: Design, answers: DomainAnswers): ShareEstimate | null {
  return estimateShareFromCounts(design, tallyAnswers(design, answers));
}
