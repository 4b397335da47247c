/** A sum of changes that has to stay within limits; both include 0, since the true answers satisfy everything. */
export interface MoveRow {
  /** Positions in the list of what may change. */
  readonly columns: readonly number[];
  readonly factors: readonly number[];
  readonly low: number;
  readonly high: number;
  /** Who sets the limits: keys of groups. */
  readonly lowBy: readonly string[];
  readonly highBy: readonly string[];
}

/** How far counts may move from the true ones, fractions allowed. */
export interface MoveProblem {
  /** Per count: the most it may fall and rise, 0 or more. */
  readonly fall: readonly number[];
  readonly rise: readonly number[];
  /** More may be added as they are found out. */
  readonly rows: MoveRow[];
}

/** A sum of counts that should become larger (`by` above 0) or smaller by so much. */
export interface WantedMove {
  readonly columns: readonly number[];
  readonly by: number;
}

/** What keeps a sum from moving further: a row, or else a single count, by position. */
export interface Stop {
  readonly row: number | null;
  readonly column: number | null;
  readonly rate: number;
}

/** How far a sum of counts could be moved. */
export interface FoundMove {
  /** Change per count. */
  readonly changes: readonly number[];
  /** Whether it cannot be moved further; false when it has gone as far as wished, or was stopped early. */
  readonly isFurthest: boolean;
  /** Rows and single counts at a limit that keep it from moving further: how much further it would go per unit. */
  readonly stops: readonly Stop[];
}

/** Steps of the simplex method, after which what has been reached counts; small networks need about a hundred. */
const maximumSteps = 500;
/** Smaller numbers are rounding errors. */
const negligible = 1e-9;

