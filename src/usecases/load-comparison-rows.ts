import type { Context } from '../context';
import { selectReleaseComparisons } from '../db/release-figures';
import { storedComparators, type StoredComparator } from '../domain/benchmark/comparators';
import type { ReleaseComparisonRow, ReleaseEstimateRow } from '../domain/benchmark/release-figures';
import type { Group } from '../domain/benchmark/types';
import { loadFigures } from './load-figures';
import type { Results } from './load-results';

/** Comparisons with the figures that they are printed from. */
export interface ComparisonRows {
  readonly rows: readonly ReleaseComparisonRow[];
  readonly estimates: readonly ReleaseEstimateRow[];
}

/**
 * Reads all comparisons of the organisations among some groups.
 * @param context the process' context
 * @param results a released wave
 * @param wanted groups of its lattice that the reader may have, and kinds of comparators; all kinds when left out
 * @returns rows in the order of the groups, then of the codebook, then of the comparators
 */
export async function loadComparisonRows(
  context: Context,
  results: Results,
  {
    groups,
    kinds = storedComparators,
  }: { readonly groups: readonly Group[]; readonly kinds?: readonly StoredComparator[] },
): Promise<ComparisonRows> {
  const owned = groups.filter(({ organisation }) => organisation !== null);
  const [found, estimates] = await Promise.all([
    selectReleaseComparisons(context.db, {
      releaseId: results.release.id,
      groups: owned.map(({ key }) => key),
      kinds,
    }),
    loadFigures(
      context,
      results,
      groups.filter(({ organisation, rest }) => organisation !== null || rest !== null),
    ),
  ]);
  const byAddress = new Map<string, ReleaseComparisonRow[]>();
  for (const row of found) {
    const address = `${row.group}/${row.indicator}/${row.option}`;
    byAddress.set(address, [...(byAddress.get(address) ?? []), row]);
  }
  const orderOf = ({ kind }: ReleaseComparisonRow): number => storedComparators.indexOf(kind);
  const rows = owned.flatMap(({ key }) =>
    results.codebook.indicators.flatMap((indicator) =>
      indicator.options.flatMap((option) =>
        (byAddress.get(`${key}/${indicator.id}/${option.id}`) ?? []).sort((a, b) => orderOf(a) - orderOf(b)),
      ),
    ),
  );
  return { rows, estimates };
}
