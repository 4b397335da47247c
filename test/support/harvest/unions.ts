import { strataOf, type Knowledge } from '../attacker/knowledge';

/** A small set whose answers follow exactly from printed sums. */
export interface DerivedUnion {
  readonly indicator: string;
  /** Positions of strata. */
  readonly columns: readonly number[];
  readonly count: number;
}

/** Largest prime below 2^26: products of two remainders are exact. */
const prime = 67_108_859;
/** Sets that are looked at per indicator; some have more than can be tried. */
const maximumSets = 300_000;

/**
 * Attack by algebra: every union of cells with fewer than k answers that lies in the row space of the printed groups of an
 * indicator, whichever totals, parts, rests and editions they come from. A union lies in the row space if and only if the
 * columns of a null space basis add up to nothing on it, and two random combinations of that basis tell so but for a chance
 * of 1 in 10^15.
 */
export function attackByUnions(knowledge: Knowledge): readonly DerivedUnion[] {
  const known = new Map<string, readonly Omit<DerivedUnion, 'indicator'>[]>();
  return knowledge.questions.flatMap(({ indicator }) => {
    const columns = strataOf(knowledge, indicator, 'network');
    const counts = columns.map((column) => knowledge.valid[indicator]![column]!);
    const groups = [
      ...new Set(knowledge.figures.filter((one) => one.indicator === indicator).map(({ group }) => group)),
    ];
    const position = new Map(columns.map((column, at) => [column, at]));
    const rows = groups.map((group) => strataOf(knowledge, indicator, group).map((column) => position.get(column)!));
    const name = JSON.stringify([counts, rows]);
    const found = known.get(name) ?? findUnions(rows, counts, knowledge.k);
    known.set(name, found);
    return found.map((one) => ({ indicator, count: one.count, columns: one.columns.map((at) => columns[at]!) }));
  });
}

function findUnions(
  rows: readonly (readonly number[])[],
  counts: readonly number[],
  k: number,
): readonly Omit<DerivedUnion, 'indicator'>[] {
  const [first, second] = [projectNullSpace(rows, counts.length, 1), projectNullSpace(rows, counts.length, 2)];
  const order = [...counts.keys()].filter((at) => counts[at]! < k).sort((a, b) => counts[b]! - counts[a]!);
  const findings: Omit<DerivedUnion, 'indicator'>[] = [];
  let tried = 0;
  const grow = (taken: readonly number[], state: { from: number; count: number; one: number; two: number }): void => {
    for (let next = state.from; next < order.length; next++) {
      const at = order[next]!;
      const count = state.count + counts[at]!;
      if (count >= k) continue;
      if (++tried > maximumSets) return;
      const columns = [...taken, at];
      const [one, two] = [(state.one + first[at]!) % prime, (state.two + second[at]!) % prime];
      if (one === 0 && two === 0) findings.push({ columns, count });
      grow(columns, { from: next + 1, count, one, two });
    }
  };
  grow([], { from: 0, count: 0, one: 0, two: 0 });
  return findings;
}

/** One random vector orthogonal to all rows. */
function projectNullSpace(rows: readonly (readonly number[])[], width: number, seed: number): readonly number[] {
  const reduced = reduceRows(rows, width);
  const pivots = new Set(reduced.map(({ pivot }) => pivot));
  let state = seed * 7919;
  const draw = (): number => (state = (state * 48_271 + 11) % prime);
  const vector = Array.from({ length: width }, (_, column) => (pivots.has(column) ? 0 : draw()));
  for (const { row, pivot } of reduced) {
    let sum = 0;
    for (let column = 0; column < width; column++) {
      if (column !== pivot && row[column] !== 0) sum = (sum + row[column]! * vector[column]!) % prime;
    }
    vector[pivot] = (prime - sum) % prime;
  }
  return vector;
}

interface ReducedRow {
  readonly row: number[];
  readonly pivot: number;
}

/** Rows in reduced echelon form: every pivot is 1 and alone in its column. */
function reduceRows(rows: readonly (readonly number[])[], width: number): readonly ReducedRow[] {
  const reduced: ReducedRow[] = [];
  const clear = (target: number[], { row, pivot }: ReducedRow): void => {
    const factor = target[pivot]!;
    if (factor === 0) return;
    for (let column = 0; column < width; column++) {
      if (row[column] !== 0) target[column] = (target[column]! + (prime - factor) * row[column]!) % prime;
    }
  };
  for (const columns of rows) {
    const target = Array.from({ length: width }, () => 0);
    for (const column of columns) target[column] = 1;
    for (const by of reduced) clear(target, by);
    const pivot = target.findIndex((value) => value !== 0);
    if (pivot === -1) continue;
    const inverse = invert(target[pivot]!);
    const found = { row: target.map((value) => (value * inverse) % prime), pivot };
    for (const by of reduced) clear(by.row, found);
    reduced.push(found);
  }
  return reduced;
}

/** Fermat: the power p - 2 is the inverse. */
function invert(value: number): number {
  let [result, base, exponent] = [1, value, prime - 2];
  while (exponent > 0) {
    if (exponent % 2 === 1) result = (result * base) % prime;
    base = (base * base) % prime;
    exponent = Math.floor(exponent / 2);
  }
  return result;
}
