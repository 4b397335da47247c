import type { Codebook, CodebookVariable } from './codebook';
import type { RawAnswers } from './types';

/** A column of a file of responses; `code` is set where the column is one category of a multiple choice. */
export interface ResponseColumn {
  readonly column: string;
  readonly variable: string;
  readonly code: string | null;
}

/** A cell or a heading that cannot be read, with what was expected in plain words. */
export interface ColumnFault {
  readonly column: string;
  readonly expected: string;
}

/** What one row says, before the instrument checks it. */
export interface ParsedResponseRow {
  readonly raw: RawAnswers;
  readonly faults: readonly ColumnFault[];
}

const decimalPattern = /^-?\d{1,15}(?:[.,]\d{1,15})?$/;

/**
 * Lists the columns of a file of responses: one a variable, for a multiple choice one a category.
 * @param codebook the codebook
 * @returns columns `<variable>` or `<variable>__<code>`, in the order of the codebook
 */
export function columnsOf(codebook: Codebook): readonly ResponseColumn[] {
  return codebook.variables.flatMap((variable): readonly ResponseColumn[] => columnsOfVariable(variable));
}

/**
 * Checks the heading of a file of responses. Variables may be left out, but not some of one's categories.
 * @param codebook the codebook
 * @param columns headings of the file without the columns that are no variables, such as unit and disposition
 * @returns faults of headings that are unknown, repeated or missing
 */
export function checkResponseColumns(codebook: Codebook, columns: readonly string[]): readonly ColumnFault[] {
  const known = columnsOf(codebook);
  const names = new Set(known.map(({ column }) => column));
  const given = new Set(columns);
  const started = new Set(known.filter(({ column }) => given.has(column)).map(({ variable }) => variable));
  const unknown = columns.filter((column) => !names.has(column));
  const repeated = [...given].filter((column) => columns.indexOf(column) !== columns.lastIndexOf(column));
  const missing = known.filter(({ column, variable }) => started.has(variable) && !given.has(column));
  return [
    ...unknown.map((column) => ({ column, expected: 'a variable of the codebook, or <variable>__<code>' })),
    ...repeated.map((column) => ({ column, expected: 'each column once' })),
    ...missing.map(({ column, variable }) => ({ column, expected: `a column for every category of ${variable}` })),
  ];
}

/**
 * Reads the answers of one row. An empty cell is a missing answer. The categories of a multiple choice are 0 or 1, or
 * all empty; all 0 is a missing answer too, because "none of these" is a category of its own where it can be meant:
 * nothing ticked is a question that was skipped.
 * @param codebook the codebook
 * @param row cells by column name, as text
 * @returns raw values for the instrument's check, and the faults found on the way
 */
export function parseResponseRow(codebook: Codebook, row: Readonly<Record<string, string>>): ParsedResponseRow {
  const raw: Record<string, unknown> = {};
  const faults: ColumnFault[] = [];
  for (const variable of codebook.variables) {
    const parsed = variable.type === 'multiple' ? parseMultiple(variable, row) : parseCell(variable, row);
    if (parsed.value !== undefined) raw[variable.name] = parsed.value;
    faults.push(...parsed.faults);
  }
  return { raw, faults };
}

interface ParsedValue {
  readonly value?: unknown;
  readonly faults: readonly ColumnFault[];
}

function columnsOfVariable(variable: CodebookVariable): readonly ResponseColumn[] {
  const { name } = variable;
  if (variable.type !== 'multiple') return [{ column: name, variable: name, code: null }];
  return (variable.values ?? []).map(({ code }) => ({ column: `${name}__${code}`, variable: name, code }));
}

function readCell(row: Readonly<Record<string, string>>, column: string): string {
  return Object.hasOwn(row, column) ? (row[column] ?? '').trim() : '';
}

function parseCell(variable: CodebookVariable, row: Readonly<Record<string, string>>): ParsedValue {
  const column = variable.name;
  const cell = readCell(row, column);
  if (cell === '') return { faults: [] };
  if (variable.type === 'number') {
    if (!decimalPattern.test(cell)) return { faults: [{ column, expected: 'a number such as 12 or 12.5, or empty' }] };
    return { value: Number(cell.replace(',', '.')), faults: [] };
  }
  const codes = (variable.values ?? []).map(({ code }) => code);
  if (variable.type === 'single' && !codes.includes(cell)) {
    return { faults: [{ column, expected: `one of ${codes.join(', ')}, or empty` }] };
  }
  return { value: cell, faults: [] };
}

function parseMultiple(variable: CodebookVariable, row: Readonly<Record<string, string>>): ParsedValue {
  const cells = columnsOfVariable(variable).map(({ column, code }) => ({ column, code, cell: readCell(row, column) }));
  if (cells.every(({ cell }) => cell === '')) return { faults: [] };
  const faults = cells
    .filter(({ cell }) => cell !== '0' && cell !== '1')
    .map(({ column }) => ({ column, expected: `0 or 1, or every column of ${variable.name} empty` }));
  const ticked = cells.filter(({ cell }) => cell === '1').map(({ code }) => code);
  return ticked.length === 0 || faults.length > 0 ? { faults } : { value: ticked, faults };
}
