import { countEligible } from '../domain/fieldwork/board/counts';
import { viewOf, type BoardRow } from '../domain/fieldwork/board/rows';
import { writeCsv } from './write-csv';

const percentDecimals = 10;

/** Per cent with one decimal; a rate is a quotient of counts that stand in the same row. */
function toPercent(rate: number | null): number | null {
  return rate === null ? null : Math.round(rate * 100 * percentDecimals) / percentDecimals;
}

/** What stands in every line, and how organisations are named. */
export interface FieldworkTable {
  readonly wave: string;
  readonly period: string;
  readonly network: string;
  /** False once the wave is closed: who opened a link is no longer told, and every outcome is known. */
  readonly isOpen: boolean;
  /** Name by key. */
  readonly organisations: ReadonlyMap<string, string>;
  readonly rows: readonly BoardRow[];
}

/**
 * Writes participation as CSV: one line a group with counts of invitations and AAPOR response rates in per cent.
 * @param table rows in order, with what stands in every line
 * @returns the file's text; cells that are not known are empty
 */
export function writeFieldworkTable({ wave, period, network, isOpen, organisations, rows }: FieldworkTable): string {
  const whileOpen = (count: number): number | null => (isOpen ? count : null);
  const afterwards = (count: number): number | null => (isOpen ? null : count);
  /** Rates that need complete and partial responses told apart. */
  const ifToldApart = ({ complete }: BoardRow, rate: number | null): number | null =>
    complete === null ? null : toPercent(rate);
  return writeCsv<BoardRow>(
    [
      { name: 'wave', cell: () => wave },
      { name: 'period', cell: () => period },
      { name: 'network', cell: () => network },
      { name: 'group', cell: viewOf },
      { name: 'organisation', cell: ({ organisation }) => organisation },
      { name: 'organisation_name', cell: ({ organisation }) => organisations.get(organisation ?? '') ?? null },
      { name: 'sector', cell: ({ sector }) => sector },
      { name: 'size', cell: ({ size }) => size },
      { name: 'invited', cell: ({ counts }) => counts.invited },
      { name: 'eligible', cell: ({ counts }) => countEligible(counts) },
      { name: 'mailed', cell: ({ counts }) => whileOpen(counts.mailed) },
      { name: 'opened', cell: ({ counts }) => whileOpen(counts.opened) },
      { name: 'started', cell: ({ counts }) => whileOpen(counts.started) },
      { name: 'answered', cell: ({ counts }) => counts.answered },
      { name: 'complete', cell: ({ complete }) => complete },
      { name: 'partial', cell: ({ complete, counts }) => (complete === null ? null : counts.answered - complete) },
      { name: 'refused', cell: ({ counts }) => counts.refused },
      { name: 'not_contacted', cell: ({ counts }) => afterwards(counts.notContacted) },
      { name: 'other', cell: ({ counts }) => counts.other },
      { name: 'undeliverable', cell: ({ counts }) => counts.undeliverable },
      { name: 'not_eligible', cell: ({ counts }) => counts.ineligible },
      { name: 'rr1', cell: (row) => ifToldApart(row, row.rates.rr1) },
      { name: 'rr2', cell: ({ rates }) => toPercent(rates.rr2) },
      { name: 'rr3', cell: (row) => ifToldApart(row, row.rates.rr3) },
      { name: 'rr4', cell: (row) => ifToldApart(row, row.rates.rr4) },
      { name: 'rr5', cell: (row) => ifToldApart(row, row.rates.rr5) },
      { name: 'rr6', cell: (row) => ifToldApart(row, row.rates.rr6) },
    ],
    rows,
  );
}
