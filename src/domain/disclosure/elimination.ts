import { createIndicatorRow, eliminate, isMultiple, normalise, type SparseRow } from './modular-rows';

/** What an attacker knows by sums over atoms, and what must not follow from it. Grows as groups are published. */
export interface Elimination {
  /** True when publishing the sum over these columns would make an unsafe set derivable. */
  readonly wouldReveal: (columns: readonly number[]) => boolean;
  /** Takes the sum over these columns as published. */
  readonly publish: (columns: readonly number[]) => void;
  /** Linearly independent published sums, as they were given. */
  readonly basis: () => readonly (readonly number[])[];
}

/**
 * Starts a joint Gaussian elimination over all groups (statistics.md 2.5, after the idea of GaussSuppression in
 * SSBtools, Langsrud 2024): every unsafe set is kept reduced by what is published, so that a candidate which would
 * bring one of them into the span is seen before it is published.
 * @param unsafe sets that must not be derivable, as ascending columns.
 * @returns the elimination with nothing published.
 */
export function startElimination(unsafe: readonly (readonly number[])[]): Elimination {
  let residuals = unsafe.map(createIndicatorRow);
  const pivotRows: SparseRow[] = [];
  const published: (readonly number[])[] = [];
  const reduce = (columns: readonly number[]): SparseRow => pivotRows.reduce(eliminate, createIndicatorRow(columns));
  return {
    wouldReveal: (columns) => {
      const rest = reduce(columns);
      // Nothing left: the sum follows from what is already published, and that reveals nothing.
      return rest.columns.length > 0 && residuals.some((residual) => isMultiple(residual, rest));
    },
    publish: (columns) => {
      const rest = reduce(columns);
      if (rest.columns.length === 0) return;
      const pivotRow = normalise(rest);
      residuals = residuals.map((residual) => eliminate(residual, pivotRow));
      pivotRows.push(pivotRow);
      published.push(columns);
    },
    basis: () => published,
  };
}
