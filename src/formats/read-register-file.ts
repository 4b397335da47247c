import { parse } from 'csv-parse/sync';

/** One entry of a register's file. */
export interface RegisterRecord {
  /** Line of a CSV file, or number of the entry in a JSON file, from 1. */
  readonly line: number;
  /**
   * @param path name of a field, with dots into nested ones
   * @returns its text; empty when the entry does not have it
   */
  readonly read: (path: string) => string;
}

/** What a register's file holds. */
export interface RegisterContent {
  /** Name of the list in JSON, such as "codes"; null for CSV and for JSON that is nothing but a list. */
  readonly list: string | null;
  /** Headings of CSV; empty for JSON. */
  readonly headings: readonly string[];
  readonly records: readonly RegisterRecord[];
  /** Pages that the whole answer has and the number of this one, from 1; null when it is not divided. */
  readonly page: { readonly number: number; readonly of: number } | null;
}

type Json = Readonly<Record<string, unknown>>;

/** Statistics Norway writes CSV as ISO 8859-1 unless asked for UTF-8. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads an answer of Enhetsregisteret or Klass: JSON (a list, a named list, or a page of HAL) or CSV with comma, semicolon
 * or tab, as UTF-8 or ISO 8859-1. Which fields an entry must have is for the caller to say.
 * @param bytes content of the file
 * @param lists names under which a list may stand in JSON
 * @returns the entries; null when the file is neither of the two, or has no such list
 */
export function readRegisterFile(bytes: Uint8Array, lists: readonly string[]): RegisterContent | null {
  const text = decode(bytes).trim();
  return /^[[{]/.test(text) ? readJson(text, lists) : readTable(text);
}

function readJson(text: string, lists: readonly string[]): RegisterContent | null {
  const value = parseJson(text);
  if (Array.isArray(value)) return { list: null, headings: [], records: value.map(createJsonRecord), page: null };
  if (!isObject(value)) return null;
  const embedded = isObject(value['_embedded']) ? value['_embedded'] : {};
  const list = lists.find((name) => Array.isArray(value[name]) || Array.isArray(embedded[name]));
  const page = readPage(value['page']);
  if (list === undefined) {
    // A search without hits is a page without a list.
    return page !== null && page.of === 0 ? { list: null, headings: [], records: [], page: null } : null;
  }
  const entries: unknown = value[list] ?? embedded[list];
  const records = Array.isArray(entries) ? entries.map(createJsonRecord) : [];
  return { list, headings: [], records, page: page !== null && page.of > 1 ? page : null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readPage(value: unknown): RegisterContent['page'] {
  if (!isObject(value)) return null;
  const { number, totalPages } = value;
  return typeof number === 'number' && typeof totalPages === 'number' ? { number: number + 1, of: totalPages } : null;
}

function createJsonRecord(entry: unknown, index: number): RegisterRecord {
  return {
    line: index + 1,
    read: (path) => {
      const found = path
        .split('.')
        .reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), entry);
      return ['string', 'number', 'boolean'].includes(typeof found) ? String(found).trim() : '';
    },
  };
}

function readTable(text: string): RegisterContent | null {
  const [first = ''] = text.split('\n', 1);
  const delimiter = [',', ';', '\t'].sort((one, other) => first.split(other).length - first.split(one).length)[0];
  const rows = parseRows(text, delimiter);
  const [heading, ...body] = rows ?? [];
  if (heading === undefined) return null;
  const headings = heading.cells;
  return {
    list: null,
    headings,
    page: null,
    records: body.map(({ line, cells }) => ({ line, read: (path) => cells[headings.indexOf(path)]?.trim() ?? '' })),
  };
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function parseRows(text: string, delimiter = ','): readonly Row[] | null {
  const rows: Row[] = [];
  try {
    parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells: readonly string[], { lines }) => {
        rows.push({ line: lines, cells });
        return null;
      },
    });
    return rows;
  } catch {
    return null;
  }
}
