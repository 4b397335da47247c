import type { Calibration } from './sample';
import { solveNormalEquations } from './solve-normal-equations';
import { sumCanonically } from './sum-canonically';

/** Per respondent the columns of X that are 1: one category of every margin. */
function listColumns({ margins }: Calibration): { columns: readonly Int32Array[]; width: number } {
  let width = 0;
  const columns = margins.map((margin) => {
    const offset = width;
    width += margin.reduce((last, category) => Math.max(last, category + 1), 0);
    return margin.map((category) => category + offset);
  });
  return { columns, width };
}

function addTerm(terms: number[][], at: number, term: number): void {
  terms[at]?.push(term);
}

/**
 * What is left of influence values when the known totals have explained their part: e = u - X (X'dX)^-1 X'd u over the
 * dummies X of the margins, with the weights d before fitting. The variance after post-stratification or raking is that
 * of w' e.
 * Source: Deville, Särndal (1992), JASA 87; as R `survey::calibrate` and `postStratify`.
 * @param calibration - margins and weights before the fitting
 * @param values - u per respondent, not yet multiplied by the weight
 * @returns e per respondent
 */
export function residualsOfCalibration(calibration: Calibration, values: Float64Array): Float64Array {
  const { columns, width } = listColumns(calibration);
  const terms = Array.from({ length: width * width }, (): number[] => []);
  const rightTerms = Array.from({ length: width }, (): number[] => []);
  calibration.startWeights.forEach((weight, respondent) => {
    for (const first of columns) {
      const row = first[respondent] ?? 0;
      addTerm(rightTerms, row, weight * (values[respondent] ?? 0));
      for (const second of columns) addTerm(terms, row * width + (second[respondent] ?? 0), weight);
    }
  });
  const matrix = Array.from({ length: width }, (_, row) =>
    Float64Array.from({ length: width }, (__, column) => sumCanonically(terms[row * width + column] ?? [])),
  );
  const coefficients = solveNormalEquations(matrix, Float64Array.from(rightTerms, sumCanonically));
  return values.map((value, respondent) =>
    columns.reduce((left, column) => left - (coefficients[column[respondent] ?? 0] ?? 0), value),
  );
}
