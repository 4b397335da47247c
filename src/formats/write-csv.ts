import { Parser } from '@json2csv/plainjs';

/** A cell: a text, a number, yes or no (1 or 0), or nothing. */
type CsvCell = string | number | boolean | null;

/** One column: its heading and the cell it gives for a row. */
export interface CsvColumn<Row> {
  readonly name: string;
  readonly cell: (row: Row) => CsvCell;
}

const formulaStart = /^[=+\-@\t\r]/;
const plainNumber = /^-\d+(?:[.,]\d+)?(?:e[+-]?\d+)?$/i;

/**
 * Keeps a spreadsheet from running a text as a formula.
 * @param text content of a cell
 * @returns the text, behind an apostrophe when a spreadsheet would take it for a formula; negative numbers stay
 */
export function neutraliseFormula(text: string): string {
  return formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}

/**
 * Writes rows as CSV: comma, heading line, line feeds.
 * @param columns the columns in order
 * @param rows the rows in order
 * @returns the file's text, ending in a line feed
 */
export function writeCsv<Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => Object.fromEntries(columns.map(({ cell }, index) => [index, toCell(cell(row))])));
  const fields = columns.map(({ name }, index) => ({ label: neutraliseFormula(name), value: String(index) }));
  const parser = new Parser({ fields, eol: '\n', formatters: { string: formatText } });
  return `${parser.parse(cells)}\n`;
}

function toCell(value: CsvCell): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' ? neutraliseFormula(value) : value;
}

function formatText(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
