import { createIndicatorRow, eliminate, normalise, type SparseRow } from './modular-rows';

/** A row of a reduced row echelon form: 1 at its pivot, where all other rows are 0. */
export interface ReducedRow {
  readonly row: SparseRow;
  readonly pivot: number;
}

/**
 * Gauss-Jordan elimination modulo p.
 * @param sums linearly independent sums, as ascending columns.
 * @param order position of every column in the order wished for (a permutation).
 * @returns the rows of the reduced row echelon form under that order, columns named as they were given.
 */
export function reduceRows(sums: readonly (readonly number[])[], order: readonly number[]): readonly ReducedRow[] {
  const columnAt = new Map(order.map((position, column) => [position, column]));
  let rows: readonly SparseRow[] = [];
  for (const columns of sums) {
    const permuted = columns.map((column) => order[column] ?? column).sort((a, b) => a - b);
    const rest = rows.reduce(eliminate, createIndicatorRow(permuted));
    if (rest.columns.length === 0) continue;
    const pivotRow = normalise(rest);
    rows = [...rows.map((row) => eliminate(row, pivotRow)), pivotRow];
  }
  return rows.map((row) => ({ row: restoreColumns(row, columnAt), pivot: columnAt.get(row.columns[0] ?? 0) ?? 0 }));
}

function restoreColumns(row: SparseRow, columnAt: ReadonlyMap<number, number>): SparseRow {
  const entries = row.columns
    .map((position, i) => ({ column: columnAt.get(position) ?? position, value: row.values[i] ?? 0 }))
    .sort((a, b) => a.column - b.column);
  return { columns: entries.map(({ column }) => column), values: entries.map(({ value }) => value) };
}

/**
 * @param keys one sort key per column.
 * @returns the position of every column when sorted by its key, ties in given order.
 */
export function rankColumns(keys: readonly number[]): readonly number[] {
  const sorted = keys.map((key, column) => ({ key, column })).sort((a, b) => a.key - b.key);
  const order: number[] = keys.map(() => 0);
  sorted.forEach(({ column }, position) => {
    order[column] = position;
  });
  return order;
}
