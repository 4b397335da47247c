import type { FrameMapping } from '../db/frame-imports';
import type { Organisation } from '../db/organisations';
import { frameColumns, guessColumns } from '../domain/fieldwork/frame-columns';
import { readWord, worded, type WordedColumn } from '../domain/fieldwork/frame-words';
import { normaliseWord } from '../domain/fieldwork/normalise-word';
import type { FrameRow } from '../domain/fieldwork/read-frame-rows';
import type { Table } from '../formats/read-table';

/** A word of a file that nothing is known about, and how many rows have it. */
export interface UnknownWord {
  readonly column: WordedColumn;
  readonly word: string;
  readonly count: number;
  /** Meaning that somebody has chosen; null: none yet. */
  readonly code: string | null;
}

/**
 * Suggests what the columns of a table tell.
 * @param table the table
 * @param organisations organisations that the rows may be about
 * @returns columns with a heading of a known meaning; the organisation when there is only one
 */
export function suggestMapping(table: Table, organisations: readonly Organisation[]): FrameMapping {
  const columns = guessColumns(table.headings);
  const [only] = organisations;
  const isSole = organisations.length === 1 && columns.organisation === undefined;
  return { sheet: 0, columns, organisation: isSole ? (only?.key ?? null) : null, words: {} };
}

/**
 * Takes the cells of a table to the columns of a frame. A file without keys of its own gets them from the organisation and
 * the name of the workplace.
 * @param table the table
 * @param mapping which column tells what
 * @param readOrganisation key of an organisation by what the file calls it
 * @returns rows of a frame
 */
export function toFrameRows(
  table: Table,
  { columns, organisation }: FrameMapping,
  readOrganisation: (found: string) => string | null,
): readonly FrameRow[] {
  return table.rows.map(({ line, cells }) => {
    const mapped = frameColumns.flatMap((column) => {
      const position = columns[column];
      return position === undefined ? [] : [[column, cells[position] ?? ''] as const];
    });
    const row: FrameRow['cells'] = {
      ...Object.fromEntries(mapped),
      ...(organisation !== null && { organisation }),
    };
    if (columns.unit !== undefined || row.unit_name === undefined || row.unit_name === '') return { line, cells: row };
    const prefix = readOrganisation(row.organisation ?? '') ?? row.organisation ?? '';
    return { line, cells: { ...row, unit: `${prefix} ${row.unit_name}` } };
  });
}

/**
 * Makes a function that finds organisations by what files call them: key, organisation number or name, with or without
 * "kommune".
 * @param organisations organisations that may be found
 */
export function createOrganisationReader(organisations: readonly Organisation[]): (found: string) => string | null {
  const shorten = (name: string): string =>
    normaliseWord(name).replace(/ ?(?:fylkeskommune|kommune|fylke|municipality|county)$/, '');
  const known = new Map(
    organisations.flatMap(({ key, name, orgnr }) => [
      [shorten(name), key],
      [normaliseWord(name), key],
      [orgnr, key],
      [key, key],
    ]),
  );
  return (found) =>
    known.get(found) ??
    known.get(found.replaceAll(' ', '')) ??
    known.get(normaliseWord(found)) ??
    known.get(shorten(found)) ??
    null;
}

/**
 * Lists the words of a file that have to be given a meaning.
 * @param rows rows of the frame
 * @param mapping meanings that somebody has chosen
 * @returns words by column, the most frequent first
 */
export function listUnknownWords(rows: readonly FrameRow[], { words }: FrameMapping): readonly UnknownWord[] {
  return worded.flatMap((column) => {
    const counts = new Map<string, number>();
    for (const { cells } of rows) {
      const found = normaliseWord(cells[column] ?? '');
      if (found !== '' && readWord(column, found) === null) counts.set(found, (counts.get(found) ?? 0) + 1);
    }
    return [...counts]
      .map(([word, count]) => ({ column, word, count, code: words[column]?.[word] ?? null }))
      .sort((first, second) => second.count - first.count);
  });
}
