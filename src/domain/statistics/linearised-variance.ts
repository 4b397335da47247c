import { sum } from './sum';
import type { VarianceStratum } from './types';

/** Two influence values per point; a point stands for `counts` respondents with the same values. */
export interface InfluencePoints {
  readonly varianceStratumOf: Int32Array;
  readonly counts: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** The same quantity with the finite population correction, and without it (V and V0). */
export interface VariancePair {
  readonly withFpc: number;
  readonly noFpc: number;
}

/**
 * Share of a variance stratum's variance that remains after the finite population correction, 1 - m_v / N_v.
 * Source: Cochran (1977), Sampling Techniques, finite population correction.
 * @param stratum - variance stratum
 * @returns 0 (everybody answered) to 1
 */
export function remainingAfterFpc(stratum: VarianceStratum): number {
  return Math.max(0, 1 - stratum.respondentCount / stratum.eligibleTotal);
}

/** Per variance stratum from `offset` on: respondents seen, a value to subtract first, sum of what is left. */
interface StratumSums {
  readonly offset: number;
  readonly seen: Float64Array;
  readonly anchorFirst: Float64Array;
  readonly anchorSecond: Float64Array;
  readonly sumFirst: Float64Array;
  readonly sumSecond: Float64Array;
}

/**
 * The part of a list of variance strata that points lie in, so that work does not grow with the strata outside it.
 * Source: none, a matter of speed; the sums are those of statistics.md 1.3.
 * @param varianceStratumOf - index of the variance stratum of every point
 * @returns smallest index, and how many indices from it to the largest; 0 without points
 */
export function findStratumRange(varianceStratumOf: Int32Array): { readonly offset: number; readonly span: number } {
  let offset = varianceStratumOf[0] ?? 0;
  let last = offset - 1;
  for (const stratum of varianceStratumOf) {
    if (stratum < offset) offset = stratum;
    if (stratum > last) last = stratum;
  }
  return { offset, span: last - offset + 1 };
}

/** Values are taken relative to the stratum's first one, so that equal values give a variance of exactly 0. */
function sumByStratum(points: InfluencePoints): StratumSums {
  const { offset, span } = findStratumRange(points.varianceStratumOf);
  const empty = () => new Float64Array(span);
  const [seen, anchorFirst, anchorSecond, sumFirst, sumSecond] = [empty(), empty(), empty(), empty(), empty()];
  for (let point = 0; point < points.varianceStratumOf.length; point += 1) {
    const at = (points.varianceStratumOf[point] ?? 0) - offset;
    const count = points.counts[point] ?? 0;
    const first = points.first[point] ?? 0;
    const second = points.second[point] ?? 0;
    if (seen[at] === 0) {
      anchorFirst[at] = first;
      anchorSecond[at] = second;
    }
    seen[at] = (seen[at] ?? 0) + count;
    sumFirst[at] = (sumFirst[at] ?? 0) + count * (first - (anchorFirst[at] ?? 0));
    sumSecond[at] = (sumSecond[at] ?? 0) + count * (second - (anchorSecond[at] ?? 0));
  }
  return { offset, seen, anchorFirst, anchorSecond, sumFirst, sumSecond };
}

/** Per variance stratum: mean influence of all respondents, and what those outside the domain add to the products. */
interface StratumCentres {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly products: Float64Array;
}

function centreStrata(varianceStrata: readonly VarianceStratum[], sums: StratumSums): StratumCentres {
  const first = new Float64Array(sums.seen.length);
  const second = new Float64Array(sums.seen.length);
  const products = new Float64Array(sums.seen.length);
  for (let at = 0; at < products.length; at += 1) {
    const seen = sums.seen[at] ?? 0;
    if (seen === 0) continue;
    const respondentCount = varianceStrata[sums.offset + at]?.respondentCount ?? 0;
    if (respondentCount < 2 || seen > respondentCount) {
      throw new RangeError('A variance stratum needs two respondents, and all of the domain among them.');
    }
    const outside = respondentCount - seen;
    const anchorFirst = sums.anchorFirst[at] ?? 0;
    const anchorSecond = sums.anchorSecond[at] ?? 0;
    const centreFirst = anchorFirst + ((sums.sumFirst[at] ?? 0) - outside * anchorFirst) / respondentCount;
    const centreSecond = anchorSecond + ((sums.sumSecond[at] ?? 0) - outside * anchorSecond) / respondentCount;
    first[at] = centreFirst;
    second[at] = centreSecond;
    products[at] = outside * centreFirst * centreSecond;
  }
  return { first, second, products };
}

/**
 * Covariance of two estimates from their influence values: per variance stratum m/(m-1) times the sum of products of the
 * deviations from the stratum's mean, with (1 - f) in front for the finite population. The variance of one estimate is
 * the covariance with itself. All respondents of a stratum count; those not listed have influence 0.
 * Source: Särndal, Swensson, Wretman (1992); R `survey::svyrecvar` (Lumley), stratified one-stage design.
 * @param varianceStrata - all variance strata of the design, each with two or more respondents
 * @param points - influence values with their variance stratum
 * @returns covariance with and without finite population correction
 * @throws RangeError when a variance stratum has fewer than two respondents, or fewer than the points say
 */
export function estimateCovariance(varianceStrata: readonly VarianceStratum[], points: InfluencePoints): VariancePair {
  const sums = sumByStratum(points);
  const centres = centreStrata(varianceStrata, sums);
  const products = centres.products;
  for (let point = 0; point < points.varianceStratumOf.length; point += 1) {
    const at = (points.varianceStratumOf[point] ?? 0) - sums.offset;
    const first = (points.first[point] ?? 0) - (centres.first[at] ?? 0);
    const second = (points.second[point] ?? 0) - (centres.second[at] ?? 0);
    products[at] = (products[at] ?? 0) + (points.counts[point] ?? 0) * first * second;
  }
  const withFpc = new Float64Array(products.length);
  const noFpc = new Float64Array(products.length);
  for (let at = 0; at < products.length; at += 1) {
    const stratum = varianceStrata[sums.offset + at];
    if (stratum === undefined || sums.seen[at] === 0) continue;
    const term = ((products[at] ?? 0) * stratum.respondentCount) / (stratum.respondentCount - 1);
    withFpc[at] = remainingAfterFpc(stratum) * term;
    noFpc[at] = term;
  }
  return { withFpc: sum(withFpc), noFpc: sum(noFpc) };
}
