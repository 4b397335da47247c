import { roundShare } from '../statistics/round-share';
import { wilsonInterval, type Interval } from '../statistics/wilson';

/** From this many valid answers on, an interval may carry the design of the sample. */
export const minimumCountForDesign = 30;

/**
 * Chooses the interval that may leave the server. With few answers, an interval that carries strata and finite population
 * tells how the answers lie in the strata, and through known weights the answers of single workplaces. Below the limit
 * the interval is made of what is printed anyway, the rounded share and n: Wilson (1927) without finite population
 * correction, which is wider than the computed one unless the design effect is large.
 * @param estimate n, and share and limits in 0-1 with full precision
 * @returns limits in 0-1
 */
export function limitsToShow({
  n,
  share,
  low,
  high,
}: Interval & { readonly n: number; readonly share: number }): Interval {
  return n < minimumCountForDesign ? wilsonInterval(roundShare(share) / 100, n) : { low, high };
}
