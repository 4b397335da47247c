import tCdf from '@stdlib/stats-base-dists-t-cdf';
import { covaryEstimates } from './covary-estimates';
import { describeDomain } from './describe-domain';
import type { SampleShare } from './estimate-sample-share';
import type { Linearised } from './linearise-ratio';
import { correlatedMoverInterval } from './mover-correlated';
import type { Sample } from './sample';
import { isSparseShare } from './sparse-share';
import type { Difference } from './types';

/** Standard error of a difference of two estimates of one sample. */
export interface DifferenceError {
  /** Without finite population correction. */
  readonly se: number;
  readonly correlation: number;
  readonly covariance: number;
  /** Units of both domains together minus their strata. */
  readonly df: number;
}

/**
 * Standard error of the difference of two estimates from the same sample, whether or not their domains overlap: V1 + V2
 * - 2 C, computed from z1 - z2 so that nothing is lost by subtraction.
 * Source: linearisation of a contrast, Särndal, Swensson, Wretman (1992); R `survey::svycontrast`.
 * @param sample - all respondents of the design
 * @param first - linearised estimate
 * @param second - linearised estimate of the same sample
 * @returns standard error and covariance without finite population correction, correlation (0 where either does not
 *   vary), df
 */
export function differenceError(sample: Sample, first: Linearised, second: Linearised): DifferenceError {
  const contrast = first.influence.map((value, at) => value - (second.influence[at] ?? 0));
  const matrix = covaryEstimates(sample, [first.influence, second.influence, contrast]);
  const noFpc = (row: number, column: number) => matrix[row]?.[column]?.noFpc ?? 0;
  const scale = Math.sqrt(noFpc(0, 0) * noFpc(1, 1));
  const covariance = noFpc(0, 1);
  const members = first.members.map((member, at) => member | (second.members[at] ?? 0));
  return {
    se: Math.sqrt(noFpc(2, 2)),
    correlation: scale === 0 ? 0 : Math.max(-1, Math.min(1, covariance / scale)),
    covariance,
    df: describeDomain(sample, members).df,
  };
}

function limitsOf({ share, lowNoFpc, highNoFpc }: SampleShare) {
  return { share, low: lowNoFpc, high: highNoFpc };
}

/**
 * Difference of two shares of one sample whose groups may overlap, such as an organisation and a peer group that it
 * belongs to. Tests without finite population correction.
 * Source: t test as R `survey::svycontrast` with `pt`; interval Zou, Donner (2008).
 * @param sample - all respondents of the design
 * @param first - share of one group
 * @param second - share of another group of the same sample
 * @returns first minus second with interval, standard error, df and two-sided p; p is null where either share is too
 *   sparse for the t distribution, where the groups do not differ at all, or where either has no interval (both limits
 *   are then the difference)
 */
export function compareOverlapping(sample: Sample, first: SampleShare, second: SampleShare): Difference {
  const difference = first.share - second.share;
  const { se, correlation, df } = differenceError(sample, first.linearised, second.linearised);
  if (first.df < 1 || second.df < 1) return { difference, low: difference, high: difference, se, df, p: null };
  const interval = correlatedMoverInterval(limitsOf(first), limitsOf(second), correlation);
  const isTested = se > 0 && !isSparseShare(first) && !isSparseShare(second);
  const p = isTested ? Math.min(1, 2 * tCdf(-Math.abs(difference / se), df)) : null;
  return { difference, ...interval, se, df, p };
}
