import type { Language } from '../domain/languages';
import { AppError, type FileFault } from '../errors';
import { readCsv, type CsvColumns, type CsvContent, type CsvFault, type CsvRow } from '../formats/read-csv';
import { translate, type TextKey, type TextValues } from '../texts/translate';

/** A file that somebody hands in, and the language that its faults are told in. */
export interface ImportFile {
  /** Name to report faults under. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly language: Language;
}

export type ImportKey = TextKey & `import.${string}`;

/** Collects the faults of one file. */
export interface FaultList {
  /** Adds a fault of one cell, or of the whole line when the column is empty. */
  add(place: { readonly line: number; readonly column: string }, key: ImportKey, values?: TextValues): void;
  /** @throws AppError import_faulty with every fault by line, when there is one */
  throwIfAny(): void;
}

const headingKeys: Readonly<Record<CsvFault['code'], ImportKey>> = {
  not_utf8: 'import.not_utf8',
  quotes: 'import.quotes',
  separator: 'import.separator',
  empty: 'import.empty',
  column_unknown: 'import.column_unknown',
  column_repeated: 'import.column_repeated',
  column_missing: 'import.column_missing',
  cell_count: 'import.cell_count',
  control_character: 'import.control_character',
};

/**
 * @param file the file that is read
 * @returns an empty list of its faults
 */
export function createFaultList(file: ImportFile): FaultList {
  const faults: FileFault[] = [];
  return {
    add({ line, column }, key, values = {}) {
      faults.push({ file: file.name, line, column, message: translate(file.language, key, values) });
    },
    throwIfAny() {
      if (faults.length === 0) return;
      throw new AppError('import_faulty', {
        values: { file: file.name },
        faults: faults.sort((first, second) => first.line - second.line),
      });
    },
  };
}

/**
 * Reads the rows of a file.
 * @param file the file
 * @param columns headings that it must and may have
 * @returns headings and rows
 * @throws AppError import_faulty when the form of the file is wrong
 */
export function readImport(file: ImportFile, columns: CsvColumns): Omit<CsvContent, 'faults'> {
  const content = readCsv(file.bytes, columns);
  const list = createFaultList(file);
  for (const { line, column, code, values } of content.faults) list.add({ line, column }, headingKeys[code], values);
  list.throwIfAny();
  return content;
}

/**
 * Reports cells of a column that stand on an earlier line too.
 * @param faults list to add to
 * @param rows rows of the file
 * @param column the column
 */
export function reportRepeated(faults: FaultList, rows: readonly CsvRow[], column: string): void {
  const first = new Map<string, number>();
  for (const { line, cells } of rows) {
    const found = cells[column] ?? '';
    const earlier = first.get(found);
    if (earlier === undefined) first.set(found, line);
    else if (found !== '') faults.add({ line, column }, 'import.repeated', { found, line: earlier });
  }
}

/**
 * Reports a cell that is too short or too long.
 * @param faults list to add to
 * @param row the row
 * @param limits the column and its numbers of characters
 */
export function checkLength(
  faults: FaultList,
  { line, cells }: CsvRow,
  { column, minimum, maximum }: { readonly column: string; readonly minimum: number; readonly maximum: number },
): void {
  const found = (cells[column] ?? '').length;
  if (found < minimum || found > maximum) faults.add({ line, column }, 'import.length', { found, minimum, maximum });
}

/**
 * Reads a cell that must be one of some words.
 * @param faults list to add to
 * @param row the row
 * @param choice the column and what it may hold
 * @returns the word, or undefined after a fault
 */
export function readChoice<Choice extends string>(
  faults: FaultList,
  { line, cells }: CsvRow,
  { column, allowed }: { readonly column: string; readonly allowed: readonly Choice[] },
): Choice | undefined {
  const found = cells[column] ?? '';
  const choice = allowed.find((word) => word === found);
  if (choice === undefined) faults.add({ line, column }, 'import.one_of', { found, allowed: allowed.join(', ') });
  return choice;
}
