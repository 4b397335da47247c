import type { ShareWithLimits } from './mover';
import { sumCanonically } from './sum-canonically';
import type { Interval } from './wilson';

/** One estimate of a linear combination. */
export interface CombinationPart extends ShareWithLimits {
  readonly factor: number;
}

function squaredReach(parts: readonly CombinationPart[], isUpper: boolean): number {
  return sumCanonically(
    parts.map((part) => {
      const limit = part.factor > 0 === isUpper ? part.high : part.low;
      return (part.factor * (limit - part.share)) ** 2;
    }),
  );
}

/**
 * 95 % interval for a linear combination of independent shares, from the interval of each: the limits keep the
 * asymmetry of each share's own.
 * Source: Zou, Huang, Zhang (2009), Computational Statistics & Data Analysis 53 (MOVER); two shares with factors 1 and
 * -1 give Newcombe's (1998) method 10.
 * @param parts - shares with limits in 0-1 and their factors
 * @returns limits of the sum of factor times share
 */
export function combinationInterval(parts: readonly CombinationPart[]): Interval {
  const combined = sumCanonically(parts.map((part) => part.factor * part.share));
  return {
    low: combined - Math.sqrt(squaredReach(parts, false)),
    high: combined + Math.sqrt(squaredReach(parts, true)),
  };
}
