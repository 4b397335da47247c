import { printedPercent } from '../disclosure/printed-share';
import { kornGraubardInterval } from '../statistics/korn-graubard';
import type { EstimateFlag } from '../statistics/types';
import { wilsonInterval, type Interval } from '../statistics/wilson';

/** From this many valid answers on, an interval may carry the design of the sample. */
export const minimumCountForDesign = 30;

/**
 * Chooses the interval that may leave the server. With few answers, an interval that carries strata and finite population
 * tells how the answers lie in the strata, and through known weights the answers of single workplaces. Below the limit
 * the interval is made of what is printed anyway, the rounded share and n: Wilson (1927) without finite population
 * correction, which is wider than the computed one unless the design effect is large; or, where the computed one is
 * Korn and Graubard's, Clopper and Pearson's (1934). The same holds for shares printed in coarse steps.
 * @param estimate n, share and limits in 0-1 with full precision, flags
 * @returns limits in 0-1
 */
export function limitsToShow({
  n,
  share,
  low,
  high,
  flags,
}: Interval & { readonly n: number; readonly share: number; readonly flags: readonly EstimateFlag[] }): Interval {
  const isCoarse = flags.includes('coarse');
  if (n >= minimumCountForDesign && !isCoarse) return { low, high };
  const interval = flags.includes('conservative') ? kornGraubardInterval : wilsonInterval;
  return interval(printedPercent(share, n, isCoarse) / 100, n);
}
