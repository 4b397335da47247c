import type { ShareWithLimits } from './mover';
import type { Interval } from './wilson';

/**
 * 95 % interval for the difference of two correlated shares, from the interval of each.
 * Source: Zou, Donner (2008), Statistics in Medicine 27, 1693-1702; with correlation 0 Newcombe's (1998) method 10.
 * @param first - share and Wilson limits
 * @param second - share and Wilson limits
 * @param correlation - of the two estimates, -1 to 1
 * @returns limits of first minus second
 */
export function correlatedMoverInterval(
  first: ShareWithLimits,
  second: ShareWithLimits,
  correlation: number,
): Interval {
  const difference = first.share - second.share;
  const reach = (one: number, two: number) => Math.sqrt(Math.max(0, one ** 2 + two ** 2 - 2 * correlation * one * two));
  return {
    low: difference - reach(first.share - first.low, second.high - second.share),
    high: difference + reach(first.high - first.share, second.share - second.low),
  };
}