/** A linear programme in the form "basic variables are sums of free ones"; every variable has a value within its limits. */
interface Tableau {
  readonly width: number;
  /** Coefficients, one row per basic variable and the objective last. */
  readonly rows: readonly Float64Array[];
  /** Columns first, then basic variables, in all lists. */
  readonly names: Int32Array;
  readonly values: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Moves a sum of counts as far as wished, or as far as it goes without leaving any limit, by the simplex method with
 * limits on all variables (Dantzig 1963, ch. 18). It starts at the true answers and never leaves what is allowed, so
 * whatever it returns is possible, also when it is stopped early.
 * @param problem limits.
 * @param wanted the sum.
 * @returns the changes and what stopped them.
 */
export function findMove(problem: MoveProblem, wanted: WantedMove): FoundMove {
  const tableau = createTableau(problem, wanted);
  const target = Math.abs(wanted.by);
  let isFurthest = false;
  for (let step = 0, reached = 0; step < maximumSteps && reached < target - negligible; step++) {
    const gained = improve(tableau, target - reached, step);
    isFurthest = gained === null;
    if (gained === null) break;
    reached += gained;
  }
  const changes = problem.fall.map(() => 0);
  tableau.names.forEach((name, at) => {
    if (name < changes.length) changes[name] = tableau.values[at] ?? 0;
  });
  return { changes, isFurthest, stops: listStops(tableau) };
}

/** Everything at a limit beyond which the sum would move further. */
function listStops({ width, rows: coefficients, names }: Tableau): FoundMove['stops'] {
  return [...(coefficients.at(-1) ?? [])].flatMap((rate, at) => {
    const name = names[at] ?? 0;
    if (Math.abs(rate) <= negligible) return [];
    return [name < width ? { row: null, column: name, rate } : { row: name - width, column: null, rate }];
  });
}

/**
 * @param rows limits of a problem.
 * @param stops rows that keep a sum from moving further.
 * @returns by key of the groups that set these limits: how much further the sum would go per unit.
 */
export function listObstacles(rows: readonly MoveRow[], stops: FoundMove['stops']): ReadonlyMap<string, number> {
  const rates = new Map<string, number>();
  for (const { row, rate } of stops) {
    const { lowBy = [], highBy = [] } = rows[row ?? -1] ?? {};
    for (const key of rate > 0 ? highBy : lowBy) rates.set(key, Math.max(Math.abs(rate), rates.get(key) ?? 0));
  }
  return rates;
}

function createTableau({ fall, rise, rows }: MoveProblem, wanted: WantedMove): Tableau {
  const width = fall.length;
  const objective = new Float64Array(width);
  for (const column of wanted.columns) objective[column] = Math.sign(wanted.by);
  const cells = new Float64Array(width * rows.length);
  const coefficients = rows.map(({ columns, factors }, index) => {
    const row = cells.subarray(index * width, (index + 1) * width);
    columns.forEach((column, at) => {
      row[column] = factors[at] ?? 0;
    });
    return row;
  });
  return {
    width,
    rows: [...coefficients, objective],
    names: Int32Array.from({ length: width + rows.length }, (_, at) => at),
    values: new Float64Array(width + rows.length),
    low: Float64Array.from([...fall.map((most) => -most), ...rows.map(({ low }) => low)]),
    high: Float64Array.from([...rise, ...rows.map(({ high }) => high)]),
  };
}

/** One step: a free variable moves until something reaches a limit. Returns what is gained, null when nothing can be. */
function improve(tableau: Tableau, missing: number, step: number): number | null {
  const objective = tableau.rows.at(-1);
  if (objective === undefined) return null;
  const column = chooseColumn(tableau, objective, step > maximumSteps / 2);
  if (column === -1) return null;
  const rate = objective[column] ?? 0;
  const direction = Math.sign(rate);
  const { distance, row } = findLimit(tableau, column, direction);
  const enough = missing / Math.abs(rate);
  const travelled = Math.min(distance, enough);
  moveColumn(tableau, column, direction * travelled);
  if (row !== -1 && distance <= enough) exchange(tableau, column, row);
  return travelled * Math.abs(rate);
}

/** The steepest way up; late in the search the first one, so that it cannot go round in circles (Bland 1977). */
function chooseColumn(tableau: Tableau, objective: Float64Array, isFirst: boolean): number {
  let [best, steepest] = [-1, negligible];
  for (let column = 0; column < tableau.width; column++) {
    const rate = objective[column] ?? 0;
    if (Math.abs(rate) <= steepest || roomOf(tableau, column, rate) <= negligible) continue;
    [best, steepest] = [column, Math.abs(rate)];
    if (isFirst) break;
  }
  return best;
}

/** How far a free variable can move, and the basic variable that stops it; -1: its own limit does. */
function findLimit(
  tableau: Tableau,
  column: number,
  direction: number,
): { readonly distance: number; readonly row: number } {
  const { width, rows } = tableau;
  let distance = roomOf(tableau, column, direction);
  let [row, strongest] = [-1, 0];
  for (let at = 0; at < rows.length - 1; at++) {
    const rate = direction * (rows[at]?.[column] ?? 0);
    const strength = Math.abs(rate);
    if (strength <= negligible) continue;
    const reach = roomOf(tableau, width + at, rate) / strength;
    // Among those that stop it at the same place the strongest, so that rounding errors stay small.
    if (reach > distance + negligible || (reach > distance - negligible && strength <= strongest)) continue;
    [distance, row, strongest] = [Math.min(distance, reach), at, strength];
  }
  return { distance, row };
}

function roomOf({ values, low, high }: Tableau, at: number, direction: number): number {
  const value = values[at] ?? 0;
  return Math.max(0, direction > 0 ? (high[at] ?? 0) - value : value - (low[at] ?? 0));
}

function moveColumn({ width, rows, values }: Tableau, column: number, change: number): void {
  values[column] = (values[column] ?? 0) + change;
  for (let at = 0; at < rows.length - 1; at++) {
    values[width + at] = (values[width + at] ?? 0) + change * (rows[at]?.[column] ?? 0);
  }
}

/** Turns a row round so that it gives the variable of a column; returns the columns that it uses. */
function solveFor(row: Float64Array, column: number): readonly number[] {
  const pivot = row[column] ?? 1;
  const used: number[] = [];
  row.forEach((factor, at) => {
    if (factor === 0) return;
    row[at] = -factor / pivot;
    used.push(at);
  });
  row[column] = 1 / pivot;
  return used;
}

/** Makes a free variable basic, and the basic one that stopped it free. */
function exchange({ width, rows, names, values, low, high }: Tableau, column: number, row: number): void {
  const pivotRow = rows[row];
  if (pivotRow === undefined) return;
  const used = solveFor(pivotRow, column);
  for (const other of rows) {
    const factor = other === pivotRow ? 0 : (other[column] ?? 0);
    if (factor === 0) continue;
    other[column] = 0;
    for (const at of used) other[at] = (other[at] ?? 0) + factor * (pivotRow[at] ?? 0);
  }
  for (const list of [names, values, low, high]) {
    const kept = list[column] ?? 0;
    list[column] = list[width + row] ?? 0;
    list[width + row] = kept;
  }
}
