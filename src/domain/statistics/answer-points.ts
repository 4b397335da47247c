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
  const varianceStratumOf: number[] = [];
  const sizes: number[] = [];
  const weights: number[] = [];
  const values: number[] = [];
  for (const index of domain) {
    const stratum = design.strata[index];
    const valid = counts.valid[index] ?? 0;
    if (!stratum || stratum.varianceStratum < 0 || valid === 0) continue;
    const yes = counts.yes[index] ?? 0;
    for (const value of [1, 0]) {
      const size = value === 1 ? yes : valid - yes;
      if (size === 0) continue;
      varianceStratumOf.push(stratum.varianceStratum);
      sizes.push(size);
      weights.push(stratum.weight);
      values.push(value);
    }
  }
  return {
    varianceStratumOf: Int32Array.from(varianceStratumOf),
    counts: Float64Array.from(sizes),
    weights: Float64Array.from(weights),
    values: Float64Array.from(values),
  };
}
