import { CsvError, parse } from 'csv-parse/sync';
import { findOtherSeparator } from './find-other-separator';

/** What makes a file unreadable as CSV, or one of its headings or cells unusable; the interface has words for `code`. */
export interface CsvFault {
  readonly line: number;
  /** Empty for a whole line. */
  readonly column: string;
  readonly code:
    | 'not_utf8'
    | 'quotes'
    | 'separator'
    | 'empty'
    | 'column_unknown'
    | 'column_repeated'
    | 'column_missing'
    | 'cell_count'
    | 'control_character';
  readonly values: Readonly<Record<string, string | number>>;
}

/** One record with the line it begins on. */
export interface CsvRow {
  readonly line: number;
  /** Cells by heading, without space around them. */
  readonly cells: Readonly<Record<string, string>>;
}

/** Which headings a file has. */
export interface CsvColumns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Set when headings that are not listed are checked elsewhere. */
  readonly allowOthers?: boolean;
}

/** Everything that a file holds, or every fault of its form. */
export interface CsvContent {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  readonly faults: readonly CsvFault[];
}

interface NumberedRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads a CSV file: UTF-8 with or without a byte order mark, comma, heading line.
 * @param bytes content of the file
 * @param expected headings
 * @returns headings, rows and faults; with faults nothing of the file may be used
 */
export function readCsv(bytes: Uint8Array, expected: CsvColumns): CsvContent {
  const text = decode(bytes);
  if (text === null) return onlyFault({ line: findBadLine(bytes), column: '', code: 'not_utf8', values: {} });
  const other = findOtherSeparator(text, [...expected.required, ...expected.optional]);
  if (other !== null) {
    return onlyFault({ line: other.line, column: '', code: 'separator', values: { separator: other.separator } });
  }
  const records = parseRecords(text);
  if ('code' in records) return onlyFault(records);
  const [heading, ...body] = records;
  if (heading === undefined) return onlyFault({ line: 1, column: '', code: 'empty', values: listColumns(expected) });
  const columns = heading.cells;
  const headingFaults = checkHeading(heading, expected);
  if (headingFaults.length > 0) return { columns, rows: [], faults: headingFaults };
  if (body.length === 0)
    return onlyFault({ line: heading.line + 1, column: '', code: 'empty', values: listColumns(expected) });
  return {
    columns,
    rows: body.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])),
    })),
    faults: body.flatMap((record) => checkRecord(record, columns)),
  };
}

function onlyFault(fault: CsvFault): CsvContent {
  return { columns: [], rows: [], faults: [fault] };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function findBadLine(bytes: Uint8Array): number {
  const newline = 10;
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
    if (decode(bytes.subarray(start, end)) === null) return line;
    line += 1;
    start = end + 1;
  }
  return line;
}

function parseRecords(text: string): readonly NumberedRecord[] | CsvFault {
  try {
    const parsed: readonly (readonly string[])[] = parse(text.replace(/\r\n?/g, '\n'), {
      record_delimiter: '\n',
      relax_column_count: true,
    });
    let next = 1;
    const numbered = parsed.map((cells) => {
      const line = next;
      next += cells.join('').split('\n').length;
      return { line, cells: cells.map((cell) => cell.trim()) };
    });
    return numbered.filter(({ cells }) => cells.some((cell) => cell !== ''));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    return { line, column: '', code: 'quotes', values: {} };
  }
}

function listColumns({ required, optional }: CsvColumns): CsvFault['values'] {
  return { columns: [...required, ...optional].join(', ') };
}

function checkHeading({ line, cells }: NumberedRecord, expected: CsvColumns): readonly CsvFault[] {
  const known = new Set([...expected.required, ...expected.optional]);
  const values = listColumns(expected);
  const missing = expected.required.filter((column) => !cells.includes(column));
  const unknown = expected.allowOthers === true ? [] : cells.filter((column) => !known.has(column));
  const repeated = cells.filter((column, index) => cells.indexOf(column) < index);
  return [
    ...missing.map((column): CsvFault => ({ line, column, code: 'column_missing', values })),
    ...unknown.map((column): CsvFault => ({ line, column, code: 'column_unknown', values })),
    ...repeated.map((column): CsvFault => ({ line, column, code: 'column_repeated', values })),
  ];
}

function checkRecord({ line, cells }: NumberedRecord, columns: readonly string[]): readonly CsvFault[] {
  if (cells.length !== columns.length) {
    const values = { found: cells.length, expected: columns.length };
    return [{ line, column: '', code: 'cell_count', values }];
  }
  return columns.flatMap((column, index): readonly CsvFault[] =>
    // eslint-disable-next-line no-control-regex -- these are the characters that no cell may hold
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(cells[index] ?? '')
      ? [{ line, column, code: 'control_character', values: {} }]
      : [],
  );
}
