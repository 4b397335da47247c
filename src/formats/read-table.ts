import { CsvError, parse } from 'csv-parse/sync';
import { decodeText, type TextEncoding } from './decode-text';

/** A sheet of cells with its headings, whatever kind of file it came from. */
export interface Table {
  readonly headings: readonly string[];
  /** Rows with at least one cell that is not empty; `line` is the row of the file, from 1. */
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

/** What makes a file unreadable as a table. */
export type TableFault =
  | { readonly code: 'quotes'; readonly line: number }
  | { readonly code: 'empty' }
  | { readonly code: 'too_many_rows'; readonly limit: number }
  | { readonly code: 'not_text' };

export interface CsvTable {
  readonly table: Table;
  readonly encoding: TextEncoding;
  readonly separator: ';' | ',' | '\t';
}

const tableLimits = { rows: 20_000, columns: 100, cellLength: 2_000 } as const;

const separators = [';', ',', '\t'] as const;

/**
 * Reads a CSV file as people send them: in UTF-8 or Windows-1252, cells separated by semicolons, commas or tabs.
 * @param bytes content of the file
 * @returns the table and how the file was written, or what is wrong with it
 */
export function readTable(bytes: Uint8Array): CsvTable | TableFault {
  const { text, encoding } = decodeText(bytes);
  // eslint-disable-next-line no-control-regex -- no text file holds these; pictures and programs do
  if (/[\u0000-\u0008\u000e-\u001a]/.test(text)) return { code: 'not_text' };
  const separator = guessSeparator(text);
  try {
    const records = parse(text.replace(/\r\n?/g, '\n'), {
      delimiter: separator,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      to: tableLimits.rows + 2,
    }) as readonly (readonly string[])[];
    let next = 1;
    const numbered = records.map((cells) => {
      const line = next;
      next += cells.join('').split('\n').length;
      return { line, cells };
    });
    const table = toTable(numbered);
    return 'code' in table ? table : { table, encoding, separator };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { code: 'quotes', line: typeof error['lines'] === 'number' ? error['lines'] : 1 };
  }
}

/**
 * Takes the first row that is not empty for the headings and the others for rows.
 * @param records cells of every row with its number in the file
 * @returns the table, or what is wrong with it
 */
export function toTable(
  records: readonly { readonly line: number; readonly cells: readonly string[] }[],
): Table | TableFault {
  const filled = records
    .map(({ line, cells }) => ({ line, cells: cells.slice(0, tableLimits.columns).map(cleanCell) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [head, ...rows] = filled;
  if (head === undefined || rows.length === 0) return { code: 'empty' };
  if (rows.length > tableLimits.rows) return { code: 'too_many_rows', limit: tableLimits.rows };
  const width = Math.max(...filled.map(({ cells }) => cells.findLastIndex((cell) => cell !== '') + 1));
  const widen = (cells: readonly string[]): readonly string[] =>
    Array.from({ length: width }, (_, index) => cells[index] ?? '');
  return { headings: widen(head.cells), rows: rows.map(({ line, cells }) => ({ line, cells: widen(cells) })) };
}

/** No-break spaces count as spaces; an apostrophe that keeps a spreadsheet from running a formula is not content. */
function cleanCell(cell: string): string {
  return cell
    .replaceAll('\u00a0', ' ')
    .trim()
    .replace(/^'(?=[=+\-@])/, '')
    .slice(0, tableLimits.cellLength);
}

function guessSeparator(text: string): CsvTable['separator'] {
  const heading = text.split(/\r\n?|\n/).find((line) => line.trim() !== '') ?? '';
  const outside = heading.replaceAll(/"[^"]*"/g, '');
  const [best = ';'] = [...separators].sort(
    (first, second) => outside.split(second).length - outside.split(first).length,
  );
  return best;
}
