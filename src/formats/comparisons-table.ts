import { besideRest } from '../domain/benchmark/comparison-beside';
import type { StoredComparator } from '../domain/benchmark/comparators';
import { joinAddress, type ReleaseComparisonRow, type ReleaseEstimateRow } from '../domain/benchmark/release-figures';
import { printEstimate, roundEstimate, type Shown } from '../domain/benchmark/shown-figures';
import type { PrintedComparison, ReleaseEstimate, Verdict } from '../domain/benchmark/types';
import { isSuppressed, suppressed } from '../domain/disclosure/publishable';
import type { EstimatePrecision } from './estimates-table';
import { writeCsv, type CsvColumn } from './write-csv';

/** One comparison as it may leave the server; nulls where it is suppressed. */
export interface PrintedRecord {
  readonly group: string;
  readonly indicator: string;
  readonly option: string;
  readonly kind: StoredComparator;
  readonly comparator: string;
  /** Valid answers of the organisation's group, and its share in 0-1. */
  readonly n: number | null;
  readonly share: number | null;
  /** What it is compared with, as it is printed; n is null for a mean of organisations. */
  readonly comparator_n: number | null;
  readonly comparator_organisations: number | null;
  readonly comparator_share: number | null;
  readonly comparator_low: number | null;
  readonly comparator_high: number | null;
  /** Own minus comparator, in 0-1. */
  readonly difference: number | null;
  readonly difference_low: number | null;
  readonly difference_high: number | null;
  readonly verdict: Verdict | null;
  readonly suppressed: boolean;
}

/** One comparison of `comparisons`. */
export interface ComparisonRecord extends PrintedRecord {
  /** In full precision only. */
  readonly p: number | null;
  /** Adjusted within the family of the organisation, the comparator and the breakdown; in full precision only. */
  readonly q: number | null;
}

const nothing = {
  n: null,
  share: null,
  comparator_n: null,
  comparator_organisations: null,
  comparator_share: null,
  comparator_low: null,
  comparator_high: null,
  difference: null,
  difference_low: null,
  difference_high: null,
  verdict: null,
  suppressed: true,
};

/**
 * Makes the records of comparisons that may leave the server.
 * @param rows comparisons of a release
 * @param estimates figures of their groups, those of the rest of the network among them
 * @returns one record a row, same order; whole per cent and points
 */
export function buildPrintedRecords(
  rows: readonly ReleaseComparisonRow[],
  estimates: readonly ReleaseEstimateRow[],
): readonly PrintedRecord[] {
  const figures = new Map(estimates.map((row) => [joinAddress(row), row.estimate]));
  return rows.map((row): PrintedRecord => {
    const { group, indicator, option, kind, comparator, comparison } = row;
    const address = { group, indicator, option, kind, comparator };
    const own = figures.get(joinAddress(row)) ?? suppressed;
    const printed = findPrinted(row, own, figures.get(joinAddress({ ...row, group: comparator })) ?? suppressed);
    if (isSuppressed(comparison) || isSuppressed(own) || printed === null) return { ...address, ...nothing };
    return {
      ...address,
      n: own.value.n,
      share: toShare(printEstimate(own.value).percent),
      comparator_n: printed.n,
      comparator_organisations: printed.organisations,
      comparator_share: toShare(printed.percent),
      comparator_low: toShare(printed.lowPercent),
      comparator_high: toShare(printed.highPercent),
      difference: toShare(printed.differencePoints),
      difference_low: toShare(printed.lowPoints),
      difference_high: toShare(printed.highPoints),
      verdict: comparison.value.verdict,
      suppressed: false,
    };
  });
}

/**
 * Makes the rows of `comparisons`.
 * @param rows comparisons of a release
 * @param estimates figures of their groups, those of the rest of the network among them
 * @param precision full: own share, difference, limits, p and q as computed; rounded: what may leave the server
 * @returns one record a row, same order
 */
export function buildComparisonRecords(
  rows: readonly ReleaseComparisonRow[],
  estimates: readonly ReleaseEstimateRow[],
  precision: EstimatePrecision,
): readonly ComparisonRecord[] {
  const figures = new Map(estimates.map((row) => [joinAddress(row), row.estimate]));
  const printed = buildPrintedRecords(rows, estimates);
  return rows.flatMap((row, at): readonly ComparisonRecord[] => {
    const record = printed[at];
    if (record === undefined) return [];
    const own = figures.get(joinAddress(row)) ?? suppressed;
    if (precision === 'rounded' || record.suppressed || isSuppressed(row.comparison) || isSuppressed(own)) {
      return [{ ...record, p: null, q: null }];
    }
    const { difference, low, high, p, q } = row.comparison.value;
    const exact = { share: own.value.share, difference, difference_low: low, difference_high: high, p, q };
    return [{ ...record, ...exact }];
  });
}

/** The rest of the network is printed from its own figure, every other comparator as it is stored. */
function findPrinted(
  row: ReleaseComparisonRow,
  own: Shown<ReleaseEstimate>,
  rest: Shown<ReleaseEstimate>,
): PrintedComparison | null {
  if (row.kind !== 'rest') return isSuppressed(row.comparison) ? null : row.comparison.value.printed;
  const { printed } = besideRest(row, roundEstimate(own), roundEstimate(rest));
  return isSuppressed(printed) ? null : printed.value;
}

const comparisonColumns: readonly CsvColumn<ComparisonRecord>[] = (
  [
    'group',
    'indicator',
    'option',
    'kind',
    'comparator',
    'n',
    'share',
    'comparator_n',
    'comparator_organisations',
    'comparator_share',
    'comparator_low',
    'comparator_high',
    'difference',
    'difference_low',
    'difference_high',
    'p',
    'q',
    'verdict',
    'suppressed',
  ] as const
).map((name) => ({ name, cell: (record) => record[name] }));

/**
 * Writes records as CSV: suppressed 1 or 0, nulls empty.
 * @param records rows of `comparisons`
 * @returns the file's text
 */
export function writeComparisonsCsv(records: readonly ComparisonRecord[]): string {
  return writeCsv(comparisonColumns, records);
}

/** Per cent and points with at most a few decimals as a share, without the traces of binary division. */
function toShare(percent: number): number {
  return Number((percent / 100).toFixed(6));
}
