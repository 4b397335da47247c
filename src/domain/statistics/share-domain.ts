import { findStratumRange, remainingAfterFpc } from './linearised-variance';
import { multiply } from './multiply';
import { sum } from './sum';
import type { EstimateFlag, StratifiedDesign, VarianceStratum } from './types';

/** The valid answers of a domain, stratum by stratum, and what follows from them for every option alike. */
export interface ShareDomain {
  readonly n: number;
  /** W, sum of the weights. */
  readonly totalWeight: number;
  /** Respondents in the domain minus variance strata with a respondent in it. */
  readonly df: number;
  /** n (sum of w²) / (sum of w)²: 1 for equal weights. */
  readonly kishEffect: number;
  /** Sum of W_h² (1 - f_h) / m_h over sum of W_h² / m_h. */
  readonly weightedFpc: number;
  /** Warnings of the variance strata. */
  readonly flags: readonly EstimateFlag[];
  /** Variance strata with a respondent in the domain, and how many. */
  readonly varianceStrata: readonly VarianceStratum[];
  readonly seen: readonly number[];
  /** Strata with valid answers: index in the design, place in `varianceStrata`, valid answers, weight of each. */
  readonly strata: Int32Array;
  readonly places: Int32Array;
  readonly valid: Float64Array;
  readonly weights: Float64Array;
}

type Listed = Pick<ShareDomain, 'strata' | 'valid' | 'weights'> & { readonly varianceStratumOf: Int32Array };

function listStrata(design: StratifiedDesign, valid: ArrayLike<number>, domain: readonly number[]): Listed {
  const strata = new Int32Array(domain.length);
  const varianceStratumOf = new Int32Array(domain.length);
  const counts = new Float64Array(domain.length);
  const weights = new Float64Array(domain.length);
  let length = 0;
  for (const index of domain) {
    const stratum = design.strata[index];
    const count = valid[index] ?? 0;
    if (!stratum || stratum.varianceStratum < 0 || count === 0) continue;
    strata[length] = index;
    varianceStratumOf[length] = stratum.varianceStratum;
    counts[length] = count;
    weights[length] = stratum.weight;
    length += 1;
  }
  return {
    strata: strata.subarray(0, length),
    varianceStratumOf: varianceStratumOf.subarray(0, length),
    valid: counts.subarray(0, length),
    weights: weights.subarray(0, length),
  };
}

/** Variance strata of the domain with its respondents and weight in each. */
interface Placed extends Pick<ShareDomain, 'varianceStrata' | 'seen' | 'places'> {
  readonly weightOf: readonly number[];
}

function placeStrata(design: StratifiedDesign, { varianceStratumOf, valid, weights }: Listed): Placed {
  const { offset, span } = findStratumRange(varianceStratumOf);
  const placeOf = new Int32Array(span).fill(-1);
  const places = new Int32Array(varianceStratumOf.length);
  const varianceStrata: VarianceStratum[] = [];
  const seen: number[] = [];
  const weightOf: number[] = [];
  for (let at = 0; at < places.length; at += 1) {
    const index = varianceStratumOf[at] ?? 0;
    const stratum = design.varianceStrata[index];
    if (stratum === undefined) continue;
    const known = placeOf[index - offset] ?? -1;
    const place = known < 0 ? varianceStrata.length : known;
    if (known < 0) {
      placeOf[index - offset] = place;
      varianceStrata.push(stratum);
    }
    places[at] = place;
    seen[place] = (seen[place] ?? 0) + (valid[at] ?? 0);
    weightOf[place] = (weightOf[place] ?? 0) + (valid[at] ?? 0) * (weights[at] ?? 0);
  }
  return { varianceStrata, seen, places, weightOf };
}

function checkRespondents({ varianceStrata, seen }: Placed): void {
  varianceStrata.forEach(({ respondentCount }, place) => {
    if (respondentCount >= 2 && (seen[place] ?? 0) <= respondentCount) return;
    throw new RangeError('A variance stratum needs two respondents, and all of the domain among them.');
  });
}

function remainingByWeights({ varianceStrata, weightOf }: Placed): number {
  const squares = varianceStrata.map((stratum, place) => (weightOf[place] ?? 0) ** 2 / stratum.respondentCount);
  const remaining = varianceStrata.map((stratum, place) => (squares[place] ?? 0) * remainingAfterFpc(stratum));
  return sum(remaining) / sum(squares);
}

/**
 * What weighted shares need to know of their domain, whichever option they are of.
 * Source: Kish (1965), Survey Sampling, for the effect of weights; R `survey::degf` on the subset for df.
 * @param design - strata of the wave
 * @param valid - valid answers per stratum of the design
 * @param domain - indices of the strata that belong to the domain
 * @returns the domain, or null when it is empty; strata without variance are left out
 * @throws RangeError when a stratum has more valid answers than respondents
 */
export function describeShareDomain(
  design: StratifiedDesign,
  valid: ArrayLike<number>,
  domain: readonly number[],
): ShareDomain | null {
  const listed = listStrata(design, valid, domain);
  const n = sum(listed.valid);
  if (n === 0) return null;
  const placed = placeStrata(design, listed);
  checkRespondents(placed);
  const { strata, weights } = listed;
  const products = multiply(listed.valid, weights);
  const totalWeight = sum(products);
  const squaredWeights = sum(multiply(products, weights));
  const { varianceStrata, seen, places } = placed;
  return {
    n,
    totalWeight,
    df: n - varianceStrata.length,
    kishEffect: (n * squaredWeights) / totalWeight ** 2,
    weightedFpc: remainingByWeights(placed),
    flags: [...new Set(varianceStrata.flatMap((stratum) => stratum.flags))],
    varianceStrata,
    seen,
    strata,
    places,
    valid: listed.valid,
    weights,
  };
}
