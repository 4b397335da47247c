import type { VariancePair } from './linearised-variance';
import { remainingOfStratum, type Sample } from './sample';
import { sumCanonically } from './sum-canonically';
import { groupUnits, totalByUnit } from './unit-totals';

/** Deviations from the stratum's mean; taken from the smallest total, so that equal totals deviate by exactly 0. */
function centre(totals: Float64Array): Float64Array {
  const smallest = totals.reduce((least, total) => Math.min(least, total), Infinity);
  const raised = totals.map((total) => total - smallest);
  const mean = sumCanonically(raised) / raised.length;
  return raised.map((value) => value - mean);
}

/**
 * Covariances of estimates from their influence values: z is added up within sampling units, then per stratum (1 - f) m
 * / (m - 1) times the sum of products of deviations from the stratum's mean. Domains are handled by zeros: all
 * respondents of the design are listed. The variance of a difference is V1 + V2 - 2 C.
 * Source: Särndal, Swensson, Wretman (1992), Model Assisted Survey Sampling; R `survey::svyrecvar` with ultimate
 * clusters.
 * @param sample - all respondents of the design
 * @param influences - per estimate the influence of every respondent, 0 outside its domain
 * @returns matrix of covariances, with the finite population correction (V) and without (V0)
 * @throws RangeError for a stratum with fewer than two units and other contradictions in the sample
 */
export function covaryEstimates(sample: Sample, influences: readonly Float64Array[]): VariancePair[][] {
  const strata = groupUnits(sample);
  const deviations = influences.map((influence) => strata.map((units) => centre(totalByUnit(units, influence))));
  return deviations.map((first) =>
    deviations.map((second) => {
      const noFpc = strata.map((units, stratum) => {
        const other = second[stratum] ?? new Float64Array();
        const products = (first[stratum] ?? other).map((value, unit) => value * (other[unit] ?? 0));
        return (units.length / (units.length - 1)) * sumCanonically(products);
      });
      const withFpc = sample.strata.map((stratum, index) => remainingOfStratum(stratum) * (noFpc[index] ?? 0));
      return { withFpc: sumCanonically(withFpc), noFpc: sumCanonically(noFpc) };
    }),
  );
}

/**
 * Variance of one estimate from its influence values, see `covaryEstimates`.
 * Source: Särndal, Swensson, Wretman (1992), Model Assisted Survey Sampling.
 * @param sample - all respondents of the design
 * @param influence - influence of every respondent, 0 outside the domain
 * @returns variance with the finite population correction (V) and without (V0), 0 or more
 */
export function varianceOfEstimate(sample: Sample, influence: Float64Array): VariancePair {
  return covaryEstimates(sample, [influence])[0]?.[0] ?? { withFpc: 0, noFpc: 0 };
}
