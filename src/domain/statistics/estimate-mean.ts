import { varianceOfEstimate } from './covary-estimates';
import { describeDomain } from './describe-domain';
import { lineariseRatio, type Linearised, type RatioAnswers } from './linearise-ratio';
import type { Sample } from './sample';
import { tInterval } from './t-interval';
import type { Interval } from './wilson';

/** A weighted mean or ratio, in the unit of the answers. */
export interface MeanEstimate {
  /** Unweighted valid answers. */
  readonly n: number;
  readonly mean: number;
  readonly se: number;
  readonly seNoFpc: number;
  readonly df: number;
  /** 95 % interval; null when there are no degrees of freedom, or all answers are equal and not everybody answered. */
  readonly interval: Interval | null;
  readonly linearised: Linearised;
}

/** Numeric answers, one entry per respondent of the sample. */
export interface MeanAnswers {
  /** 1 for respondents who belong to the group and have a valid value. */
  readonly inDomain: ArrayLike<number | boolean>;
  readonly values: ArrayLike<number>;
}

/**
 * Weighted ratio of two totals in a domain, such as money per employee, with standard errors and t interval. Answers
 * that are all equal have no interval: they tell nothing of those who did not answer.
 * Source: Särndal, Swensson, Wretman (1992); R `survey::svyratio` on a subset of the design.
 * @param sample - all respondents of the design
 * @param answers - domain, numerator and denominator
 * @returns ratio in the unit of numerator per denominator, or null when the domain is empty or its denominator is 0
 * @throws RangeError for contradictions in the sample, see `groupUnits`
 */
export function estimateRatio(sample: Sample, answers: RatioAnswers): MeanEstimate | null {
  const linearised = lineariseRatio(sample, answers);
  if (!linearised) return null;
  const variance = varianceOfEstimate(sample, linearised.influence);
  const { df, isCensus } = describeDomain(sample, linearised.members);
  const { estimate: mean, n } = linearised;
  const se = Math.sqrt(variance.withFpc);
  const interval = df >= 1 && (isCensus || se > 0) ? tInterval(mean, se, df) : null;
  return { n, mean, se, seNoFpc: Math.sqrt(variance.noFpc), df, interval, linearised };
}

/**
 * Weighted mean of numeric answers or of a scale, with standard errors and t interval, see `estimateRatio`.
 * Source: Hájek mean with linearised variance as R `survey::svymean` on a subset of the design.
 * @param sample - all respondents of the design
 * @param answers - domain and values
 * @returns mean in the unit of the values, or null when the domain is empty
 * @throws RangeError for contradictions in the sample, see `groupUnits`
 */
export function estimateMean(sample: Sample, { inDomain, values }: MeanAnswers): MeanEstimate | null {
  return estimateRatio(sample, {
    inDomain,
    numerator: values,
    denominator: new Float64Array(sample.weights.length).fill(1),
  });
}
