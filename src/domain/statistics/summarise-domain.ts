import { remainingAfterFpc } from './linearised-variance';
import { sum } from './sum';
import type { AnswerPoints, VarianceStratum } from './types';

/** Size, weights and strata of a domain. */
export interface DomainSummary {
  readonly n: number;
  /** W, sum of the weights. */
  readonly totalWeight: number;
  readonly share: number;
  /** Respondents in the domain minus variance strata with a respondent in it. */
  readonly df: number;
  /** n (sum of w²) / (sum of w)²: 1 for equal weights. */
  readonly kishEffect: number;
  /** Sum of W_h² (1 - f_h) / m_h over sum of W_h² / m_h. */
  readonly weightedFpc: number;
  readonly varianceStrata: readonly VarianceStratum[];
}

function sumWeightsByStratum(points: AnswerPoints): Map<number, number> {
  const totals = new Map<number, number>();
  points.varianceStratumOf.forEach((stratum, point) => {
    const weight = (points.counts[point] ?? 0) * (points.weights[point] ?? 0);
    totals.set(stratum, (totals.get(stratum) ?? 0) + weight);
  });
  return totals;
}

function remainingByWeights(strata: readonly VarianceStratum[], totals: ReadonlyMap<number, number>): number {
  const squares = strata.map((stratum) => (totals.get(stratum.index) ?? 0) ** 2 / stratum.respondentCount);
  return sum(strata.map((stratum, at) => (squares[at] ?? 0) * remainingAfterFpc(stratum))) / sum(squares);
}

/**
 * What a weighted share needs to know of its domain. A share of which all or none gave the option is exactly 1 or 0.
 * Source: Kish (1965), Survey Sampling, for the effect of weights; R `survey::degf` on the subset for df.
 * @param varianceStrata - all variance strata of the design
 * @param points - the domain's answers
 * @returns summary, or null when the domain is empty
 */
export function summariseDomain(
  varianceStrata: readonly VarianceStratum[],
  points: AnswerPoints,
): DomainSummary | null {
  const n = sum(points.counts);
  if (n === 0) return null;
  const yes = sum(points.counts.map((count, point) => count * (points.values[point] ?? 0)));
  const weights = points.counts.map((count, point) => count * (points.weights[point] ?? 0));
  const totalWeight = sum(weights);
  const weightedYes = sum(weights.map((weight, point) => weight * (points.values[point] ?? 0)));
  const totals = sumWeightsByStratum(points);
  const strata = [...totals.keys()].flatMap((index) => varianceStrata[index] ?? []);
  const squaredWeights = sum(weights.map((weight, point) => weight * (points.weights[point] ?? 0)));
  return {
    n,
    totalWeight,
    share: yes === 0 || yes === n ? yes / n : weightedYes / totalWeight,
    df: n - strata.length,
    kishEffect: (n * squaredWeights) / totalWeight ** 2,
    weightedFpc: remainingByWeights(strata, totals),
    varianceStrata: strata,
  };
}
