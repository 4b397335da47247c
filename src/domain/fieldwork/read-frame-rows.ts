import { defaultLanguage, languages } from '../languages';
import { isEmail } from './contact';
import type { FrameColumn } from './frame-columns';
import type { FramePerson } from './frame-entry';
import type { WordedColumn } from './frame-words';
import { readEmployeeCount, sizeClassOf } from './size-classes';
import { sectors, sizes, type Population, type Sector, type SizeClass } from './types';

/** One row of a frame file; a column that the file does not have has no cell. */
export interface FrameRow {
  readonly line: number;
  readonly cells: Readonly<Partial<Record<FrameColumn, string>>>;
}

/** What is wrong in one cell; the interface has words for `code`. */
export interface FrameFault {
  readonly line: number;
  readonly column: FrameColumn;
  readonly code:
    | 'missing'
    | 'length'
    | 'unknown_word'
    | 'organisation_unknown'
    | 'email'
    | 'employees'
    | 'unit_repeated'
    | 'unit_taken'
    | 'person_repeated'
    | 'unit_differs'
    | 'employees_too_few'
    | 'nobody_listed';
  /** The cell as it stands in the file. */
  readonly found: string;
  /** Number of characters allowed, line of the earlier row, or how many are listed, depending on the code. */
  readonly values: Readonly<Record<string, number>>;
}

/** How the cells of a file are understood. */
export interface FrameRules {
  readonly population: Population;
  /** @returns the code, or null for an unknown word */
  readonly readWord: (column: WordedColumn, found: string) => string | null;
  /** @returns key of an organisation that the reader may maintain, or null */
  readonly readOrganisation: (found: string) => string | null;
  /** @returns whether somebody else's unit has the key */
  readonly isTaken?: (unit: string) => boolean;
}

/** What a sound row says. */
export interface ReadRow {
  readonly line: number;
  readonly unit: string;
  readonly name: string | null;
  readonly organisation: string;
  readonly sector: Sector;
  readonly type: string;
  readonly size: SizeClass;
  /** Null: the file does not say. */
  readonly isInvited: boolean | null;
  readonly employeeCount: number | null;
  /** Null: nobody is named. */
  readonly person: FramePerson | null;
}

const longestUnitKey = 100;
const longestName = 200;
const fallbackType = 'annet';

/** What the readers of a row's parts share: its cells, and a list of what is wrong. */
interface CellReader {
  readonly faults: FrameFault[];
  readonly has: (column: FrameColumn) => boolean;
  readonly cell: (column: FrameColumn) => string;
  readonly report: (column: FrameColumn, code: FrameFault['code'], values?: FrameFault['values']) => null;
  readonly limit: (column: FrameColumn, minimum: number, maximum: number) => void;
  readonly word: (column: WordedColumn) => string | null;
  readonly pick: <Code extends string>(column: WordedColumn, codes: readonly Code[]) => Code | null;
}

/**
 * Reads one row by itself, without regard to others.
 * @param row the row
 * @param rules how cells are understood
 * @returns what it says, or null when it is not sound, and its faults in the order of the columns
 */
export function readFrameRow(
  row: FrameRow,
  rules: FrameRules,
): { readonly read: ReadRow | null; readonly faults: readonly FrameFault[] } {
  const reader = createCellReader(row, rules);
  const { faults, cell, report, limit } = reader;
  limit('unit', 1, longestUnitKey);
  if (rules.isTaken?.(cell('unit')) === true) report('unit', 'unit_taken');
  limit('unit_name', 0, longestName);
  const place = readPlace(reader, rules);
  const isInvited = reader.has('invited') ? reader.word('invited') === '1' : null;
  const person = readPerson(reader);
  if (faults.length > 0 || place === null || person === null) return { read: null, faults };
  const asksEmployees = rules.population === 'employees';
  const isNobody = isInvited === false || (asksEmployees && person.name === null && person.email === null);
  return {
    faults,
    read: {
      line: row.line,
      unit: cell('unit'),
      name: cell('unit_name') || null,
      ...place,
      isInvited,
      employeeCount: asksEmployees ? place.employeeCount : null,
      person: isNobody ? null : person,
    },
  };
}

function createCellReader(row: FrameRow, rules: FrameRules): CellReader {
  const faults: FrameFault[] = [];
  const cell: CellReader['cell'] = (column) => row.cells[column] ?? '';
  const report: CellReader['report'] = (column, code, values = {}) => {
    faults.push({ line: row.line, column, code, found: cell(column), values });
    return null;
  };
  const word: CellReader['word'] = (column) =>
    rules.readWord(column, cell(column)) ?? report(column, cell(column) === '' ? 'missing' : 'unknown_word');
  return {
    faults,
    cell,
    report,
    word,
    has: (column) => row.cells[column] !== undefined,
    limit(column, minimum, maximum) {
      const { length } = cell(column);
      const values = { found: length, minimum, maximum };
      if (length < minimum || length > maximum) report(column, length === 0 ? 'missing' : 'length', values);
    },
    pick(column, codes) {
      const code = word(column);
      return codes.find((each) => each === code) ?? null;
    },
  };
}

/** Where a unit belongs: what strata are made of. */
function readPlace(reader: CellReader, rules: FrameRules) {
  const { cell, has, report, pick, word } = reader;
  const organisation =
    rules.readOrganisation(cell('organisation')) ??
    report('organisation', cell('organisation') === '' ? 'missing' : 'organisation_unknown');
  const sector = pick('sector', sectors);
  const type = has('type') ? word('type') : fallbackType;
  const employeeCount =
    cell('employees') === '' ? null : (readEmployeeCount(cell('employees')) ?? report('employees', 'employees'));
  const size = !has('size') && employeeCount !== null ? sizeClassOf(employeeCount) : pick('size', sizes);
  if (organisation === null || sector === null || type === null || size === null) return null;
  return { organisation, sector, type, size, employeeCount };
}

function readPerson({ cell, limit, report, pick }: CellReader): FramePerson | null {
  limit('name', 0, longestName);
  if (cell('email') !== '' && !isEmail(cell('email'))) report('email', 'email');
  const language = cell('language') === '' ? defaultLanguage : pick('language', languages);
  return language === null ? null : { name: cell('name') || null, email: cell('email') || null, language };
}
