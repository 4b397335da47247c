import { computeInfluence } from './influence';
import { remainingAfterFpc, type VariancePair } from './linearised-variance';
import type { ShareDomain } from './share-domain';
import { sum } from './sum';

/** Influence of a respondent who gave the option and of one who did not, per stratum of the domain. */
interface Influence {
  readonly ofYes: Float64Array;
  readonly ofNo: Float64Array;
}

function findInfluence({ weights, totalWeight }: ShareDomain, share: number): Influence {
  const of = (value: 0 | 1) =>
    computeInfluence({ weights, values: new Uint8Array(weights.length).fill(value) }, share, totalWeight);
  return { ofYes: of(1), ofNo: of(0) };
}

/** Mean influence per variance stratum, summed relative to its first value: equal values give a variance of exactly 0. */
function findCentres(domain: ShareDomain, yes: Float64Array, { ofYes, ofNo }: Influence): Float64Array {
  const count = domain.varianceStrata.length;
  const anchors = new Float64Array(count).fill(Number.NaN);
  const sums = new Float64Array(count);
  for (let at = 0; at < yes.length; at += 1) {
    const place = domain.places[at] ?? 0;
    const answers = yes[at] ?? 0;
    const first = answers > 0 ? ofYes[at] : ofNo[at];
    if (Number.isNaN(anchors[place])) anchors[place] = first ?? 0;
    const anchor = anchors[place] ?? 0;
    sums[place] = (sums[place] ?? 0) + answers * ((ofYes[at] ?? 0) - anchor);
    sums[place] += ((domain.valid[at] ?? 0) - answers) * ((ofNo[at] ?? 0) - anchor);
  }
  return anchors.map((anchor, place) => {
    const respondents = domain.varianceStrata[place]?.respondentCount ?? 0;
    const outside = respondents - (domain.seen[place] ?? 0);
    return anchor + ((sums[place] ?? 0) - outside * anchor) / respondents;
  });
}

/**
 * Variance of a weighted share from counts: what `estimateCovariance` gives for the influence values of all respondents
 * of the domain, whose answers are 0 or 1 and whose weights are equal within a stratum.
 * Source: Särndal, Swensson, Wretman (1992); R `survey::svyrecvar` (Lumley), stratified one-stage design.
 * @param domain - valid answers of the domain
 * @param yes - answers with the option, per stratum of the domain
 * @param share - the weighted share
 * @returns variance with and without finite population correction
 */
export function estimateShareVariance(domain: ShareDomain, yes: Float64Array, share: number): VariancePair {
  const influence = findInfluence(domain, share);
  const centres = findCentres(domain, yes, influence);
  const products = centres.map((centre, place) => {
    const outside = (domain.varianceStrata[place]?.respondentCount ?? 0) - (domain.seen[place] ?? 0);
    return outside * centre * centre;
  });
  for (let at = 0; at < yes.length; at += 1) {
    const place = domain.places[at] ?? 0;
    const centre = centres[place] ?? 0;
    const answers = yes[at] ?? 0;
    const fromYes = (influence.ofYes[at] ?? 0) - centre;
    const fromNo = (influence.ofNo[at] ?? 0) - centre;
    products[place] = (products[place] ?? 0) + answers * fromYes * fromYes;
    products[place] += ((domain.valid[at] ?? 0) - answers) * fromNo * fromNo;
  }
  const terms = domain.varianceStrata.map(
    ({ respondentCount }, place) => ((products[place] ?? 0) * respondentCount) / (respondentCount - 1),
  );
  const withFpc = domain.varianceStrata.map((stratum, place) => remainingAfterFpc(stratum) * (terms[place] ?? 0));
  return { withFpc: sum(withFpc), noFpc: sum(terms) };
}
