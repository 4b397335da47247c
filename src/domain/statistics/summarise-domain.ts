import { findStratumRange, remainingAfterFpc } from './linearised-variance';
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

/** Variance strata with a respondent in the domain, in the order of the design, and the domain's weight in each. */
interface WeightByStratum {
  readonly strata: readonly VarianceStratum[];
  readonly totals: readonly number[];
}

function sumWeightsByStratum(varianceStrata: readonly VarianceStratum[], points: AnswerPoints): WeightByStratum {
  const { offset, span } = findStratumRange(points.varianceStratumOf);
  const all = new Float64Array(span);
  const isSeen = new Uint8Array(span);
  for (let point = 0; point < points.counts.length; point += 1) {
    const at = (points.varianceStratumOf[point] ?? 0) - offset;
    all[at] = (all[at] ?? 0) + (points.counts[point] ?? 0) * (points.weights[point] ?? 0);
    isSeen[at] = 1;
  }
  const strata: VarianceStratum[] = [];
  const totals: number[] = [];
  all.forEach((total, at) => {
    const stratum = varianceStrata[offset + at];
    if (isSeen[at] === 0 || stratum === undefined) return;
    strata.push(stratum);
    totals.push(total);
  });
  return { strata, totals };
}

function remainingByWeights({ strata, totals }: WeightByStratum): number {
  const squares = strata.map((stratum, at) => (totals[at] ?? 0) ** 2 / stratum.respondentCount);
  return sum(strata.map((stratum, at) => (squares[at] ?? 0) * remainingAfterFpc(stratum))) / sum(squares);
}

/** Per point: respondents who gave the option, their weight, the weight of all, and weight times weight. */
function multiply({ counts, weights, values }: AnswerPoints) {
  const products = {
    yes: new Float64Array(counts.length),
    weight: new Float64Array(counts.length),
    weightedYes: new Float64Array(counts.length),
    squaredWeight: new Float64Array(counts.length),
  };
  for (let point = 0; point < counts.length; point += 1) {
    const count = counts[point] ?? 0;
    const value = values[point] ?? 0;
    const weight = count * (weights[point] ?? 0);
    products.yes[point] = count * value;
    products.weight[point] = weight;
    products.weightedYes[point] = weight * value;
    products.squaredWeight[point] = weight * (weights[point] ?? 0);
  }
  return products;
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
  const products = multiply(points);
  const yes = sum(products.yes);
  const totalWeight = sum(products.weight);
  const byStratum = sumWeightsByStratum(varianceStrata, points);
  return {
    n,
    totalWeight,
    share: yes === 0 || yes === n ? yes / n : sum(products.weightedYes) / totalWeight,
    df: n - byStratum.strata.length,
    kishEffect: (n * sum(products.squaredWeight)) / totalWeight ** 2,
    weightedFpc: remainingByWeights(byStratum),
    varianceStrata: byStratum.strata,
  };
}
