import { stratify } from './stratify';
import type { Design, DesignCell, StratifiedDesign } from './types';

function checkRespondentCounts(design: StratifiedDesign, stratumOf: Int32Array): void {
  const counted = new Int32Array(design.strata.length);
  for (const stratum of stratumOf) counted[stratum] = (counted[stratum] ?? 0) + 1;
  design.strata.forEach((stratum, index) => {
    if (counted[index] !== stratum.respondentCount) {
      throw new RangeError(
        `Stratum ${stratum.stratum}: ${counted[index] ?? 0} respondents, not the number of its cell.`,
      );
    }
  });
}

/**
 * The sampling design of a wave with every respondent placed in it.
 * Source: stratified one-stage design, Cochran (1977), Sampling Techniques; statistics.md 1.2.
 * @param cells - strata with their counts, see `stratify`
 * @param respondentStrata - stratum code of every respondent, in canonical order
 * @returns design with weight, stratum and variance stratum per respondent, in the same order
 * @throws RangeError for an unknown stratum, or when respondents and cells do not add up
 */
export function buildDesign(cells: readonly DesignCell[], respondentStrata: readonly string[]): Design {
  const design = stratify(cells);
  const indexOf = new Map(design.strata.map((stratum, index) => [stratum.stratum, index]));
  const stratumOf = new Int32Array(respondentStrata.length);
  const varianceStratumOf = new Int32Array(respondentStrata.length);
  const weights = new Float64Array(respondentStrata.length);
  respondentStrata.forEach((code, respondent) => {
    const index = indexOf.get(code) ?? -1;
    const stratum = design.strata[index];
    if (!stratum) throw new RangeError(`Stratum ${code} is not in the design.`);
    stratumOf[respondent] = index;
    varianceStratumOf[respondent] = stratum.varianceStratum;
    weights[respondent] = stratum.weight;
  });
  checkRespondentCounts(design, stratumOf);
  return { ...design, stratumOf, varianceStratumOf, weights };
}
