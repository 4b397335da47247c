import type { Group } from '../../benchmark/types';
import { responseRates, type ResponseRates } from '../../statistics/response-rates';
import { sumCounts, toDispositions, type BoardCell, type FieldworkCounts } from './counts';
import { cellsOfGroup } from './groups';
import type { GroupOutcome } from './outcomes';

/** One group of a board, with what may be told about it. */
export interface BoardRow {
  readonly organisation: string | null;
  readonly sector: string | null;
  readonly size: string | null;
  readonly counts: FieldworkCounts;
  /** Complete responses among the answered; null: not known. */
  readonly complete: number | null;
  readonly rates: ResponseRates;
}

/**
 * Counts the groups of the board of a wave that is open.
 * @param cells cells of the frame
 * @param groups what the board shows
 * @returns one row a group, in the same order
 */
export function createOpenRows(cells: readonly BoardCell[], groups: readonly Group[]): readonly BoardRow[] {
  return groups.map((group) => {
    const { organisation, sector, size } = group;
    const counts = sumCounts(cellsOfGroup(cells, groups, group));
    return { organisation, sector, size, counts, complete: null, rates: responseRates(toDispositions(counts, null)) };
  });
}

/**
 * Turns what was kept of a closed wave into a row of its board.
 * @param outcome what became of the invitations of a group
 */
export function createClosedRow(outcome: GroupOutcome): BoardRow {
  const { organisation, sector, size, complete } = outcome;
  const counts = { ...outcome, mailed: 0, opened: 0, started: 0 };
  return { organisation, sector, size, counts, complete, rates: responseRates(toDispositions(counts, complete)) };
}

/** What a row is a part of. */
export type BoardView = 'network' | 'organisation' | 'sector' | 'size' | 'cross';

/**
 * Tells which table of a board a row belongs to.
 * @param row the row
 * @returns network and organisation: a total; the others: a part of one of them
 */
export function viewOf({ organisation, sector, size }: Pick<BoardRow, 'organisation' | 'sector' | 'size'>): BoardView {
  if (sector !== null) return size === null ? 'sector' : 'cross';
  if (size !== null) return 'size';
  return organisation === null ? 'network' : 'organisation';
}
