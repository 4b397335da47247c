import type { AnswerPoints, ShareCounts, StratifiedDesign } from './types';

/**
 * Turns counts into at most two points per stratum: those who gave the option and those who did not.
 * Strata without variance are left out.
 * @param design - strata of the wave
 * @param counts - answers per stratum
 * @param domain - indices of the strata that belong to the domain; all when left out
 * @returns points with variance stratum, weight, value 1 or 0 and number of respondents
 */
export function listAnswerPoints(
  design: StratifiedDesign,
  counts: ShareCounts,
  domain: Iterable<number> = design.strata.keys(),
): AnswerPoints {
  const indices = [...domain];
  const most = 2 * indices.length;
  const varianceStratumOf = new Int32Array(most);
  const sizes = new Float64Array(most);
  const weights = new Float64Array(most);
  const values = new Float64Array(most);
  let length = 0;
  for (const index of indices) {
    const stratum = design.strata[index];
    const valid = counts.valid[index] ?? 0;
    if (!stratum || stratum.varianceStratum < 0 || valid === 0) continue;
    const yes = counts.yes[index] ?? 0;
    for (let value = 1; value >= 0; value -= 1) {
      const size = value === 1 ? yes : valid - yes;
      if (size === 0) continue;
      varianceStratumOf[length] = stratum.varianceStratum;
      sizes[length] = size;
      weights[length] = stratum.weight;
      values[length] = value;
      length += 1;
    }
  }
  return {
    varianceStratumOf: varianceStratumOf.subarray(0, length),
    counts: sizes.subarray(0, length),
    weights: weights.subarray(0, length),
    values: values.subarray(0, length),
  };
}
