/** A sum of unknown counts that is known to lie within limits. */
export interface CountRow {
  /** Ascending positions of the counts. */
  readonly columns: readonly number[];
  /** Per column: what one respondent adds; above 0. */
  readonly factors: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** Unknown whole numbers of respondents who gave an option, cell by cell. */
export interface CountProblem {
  /** Largest possible count per cell. */
  readonly limits: readonly number[];
  readonly rows: readonly CountRow[];
}

/** Whether counts with the wished property exist; null when the search was given up. */
export type Existence = boolean | null;

/** Assignments tried before a search is given up; a few milliseconds. */
const maximumSteps = 10_000;
/** Sums of weights are compared with this tolerance. */
const tolerance = 1e-9;

interface SearchState {
  readonly limits: readonly number[];
  readonly start: readonly number[];
  readonly order: readonly number[];
  readonly rows: readonly CountRow[];
  /** Per column: rows it is in, with its factor there. */
  readonly rowsOf: readonly (readonly { readonly row: number; readonly factor: number }[])[];
  /** Per row: sum of what is assigned, and the most that the rest can add. */
  readonly assigned: Float64Array;
  readonly open: Float64Array;
  steps: number;
}

/**
 * Looks for whole counts that satisfy every row, nearest to given ones first: depth-first search with bounds
 * propagation, as an attacker would who tries which counts reproduce the printed percentages.
 * @param problem cells and rows, all of them known to the attacker.
 * @param wanted one more row that the counts must satisfy; its cells are varied first.
 * @param start counts to begin from, usually the true ones.
 * @returns true when such counts exist, false when there are none, null when the search was given up.
 */
export function canCountsBe(problem: CountProblem, wanted: CountRow, start: readonly number[]): Existence {
  const rows = [wanted, ...problem.rows];
  const rowsOf: { row: number; factor: number }[][] = problem.limits.map(() => []);
  rows.forEach(({ columns, factors }, row) => {
    columns.forEach((column, at) => rowsOf[column]?.push({ row, factor: factors[at] ?? 0 }));
  });
  const open = Float64Array.from(rows, ({ columns, factors }) =>
    columns.reduce((sum, column, at) => sum + (factors[at] ?? 0) * (problem.limits[column] ?? 0), 0),
  );
  const state: SearchState = {
    limits: problem.limits,
    start,
    order: orderColumns(problem, wanted),
    rows,
    rowsOf,
    assigned: new Float64Array(rows.length),
    open,
    steps: 0,
  };
  if (rows.some(({ low, high }, row) => high < -tolerance || (open[row] ?? 0) < low - tolerance)) return false;
  return assignFrom(state, 0);
}

/** Cells of the wanted row, then those that share rows with them, then the others: conflicts show early. */
function orderColumns(problem: CountProblem, wanted: CountRow): readonly number[] {
  const first = new Set(wanted.columns);
  const near = new Set(
    problem.rows
      .filter(({ columns }) => columns.some((column) => first.has(column)))
      .sort((a, b) => a.columns.length - b.columns.length)
      .flatMap(({ columns }) => columns),
  );
  return [...new Set([...first, ...near, ...problem.limits.keys()])];
}

function assignFrom(state: SearchState, depth: number): Existence {
  const column = state.order[depth];
  if (column === undefined) return true;
  const [least, most] = findRange(state, column);
  const centre = Math.min(most, Math.max(least, state.start[column] ?? 0));
  for (let distance = 0; distance <= Math.max(centre - least, most - centre); distance++) {
    for (const value of distance === 0 ? [centre] : [centre + distance, centre - distance]) {
      if (value < least || value > most) continue;
      if (++state.steps > maximumSteps) return null;
      change(state, column, value, 1);
      const found = assignFrom(state, depth + 1);
      change(state, column, value, -1);
      if (found !== false) return found;
    }
  }
  return false;
}

/** Values that leave every row of the column attainable. */
function findRange(state: SearchState, column: number): readonly [number, number] {
  const limit = state.limits[column] ?? 0;
  let [least, most] = [0, limit];
  for (const { row, factor } of state.rowsOf[column] ?? []) {
    const { low = 0, high = 0 } = state.rows[row] ?? {};
    const assigned = state.assigned[row] ?? 0;
    const others = (state.open[row] ?? 0) - factor * limit;
    most = Math.min(most, Math.floor((high - assigned + tolerance) / factor));
    least = Math.max(least, Math.ceil((low - assigned - others - tolerance) / factor));
  }
  return [least, most];
}

function change(state: SearchState, column: number, value: number, sign: 1 | -1): void {
  const limit = state.limits[column] ?? 0;
  for (const { row, factor } of state.rowsOf[column] ?? []) {
    state.assigned[row] = (state.assigned[row] ?? 0) + sign * factor * value;
    state.open[row] = (state.open[row] ?? 0) - sign * factor * limit;
  }
}
