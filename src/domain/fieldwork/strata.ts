import { sectors, sizes, type Stratum } from './types';

/** Smallest number of invited units (at opening) or responses (at sealing) of a merged stratum. */
export const minimumStratumSize = 5;

/** A cell of the frame: one sector and size class of one organisation. */
export type Cell = Stratum['cells'][number];

/** Cells of one organisation that are kept together, with the number that decides whether they are enough. */
export interface CellGroup {
  readonly cells: readonly Cell[];
  readonly count: number;
}

/**
 * Puts cells in canonical order.
 * @param cells cells of one organisation
 * @returns the cells by sector in alphabetical order, then S, M, L
 */
export function sortCells(cells: readonly Cell[]): readonly Cell[] {
  return [...cells].sort((first, second) => rankOf(first) - rankOf(second));
}

/**
 * Names a stratum readably and uniquely within a wave.
 * @param organisation key of the organisation
 * @param cells cells of the stratum
 * @returns for example "asker:education:S" or "asker:culture+social:SML"
 */
export function nameStratum(organisation: string, cells: readonly Cell[]): string {
  const sorted = sortCells(cells);
  const sectorPart = [...new Set(sorted.map(({ sector }) => sector))].join('+');
  const sizePart = sizes.filter((size) => sorted.some((cell) => cell.size === size)).join('');
  return `${organisation}:${sectorPart}:${sizePart}`;
}

/**
 * Tells the one sector of some cells.
 * @param cells cells of one stratum
 * @returns the sector, or null when the cells have several
 */
export function soleSector(cells: readonly Cell[]): Stratum['sector'] {
  const [first, ...others] = cells;
  return first !== undefined && others.every(({ sector }) => sector === first.sector) ? first.sector : null;
}

/**
 * Tells the one size class of some cells.
 * @param cells cells of one stratum
 * @returns the size class, or null when the cells have several
 */
export function soleSize(cells: readonly Cell[]): Stratum['size'] {
  const [first, ...others] = cells;
  return first !== undefined && others.every(({ size }) => size === first.size) ? first.size : null;
}

/**
 * Merges groups of one organisation until each has enough: first within a sector, neighbouring sizes in the order S, M,
 * L (the first group that is too small joins the next larger one, the last joins the one before); then every group that
 * is still too small, the smallest first, joins the next smallest group of the organisation. Equal counts are taken in
 * canonical order. An organisation that has too few in all becomes one group.
 * @param groups groups of one organisation, no cell twice
 * @param minimum smallest count of a group
 * @returns merged groups in canonical order of their first cell
 */
export function mergeSmallGroups(groups: readonly CellGroup[], minimum: number): readonly CellGroup[] {
  const sorted = sortGroups(groups.map((group) => ({ ...group, cells: sortCells(group.cells) })));
  const acrossSectors = sorted.filter(({ cells }) => soleSector(cells) === null);
  const withinSectors = [...sectors].flatMap((sector) => {
    const own = sorted.filter(({ cells }) => soleSector(cells) === sector);
    return mergeNeighbours(own, minimum);
  });
  return mergeSmallest(sortGroups([...withinSectors, ...acrossSectors]), minimum);
}

const sectorOrder = [...sectors].sort();

function rankOf(cell: Cell): number {
  return sectorOrder.indexOf(cell.sector) * sizes.length + sizes.indexOf(cell.size);
}

function rankOfGroup({ cells: [first] }: CellGroup): number {
  return first === undefined ? -1 : rankOf(first);
}

function sortGroups(groups: readonly CellGroup[]): readonly CellGroup[] {
  return [...groups].sort((first, second) => rankOfGroup(first) - rankOfGroup(second));
}

function join(first: CellGroup, second: CellGroup): CellGroup {
  return { cells: sortCells([...first.cells, ...second.cells]), count: first.count + second.count };
}

function mergeNeighbours(groups: readonly CellGroup[], minimum: number): readonly CellGroup[] {
  const position = groups.findIndex(({ count }) => count < minimum);
  const start = Math.min(position, groups.length - 2);
  const first = groups[start];
  const second = groups[start + 1];
  if (position < 0 || first === undefined || second === undefined) return groups;
  return mergeNeighbours([...groups.slice(0, start), join(first, second), ...groups.slice(start + 2)], minimum);
}

function mergeSmallest(groups: readonly CellGroup[], minimum: number): readonly CellGroup[] {
  // Sorting is stable: equal counts stay in canonical order.
  const [smallest, next, ...others] = [...groups].sort((first, second) => first.count - second.count);
  if (smallest === undefined || next === undefined || smallest.count >= minimum) return groups;
  return mergeSmallest(sortGroups([join(smallest, next), ...others]), minimum);
}
