import { addMultiple, createIndicatorRow, type SparseRow } from './modular-rows';
import { rankColumns, reduceRows, type ReducedRow } from './reduced-rows';
import { keepDistinct, makeSet, type RespondentSet, type SafetyRule } from './respondent-sets';
import type { Atom } from './types';

/** Effort of the search; a span with more combinations is searched from the simplest ones on, up to here, and so told. */
const maximumCombinations = 1_000_000;

/**
 * Looks for unsafe sets that follow from published sums: rows of the reduced row echelon form under four column orders
 * whose coefficients are all 1 (statistics.md 2.5).
 * @param published linearly independent sums, as ascending columns.
 * @param atoms non-empty atoms.
 * @param isUnsafe the rule.
 * @returns distinct unsafe sets, each a sum of atoms within the span of the published sums.
 */
export function findUnsafeRows(
  published: readonly (readonly number[])[],
  atoms: readonly Atom[],
  isUnsafe: SafetyRule,
): readonly RespondentSet[] {
  const natural = atoms.map((_, column) => column);
  const counts = atoms.map((atom) => atom.validCount);
  const keys = [natural, natural.map((column) => -column), counts, counts.map((count) => -count)];
  const rows = keys.flatMap((key) => reduceRows(published, rankColumns(key)));
  const zeroOne = rows.map(({ row }) => row).filter(isUnion);
  return keepDistinct(zeroOne.map((row) => makeSet(atoms, row.columns))).filter(isUnsafe);
}

/** A sum of some rows of a basis: their pivots, the first row that has not been considered, and the last that could matter. */
interface Combination {
  readonly sum: SparseRow;
  readonly pivots: readonly number[];
  readonly next: number;
  readonly last: number;
}

/** What a search of a span looks for. */
interface SpanSearch {
  readonly isUnsafe: SafetyRule;
  /** False for sets that are in no unsafe set; for rules whose unsafe sets have unsafe subsets alone, the rule itself. */
  readonly canGrow: SafetyRule;
}

/** What a search of a span found. */
export interface SpanFindings {
  readonly sets: readonly RespondentSet[];
  /** False when the search was cut off: there may be more. */
  readonly isComplete: boolean;
}

/**
 * Finds the unsafe sets that follow from published sums. An unsafe set holds only atoms that can grow into one, so
 * only sums within the span that leave all other atoms out matter; mostly there are few or none. In a reduced basis of
 * these, a union of atoms takes each row once or not at all, according to whether it holds the row's pivot. Rows that share
 * no atom, directly or through others, are searched by themselves: sets that follow from them are disjoint, and disjoint
 * sets that are safe are so together.
 * @param published linearly independent sums, as ascending columns.
 * @param atoms non-empty atoms.
 * @param search the rule.
 * @returns distinct sets, and whether these are all there are.
 */
export function searchSpan(
  published: readonly (readonly number[])[],
  atoms: readonly Atom[],
  search: SpanSearch,
): SpanFindings {
  const isInvolved = atoms.map((_, column) => search.canGrow(makeSet(atoms, [column])));
  const total = atoms.reduce((sum, atom) => sum + atom.validCount, 0);
  // Large atoms first: as pivots they rule out combinations early.
  const keys = atoms.map((atom, column) => -atom.validCount - (isInvolved[column] ? 0 : total));
  const rows = reduceRows(published, rankColumns(keys)).filter(({ row }) => row.columns.every((c) => isInvolved[c]));
  let effort = maximumCombinations;
  const found = divideByAtoms(rows).map((part) => {
    const findings = combineRows(part, { atoms, canGrow: search.canGrow, effort });
    effort -= findings.tried;
    return findings;
  });
  const unions = found.flatMap(({ sums }) => sums.filter(isUnion));
  const sets = keepDistinct(unions.map(({ columns }) => makeSet(atoms, columns))).filter(search.isUnsafe);
  return { sets, isComplete: found.every(({ isComplete }) => isComplete) };
}

interface RowsToCombine {
  readonly atoms: readonly Atom[];
  readonly canGrow: SafetyRule;
  readonly effort: number;
}

/**
 * Adds up rows in all ways that can grow into an unsafe set, fewest first. Rows that reach far are decided on first: what no
 * later row touches stays as it is, and most sums are soon seen to be no small union of atoms.
 */
function combineRows(
  given: readonly ReducedRow[],
  { atoms, canGrow, effort }: RowsToCombine,
): { readonly sums: readonly SparseRow[]; readonly tried: number; readonly isComplete: boolean } {
  const rows = given.toSorted((first, second) => second.row.columns.length - first.row.columns.length);
  const lastRowOf = new Map(rows.flatMap(({ row }, at) => row.columns.map((column) => [column, at] as const)));
  const lastOf = ({ columns }: SparseRow): number => Math.max(...columns.map((column) => lastRowOf.get(column) ?? 0));
  const canBecomeUnion = ({ sum, pivots, next }: Combination): boolean => {
    const settled = sum.columns.flatMap((column, at) => ((lastRowOf.get(column) ?? 0) < next ? [at] : []));
    if (settled.some((at) => sum.values[at] !== 1)) return false;
    const columns = new Set([...pivots, ...settled.map((at) => sum.columns[at] ?? 0)]);
    return canGrow(makeSet(atoms, [...columns]));
  };
  const sums: SparseRow[] = [];
  let level: readonly Combination[] = [{ sum: createIndicatorRow([]), pivots: [], next: 0, last: 0 }];
  let tried = 0;
  while (level.length > 0 && tried < effort) {
    level = level.flatMap(({ sum, pivots, next, last }) => {
      // Rows after the last share no atom with those before: disjoint sets need not be united.
      const candidates = pivots.length === 0 ? rows : rows.slice(next, last + 1);
      tried += candidates.length;
      return candidates
        .map(({ row, pivot }, at) => ({ row, pivots: [...pivots, pivot], next: next + at + 1 }))
        .filter((grown) => canGrow(makeSet(atoms, grown.pivots)))
        .map((grown) => ({
          sum: addMultiple(sum, 1, grown.row),
          pivots: grown.pivots,
          next: grown.next,
          last: Math.max(last, lastOf(grown.row)),
        }))
        .filter(canBecomeUnion);
    });
    for (const { sum } of level) sums.push(sum);
  }
  return { sums, tried, isComplete: level.length === 0 };
}

/** Puts rows together that share an atom, directly or through others; parts and rows in given order. */
function divideByAtoms(rows: readonly ReducedRow[]): readonly (readonly ReducedRow[])[] {
  let parts: readonly { readonly columns: ReadonlySet<number>; readonly rows: readonly ReducedRow[] }[] = [];
  for (const reduced of rows) {
    const { columns } = reduced.row;
    const touched = parts.filter((part) => columns.some((column) => part.columns.has(column)));
    const joined = {
      columns: new Set([...touched.flatMap((part) => [...part.columns]), ...columns]),
      rows: [...touched.flatMap((part) => part.rows), reduced],
    };
    parts = [...parts.filter((part) => !touched.includes(part)), joined];
  }
  return parts.map((part) => part.rows);
}

function isUnion(row: SparseRow): boolean {
  return row.values.every((value) => value === 1);
}
