import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildDesign } from '../../../src/domain/statistics/build-design';
import type { Design, DesignCell } from '../../../src/domain/statistics/types';

const folder = path.join(__dirname, '../../reference/statistics');

export type Row = Record<string, string>;

/** Rows of a stored table of reference values. */
export function readTable(name: string): Row[] {
  const [header = '', ...lines] = readFileSync(path.join(folder, name), 'utf8').trim().split('\n');
  const columns = header.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    return Object.fromEntries(columns.map((column, index) => [column, values[index] ?? '']));
  });
}

export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (value === undefined || value === '') throw new Error(`No ${column} in the reference row.`);
  return Number(value);
}

/** The synthetic network of stratified-shares.R. */
export interface ReferenceNetwork {
  readonly cells: readonly (DesignCell & { readonly size: string })[];
  readonly respondents: readonly Row[];
  readonly design: Design;
  /** 1 where the respondent belongs to the group and answered the item. */
  readonly inDomain: (group: string, item: string) => Uint8Array;
  readonly answers: (item: string) => Uint8Array;
}

function matches(cell: DesignCell, group: string): boolean {
  if (group === 'network') return true;
  return group.split(';').every((part) => {
    const [dimension, value] = part.split('=');
    if (dimension === 'organisation') return cell.organisation === value;
    if (dimension === 'rest') return cell.organisation !== value;
    return cell.sector === value;
  });
}

export function loadReferenceNetwork(): ReferenceNetwork {
  const cells = readTable('cells.csv').map((row) => ({
    stratum: row['stratum'] ?? '',
    organisation: row['organisation'] ?? '',
    sector: row['sector'] === '' ? null : (row['sector'] ?? null),
    size: row['size'] ?? '',
    frameCount: numberIn(row, 'frame'),
    invitedCount: numberIn(row, 'invited'),
    ineligibleCount: numberIn(row, 'ineligible'),
    respondentCount: numberIn(row, 'respondents'),
  }));
  const respondents = readTable('respondents.csv');
  const cellOf = new Map(cells.map((cell) => [cell.stratum, cell]));
  const codes = respondents.map((row) => row['stratum'] ?? '');
  return {
    cells,
    respondents,
    design: buildDesign(cells, codes),
    inDomain: (group, item) =>
      Uint8Array.from(respondents, (row) =>
        row[item] !== '' && matches(cellOf.get(row['stratum'] ?? '')!, group) ? 1 : 0,
      ),
    answers: (item) => Uint8Array.from(respondents, (row) => (row[item] === '1' ? 1 : 0)),
  };
}

/** Largest difference between a and b relative to the larger of b and 1. */
export function expectWithin(actual: number, expected: number, tolerance: number): void {
  expect(Number.isFinite(actual)).toBe(true);
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));
}
