import { limitsToShow } from '../domain/benchmark/limits-to-show';
import type { ReleaseEstimateRow } from '../domain/benchmark/release-figures';
import { isSuppressed } from '../domain/disclosure/publishable';
import { printedPercent } from '../domain/disclosure/printed-share';
import { roundShare } from '../domain/statistics/round-share';
import type { EstimateFlag } from '../domain/statistics/types';
import { writeCsv, type CsvColumn } from './write-csv';

/** One figure of `estimates`; nulls where it is suppressed, or too precise to leave the server. */
export interface EstimateRecord {
  readonly group: string;
  readonly indicator: string;
  readonly option: string;
  readonly n: number | null;
  /** Shares, standard errors and limits in 0-1. */
  readonly share: number | null;
  readonly se: number | null;
  readonly se_nofpc: number | null;
  readonly df: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly flags: readonly EstimateFlag[] | null;
  readonly suppressed: boolean;
}

/** "full": as computed, for verification by the operator; "rounded": what may leave the server. */
export type EstimatePrecision = 'full' | 'rounded';

/** With fewer valid answers a standard error next to the share would tell the counts. */
export const minimumCountForErrors = 1000;
const errorDecimals = 3;

const nothing = { n: null, share: null, se: null, se_nofpc: null, df: null, low: null, high: null, flags: null };

/**
 * Makes the rows of `estimates`.
 * @param rows figures of a release
 * @param precision full, or rounded: whole per cent, standard errors (three decimals) and df from n = 1000 only
 * @returns one record a row, same order
 */
export function buildEstimateRecords(
  rows: readonly ReleaseEstimateRow[],
  precision: EstimatePrecision,
): readonly EstimateRecord[] {
  return rows.map(({ group, indicator, option, estimate }): EstimateRecord => {
    const address = { group, indicator, option };
    if (isSuppressed(estimate)) return { ...address, ...nothing, suppressed: true };
    const { n, share, se, seNoFpc, df, low, high, flags } = estimate.value;
    if (precision === 'full')
      return { ...address, n, share, se, se_nofpc: seNoFpc, df, low, high, flags, suppressed: false };
    const hasErrors = n >= minimumCountForErrors && !flags.includes('coarse');
    const shown = limitsToShow({ n, share, low, high, flags });
    return {
      ...address,
      n,
      share: printedPercent(share, n, flags.includes('coarse')) / 100,
      se: hasErrors ? Number(se.toFixed(errorDecimals)) : null,
      se_nofpc: hasErrors ? Number(seNoFpc.toFixed(errorDecimals)) : null,
      df: hasErrors ? df : null,
      low: toHundredths(shown.low),
      high: toHundredths(shown.high),
      flags,
      suppressed: false,
    };
  });
}

/** Columns of the CSV form: flags separated by semicolons, suppressed 1 or 0, nulls empty. */
const estimateColumns: readonly CsvColumn<EstimateRecord>[] = [
  { name: 'group', cell: ({ group }) => group },
  { name: 'indicator', cell: ({ indicator }) => indicator },
  { name: 'option', cell: ({ option }) => option },
  { name: 'n', cell: ({ n }) => n },
  { name: 'share', cell: ({ share }) => share },
  { name: 'se', cell: ({ se }) => se },
  { name: 'se_nofpc', cell: (record) => record.se_nofpc },
  { name: 'df', cell: ({ df }) => df },
  { name: 'low', cell: ({ low }) => low },
  { name: 'high', cell: ({ high }) => high },
  { name: 'flags', cell: ({ flags }) => flags?.join(';') ?? null },
  { name: 'suppressed', cell: ({ suppressed }) => suppressed },
];

/**
 * Writes records as CSV.
 * @param records rows of `estimates`
 * @returns the file's text
 */
export function writeEstimatesCsv(records: readonly EstimateRecord[]): string {
  return writeCsv(estimateColumns, records);
}

function toHundredths(share: number): number {
  return roundShare(share) / 100;
}
