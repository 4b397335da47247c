import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Context } from '../context';
import { selectAnsweredDays, selectBoardCells } from '../db/board-cells';
import { selectFieldworkDays, selectFieldworkOutcomes, type KeptDay } from '../db/fieldwork-outcomes';
import type { Wave } from '../db/waves';
import type { Group } from '../domain/benchmark/types';
import type { BoardCell } from '../domain/fieldwork/board/counts';
import { listBoardGroups } from '../domain/fieldwork/board/groups';
import { createClosedRow, createOpenRows, type BoardRow } from '../domain/fieldwork/board/rows';

/** Everything that a board may show to somebody who sees the whole network. */
export interface BoardRows {
  readonly rows: readonly BoardRow[];
  /** What came in by day, per organisation that is shown and in all (null). */
  readonly days: readonly KeptDay[];
}

/** Which groups are shown follows from the frame, which is fixed at opening, and takes up to seconds to find out. */
const knownGroups = new LRUCache<string, readonly Group[]>({ max: 200 });

function recallGroups(cells: readonly BoardCell[], minimumCellSize: number): readonly Group[] {
  const frame = cells.map(({ organisation, sector, size, invitedUnits }) => [organisation, sector, size, invitedUnits]);
  const key = createHash('sha256')
    .update(JSON.stringify([minimumCellSize, frame]))
    .digest('base64');
  const groups = knownGroups.get(key) ?? listBoardGroups(cells, minimumCellSize);
  knownGroups.set(key, groups);
  return groups;
}

/**
 * Loads what a board may show of a wave: counted now while it is open, as it was kept once it is closed.
 * @param context the process' context
 * @param wave the wave
 * @returns rows of groups that are large enough, none before the wave opens
 */
export async function loadBoardRows(context: Context, wave: Pick<Wave, 'id' | 'state' | 'policy'>): Promise<BoardRows> {
  const { db } = context;
  if (wave.state === 'draft') return { rows: [], days: [] };
  if (wave.state !== 'open') {
    const outcomes = await selectFieldworkOutcomes(db, wave.id);
    return { rows: outcomes.map(createClosedRow), days: await selectFieldworkDays(db, wave.id) };
  }
  const cells = await selectBoardCells(db, wave.id);
  const groups = recallGroups(cells, wave.policy.minimumCellSize);
  const shown = new Set(groups.flatMap(({ organisation }) => organisation ?? []));
  const days = (await selectAnsweredDays(db, wave.id)).filter(({ organisation }) => shown.has(organisation));
  return {
    rows: createOpenRows(cells, groups),
    days: [...days, ...days.map(({ day, answered }) => ({ organisation: null, day, answered }))],
  };
}
