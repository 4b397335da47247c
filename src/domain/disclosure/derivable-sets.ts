import { addMultiple, createIndicatorRow, type SparseRow } from './modular-rows';
import { rankColumns, reduceRows } from './reduced-rows';
import { keepDistinct, makeSet, type RespondentSet, type SafetyRule } from './respondent-sets';
import type { Atom } from './types';

/** Effort of the search; a span with more combinations is searched from the simplest ones on, up to here. */
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

/** A sum of some rows of a basis: their pivots, and the first row that has not been considered. */
interface Combination {
  readonly sum: SparseRow;
  readonly pivots: readonly number[];
  readonly next: number;
}

/** What a search of a span looks for. */
interface SpanSearch {
  readonly isUnsafe: SafetyRule;
  /** False for sets that are in no unsafe set; for rules whose unsafe sets have unsafe subsets alone, the rule itself. */
  readonly canGrow: SafetyRule;
}

/**
 * Finds every unsafe set that follows from published sums. An unsafe set holds only atoms that can grow into one, so
 * only sums within the span that leave all other atoms out matter; mostly there are few or none. In a reduced basis of
 * these, a union of atoms takes each row once or not at all, according to whether it holds the row's pivot.
 * @param published linearly independent sums, as ascending columns.
 * @param atoms non-empty atoms.
 * @param search the rule.
 * @returns distinct sets; all there are, unless the search was cut off by its effort.
 */
export function searchSpan(
  published: readonly (readonly number[])[],
  atoms: readonly Atom[],
  search: SpanSearch,
): readonly RespondentSet[] {
  const isInvolved = atoms.map((_, column) => search.canGrow(makeSet(atoms, [column])));
  const total = atoms.reduce((sum, atom) => sum + atom.validCount, 0);
  // Large atoms first: as pivots they rule out combinations early.
  const keys = atoms.map((atom, column) => -atom.validCount - (isInvolved[column] ? 0 : total));
  const rows = reduceRows(published, rankColumns(keys)).filter(({ row }) => row.columns.every((c) => isInvolved[c]));
  const found: SparseRow[] = [];
  let level: readonly Combination[] = [{ sum: createIndicatorRow([]), pivots: [], next: 0 }];
  for (let tried = 0; level.length > 0 && tried < maximumCombinations; tried += level.length * rows.length) {
    level = level.flatMap(({ sum, pivots, next }) =>
      rows
        .slice(next)
        .map(({ row, pivot }, i) => ({ row, pivots: [...pivots, pivot], next: next + i + 1 }))
        .filter((grown) => search.canGrow(makeSet(atoms, grown.pivots)))
        .map((grown) => ({ sum: addMultiple(sum, 1, grown.row), pivots: grown.pivots, next: grown.next })),
    );
    found.push(...level.map(({ sum }) => sum).filter(isUnion));
  }
  return keepDistinct(found.map(({ columns }) => makeSet(atoms, columns))).filter(search.isUnsafe);
}

function isUnion(row: SparseRow): boolean {
  return row.values.every((value) => value === 1);
}
