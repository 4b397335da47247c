import { sum } from './sum';

/** A pivot smaller than this part of its diagonal is a column that the others already explain. */
const dependentPivot = 1e-10;

/** Lower triangle L with L L' = A; rows of dependent columns are left at 0. */
function factorise(matrix: readonly Float64Array[]): Float64Array[] {
  const size = matrix.length;
  const factor = matrix.map(() => new Float64Array(size));
  for (let column = 0; column < size; column += 1) {
    const own = factor[column] ?? new Float64Array(size);
    const diagonal = matrix[column]?.[column] ?? 0;
    const pivot = diagonal - sum(own.map((value) => value * value));
    if (pivot <= dependentPivot * diagonal) {
      own.fill(0);
      continue;
    }
    own[column] = Math.sqrt(pivot);
    for (let row = column + 1; row < size; row += 1) {
      const below = factor[row] ?? own;
      const explained = sum(below.map((value, at) => (at < column ? value * (own[at] ?? 0) : 0)));
      below[column] = ((matrix[row]?.[column] ?? 0) - explained) / (own[column] ?? 1);
    }
  }
  return factor;
}

/**
 * Solves A b = c for a symmetric matrix A = X'X that may lack full rank, as dummies of several margins do; a column
 * explained by earlier ones gets coefficient 0, which leaves X b as it is.
 * Source: Cholesky factorisation, Golub, Van Loan (2013), Matrix Computations, 4.2.
 * @param matrix - square, symmetric, positive semidefinite
 * @param right - c, in the column space of A
 * @returns one solution b
 */
export function solveNormalEquations(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const factor = factorise(matrix);
  const forward = new Float64Array(right.length);
  factor.forEach((row, at) => {
    const pivot = row[at] ?? 0;
    forward[at] = pivot === 0 ? 0 : ((right[at] ?? 0) - sum(row.map((value, k) => value * (forward[k] ?? 0)))) / pivot;
  });
  const solution = new Float64Array(right.length);
  for (let at = right.length - 1; at >= 0; at -= 1) {
    const pivot = factor[at]?.[at] ?? 0;
    if (pivot === 0) continue;
    const later = sum(factor.map((row, k) => (k > at ? (row[at] ?? 0) * (solution[k] ?? 0) : 0)));
    solution[at] = ((forward[at] ?? 0) - later) / pivot;
  }
  return solution;
}
