import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Interval } from './wilson';

/**
 * Symmetric 95 % interval, estimate -+ t_df se.
 * Source: Student (1908); as R `survey::confint` with the design's degrees of freedom.
 * @param estimate - any unit
 * @param se - standard error, same unit
 * @param df - degrees of freedom, 1 or more
 * @returns limits in the unit of the estimate
 */
export function tInterval(estimate: number, se: number, df: number): Interval {
  const margin = tQuantile(0.975, df) * se;
  return { low: estimate - margin, high: estimate + margin };
}
