import type { Interval } from './wilson';

/** A share with its limits, all in 0-1. */
export interface ShareWithLimits extends Interval {
  readonly share: number;
}

/**
 * 95 % interval for the difference of two independent shares, from the interval of each.
 * Source: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10 (square-and-add, MOVER).
 * @param first - share and Wilson limits
 * @param second - share and Wilson limits
 * @returns limits of first minus second, in -1 to 1
 */
export function moverInterval(first: ShareWithLimits, second: ShareWithLimits): Interval {
  const difference = first.share - second.share;
  return {
    low: difference - Math.hypot(first.share - first.low, second.high - second.share),
    high: difference + Math.hypot(first.high - first.share, second.share - second.low),
  };
}
