import { combinationInterval } from './mover-combination';
import { sumCanonically } from './sum-canonically';
import type { ShareEstimate } from './types';

/** Share of one category of the population mix, with the part of the standard population in it. */
export interface StandardPart {
  readonly estimate: ShareEstimate;
  /** pi_s, part of the standard population, 0-1. */
  readonly part: number;
}

const partTolerance = 1e-9;

/**
 * Share that a group would have with the mix of another population, such as the sectors behind a baseline: p_std = sum
 * of pi_s p_s, V = sum of pi_s² V_s. To be labelled as standardised wherever it is shown.
 * Source: direct standardisation, Fleiss, Levin, Paik (2003), Statistical Methods for Rates and Proportions, 19;
 * interval Zou, Huang, Zhang (2009). n* without fpc is the sample size to which the variance corresponds.
 * @param parts - disjoint categories; the parts add up to 1
 * @returns the standardised share as an estimate that comparisons accept; df and n are those of all categories together
 * @throws RangeError when the parts do not add up to 1
 */
export function standardiseShare(parts: readonly StandardPart[]): ShareEstimate {
  const total = sumCanonically(parts.map(({ part }) => part));
  if (Math.abs(total - 1) > partTolerance) throw new RangeError(`Parts of the standard population add up to ${total}.`);
  const used = parts.filter(({ part }) => part > 0);
  const hasInterval = used.every(({ estimate }) => estimate.df >= 1);
  const combine = (value: (estimate: ShareEstimate) => number, power: number) =>
    sumCanonically(used.map(({ estimate, part }) => (part * value(estimate)) ** power));
  const share = combine((one) => one.share, 1);
  const varianceNoFpc = combine((one) => one.seNoFpc, 2);
  const limits = combinationInterval(used.map(({ estimate, part }) => ({ ...estimate, factor: part })));
  const noFpc = combinationInterval(
    used.map(({ estimate, part }) => {
      return { share: estimate.share, low: estimate.lowNoFpc, high: estimate.highNoFpc, factor: part };
    }),
  );
  const sum = (value: (estimate: ShareEstimate) => number) =>
    used.reduce((all, { estimate }) => all + value(estimate), 0);
  const estimate = { n: sum((one) => one.n), share, se: Math.sqrt(combine((one) => one.se, 2)) };
  const sparseSize = 1 / sumCanonically(used.map((one) => one.part ** 2 / one.estimate.effectiveNoFpc));
  const flags = new Set(used.flatMap((one) => one.estimate.flags));
  return {
    ...estimate,
    seNoFpc: Math.sqrt(varianceNoFpc),
    df: hasInterval ? sum((one) => one.df) : 0,
    low: hasInterval ? limits.low : share,
    high: hasInterval ? limits.high : share,
    lowNoFpc: hasInterval ? noFpc.low : share,
    highNoFpc: hasInterval ? noFpc.high : share,
    effectiveNoFpc: varianceNoFpc === 0 ? sparseSize : (share * (1 - share)) / varianceNoFpc,
    flags: [...flags].sort(),
  };
}
