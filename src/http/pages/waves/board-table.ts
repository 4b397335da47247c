import { countEligible, type FieldworkCounts } from '../../../domain/fieldwork/board/counts';
import type { BoardRow } from '../../../domain/fieldwork/board/rows';
import type { TextKey } from '../../../texts/translate';
import type { LastRates } from '../../../usecases/coordinator/read-board';
import { formatCount } from '../format-date';
import { nameCategory, type Words } from '../results/words';

/** One cell of a table with the heading of its column. */
interface CountCell {
  readonly label: string;
  readonly text: string;
}

export interface BoardTableRow {
  readonly name: string;
  readonly cells: readonly CountCell[];
  /** RR2. */
  readonly rate: { readonly label: string; readonly text: string; readonly percent: number | null };
  /** What the last wave had got; null where no row of the table has one. */
  readonly last: CountCell | null;
}

export interface BoardTable {
  readonly id: string;
  readonly title: string;
  readonly help: string | null;
  readonly headings: readonly string[];
  readonly rows: readonly BoardTableRow[];
  readonly total: BoardTableRow | null;
}

type NamedRow = BoardRow & { readonly name: string; readonly last?: LastRates | null };

interface Column {
  readonly name: TextKey;
  readonly read: (counts: FieldworkCounts) => number;
  /** Rare outcomes get a column only where there is one. */
  readonly isRare?: boolean;
}

const invited: Column = { name: 'board.invited', read: (counts) => counts.invited };
const answered: Column = { name: 'board.answered', read: (counts) => counts.answered };
const rare: readonly Column[] = [
  { name: 'board.other', read: (counts) => counts.other, isRare: true },
  { name: 'board.ineligible', read: (counts) => counts.ineligible, isRare: true },
];
const openColumns: readonly Column[] = [
  invited,
  { name: 'board.mailed', read: (counts) => counts.mailed, isRare: true },
  { name: 'board.opened', read: (counts) => counts.opened },
  { name: 'board.started', read: (counts) => counts.started },
  answered,
  { name: 'board.declined', read: (counts) => counts.refused },
  { name: 'board.undeliverable', read: (counts) => counts.undeliverable },
  ...rare,
];
const closedColumns: readonly Column[] = [
  invited,
  answered,
  { name: 'board.refused', read: (counts) => counts.refused },
  { name: 'board.not_contacted', read: (counts) => counts.notContacted },
  { name: 'board.undeliverable', read: (counts) => counts.undeliverable },
  ...rare,
];

/** What a table is made of. */
export interface TableParts {
  readonly id: string;
  readonly title: string;
  readonly help?: string;
  readonly isOpen: boolean;
  readonly rows: readonly NamedRow[];
  readonly total: NamedRow | null;
}

/**
 * Makes a table of a board: counts of invitations and RR2, one row a group.
 * @param parts title and rows
 * @param words words of the reader's language
 * @returns null when there is no row
 */
export function createBoardTable(parts: TableParts, words: Words): BoardTable | null {
  const { id, title, help, isOpen, rows, total } = parts;
  if (rows.length === 0) return null;
  const all = total === null ? rows : [...rows, total];
  const columns = (isOpen ? openColumns : closedColumns).filter(
    ({ isRare, read }) => isRare !== true || all.some(({ counts }) => read(counts) > 0),
  );
  const hasLast = all.some(({ last }) => (last ?? null) !== null);
  const toRow = (row: NamedRow): BoardTableRow => ({
    name: row.name,
    cells: columns.map(({ name, read }) => ({
      label: words.t(name),
      text: formatCount(words.language, read(row.counts)),
    })),
    rate: createRate(row, words),
    last: hasLast ? { label: words.t('board.last'), text: describeLast(row.last ?? null, words) } : null,
  });
  return {
    id,
    title,
    help: help ?? null,
    headings: [
      ...columns.map(({ name }) => words.t(name)),
      words.t('board.rate'),
      ...(hasLast ? [words.t('board.last')] : []),
    ],
    rows: rows.map(toRow),
    total: total === null ? null : toRow(total),
  };
}

function createRate({ rates, counts }: BoardRow, words: Words): BoardTableRow['rate'] {
  const label = words.t('board.rate');
  const percent = rates.rr2 === null || countEligible(counts) === 0 ? null : Math.round(rates.rr2 * 100);
  return { label, percent, text: percent === null ? '–' : words.t('results.percent', { value: percent }) };
}

/** A rate of the last wave as whole per cent in words. */
export function describeLast(last: LastRates | null, words: Words): string {
  const say = (rate: number): string => words.t('results.percent', { value: Math.round(rate * 100) });
  if (last === null || last.final === null) return '–';
  return last.sameDay === null
    ? say(last.final)
    : words.t('board.last.value', { sameDay: say(last.sameDay), final: say(last.final) });
}

/**
 * Names a part of the network or of an organisation.
 * @param row sector, size or both
 * @param words words of the reader's language
 */
export function namePart({ sector, size }: Pick<BoardRow, 'sector' | 'size'>, words: Words): string {
  if (sector === null) return nameCategory(words, 'size', size ?? '');
  if (size === null) return nameCategory(words, 'sector', sector);
  return `${nameCategory(words, 'sector', sector)}, ${nameCategory(words, 'size', size).toLowerCase()}`;
}
