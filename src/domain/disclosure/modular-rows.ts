/**
 * The largest prime for which every product of two residues is exact in a 64-bit float: (p - 1)^2 < 2^53.
 * Modulo a prime a derivable set can only be mistaken for a safe one when p divides a determinant, about rank / p.
 */
export const modulus = 94906249;

/** Where a row has no more columns. */
const beyond = Number.POSITIVE_INFINITY;

/** One linear equation over atoms: ascending columns with their coefficients 1 to p - 1. */
export interface SparseRow {
  readonly columns: readonly number[];
  readonly values: readonly number[];
}

/**
 * @param columns ascending positions.
 * @returns the row that sums these columns.
 */
export function createIndicatorRow(columns: readonly number[]): SparseRow {
  return { columns, values: columns.map(() => 1) };
}

/**
 * @param first residue, 0 to p - 1.
 * @param second residue, 0 to p - 1.
 * @returns their product modulo p.
 */
export function multiply(first: number, second: number): number {
  if (first === 1) return second;
  if (second === 1) return first;
  const product = first * second;
  // Much faster than %, a library call at this size. The quotient is below 2^27, where floats lie 2^-26 apart: being whole or
  // at least 1/p > 2^-27 from whole, it is never rounded to the next whole number.
  return product - Math.floor(product / modulus) * modulus;
}

/**
 * @param value residue, 1 to p - 1.
 * @returns its inverse modulo p (extended Euclid).
 */
export function invert(value: number): number {
  let [dividend, divisor, previous, current] = [modulus, value, 0, 1];
  while (divisor !== 0) {
    const quotient = Math.floor(dividend / divisor);
    [dividend, divisor] = [divisor, dividend - quotient * divisor];
    [previous, current] = [current, previous - quotient * current];
  }
  return previous < 0 ? previous + modulus : previous;
}

/**
 * @param row a row.
 * @param column a position.
 * @returns the coefficient there, 0 when absent.
 */
export function valueAt(row: SparseRow, column: number): number {
  let low = 0;
  let high = row.columns.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = row.columns[middle] ?? 0;
    if (found === column) return row.values[middle] ?? 0;
    if (found < column) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}

/**
 * @param row a row that is not zero.
 * @returns the row scaled so that its first coefficient is 1.
 */
export function normalise(row: SparseRow): SparseRow {
  const first = row.values[0] ?? 1;
  if (first === 1) return row;
  const factor = invert(first);
  return { columns: row.columns, values: row.values.map((value) => multiply(value, factor)) };
}

/**
 * Takes a pivot row out of another row.
 * @param row any row.
 * @param pivotRow normalised row.
 * @returns the row minus that multiple of the pivot row which makes it zero in the pivot row's first column.
 */
export function eliminate(row: SparseRow, pivotRow: SparseRow): SparseRow {
  const factor = valueAt(row, pivotRow.columns[0] ?? -1);
  return factor === 0 ? row : addMultiple(row, modulus - factor, pivotRow);
}

/**
 * @param row any row.
 * @param factor residue, 1 to p - 1.
 * @param other any row.
 * @returns row + factor * other.
 */
export function addMultiple(row: SparseRow, factor: number, other: SparseRow): SparseRow {
  const columns: number[] = [];
  const values: number[] = [];
  let [left, right] = [0, 0];
  for (;;) {
    const leftColumn = row.columns[left] ?? beyond;
    const rightColumn = other.columns[right] ?? beyond;
    const column = leftColumn < rightColumn ? leftColumn : rightColumn;
    if (column === beyond) return { columns, values };
    let value = leftColumn === column ? (row.values[left++] ?? 0) : 0;
    if (rightColumn === column) value += multiply(factor, other.values[right++] ?? 0);
    if (value >= modulus) value -= modulus;
    if (value === 0) continue;
    columns.push(column);
    values.push(value);
  }
}

/**
 * @param row any row.
 * @param other any row.
 * @returns true when both are the same equation but for a factor.
 */
export function isMultiple(row: SparseRow, other: SparseRow): boolean {
  if (row.columns.length !== other.columns.length || row.columns[0] !== other.columns[0]) return false;
  if (row.columns.some((column, i) => column !== other.columns[i])) return false;
  const scaled = normalise(row).values;
  const otherScaled = normalise(other).values;
  return scaled.every((value, i) => value === otherScaled[i]);
}
