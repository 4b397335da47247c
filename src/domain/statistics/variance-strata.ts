import type { DesignCell } from './types';

/** Cells put together until every group has at least two respondents. */
export interface CollapsedStrata {
  readonly groups: readonly (readonly DesignCell[])[];
  readonly organisationsWithoutVariance: readonly string[];
}

const minimumRespondentCount = 2;

type CellGroup = readonly DesignCell[];

function countRespondents(group: CellGroup): number {
  return group.reduce((total, cell) => total + cell.respondentCount, 0);
}

function mergeSmallGroups(groups: readonly CellGroup[]): readonly CellGroup[] {
  let merged = groups;
  for (;;) {
    const small = merged.findIndex((group) => countRespondents(group) < minimumRespondentCount);
    if (small === -1 || merged.length === 1) return merged;
    const first = small === merged.length - 1 ? small - 1 : small;
    merged = [...merged.slice(0, first), merged.slice(first, first + 2).flat(), ...merged.slice(first + 2)];
  }
}

function groupBy<Key>(cells: readonly DesignCell[], keyOf: (cell: DesignCell) => Key): Map<Key, DesignCell[]> {
  const groups = new Map<Key, DesignCell[]>();
  for (const cell of cells) {
    const group = groups.get(keyOf(cell));
    if (group) group.push(cell);
    else groups.set(keyOf(cell), [cell]);
  }
  return groups;
}

function compareSectors([first]: [string | null, unknown], [second]: [string | null, unknown]): number {
  if (first === second) return 0;
  if (first === null) return 1;
  if (second === null) return -1;
  return first < second ? -1 : 1;
}

function collapseOrganisation(cells: readonly DesignCell[]): readonly CellGroup[] {
  const sectors = [...groupBy(cells, (cell) => cell.sector)].sort(compareSectors);
  const withinSectors = sectors.flatMap(([, sizes]) => mergeSmallGroups(sizes.map((cell) => [cell])));
  return mergeSmallGroups(withinSectors);
}

/**
 * Merges neighbouring cells until each has two respondents, so that a variance can be estimated within each.
 * Within a sector the first cell with fewer than two is merged with the next larger size (the last: next smaller);
 * then the same over the organisation's cells, sectors in code order and the sectorless last.
 * Source: collapsed strata, Cochran (1977), Sampling Techniques; collapsing never looks at answers.
 * @param cells - strata with their counts, sizes of one sector in rising order
 * @returns groups of cells with two or more respondents each, organisations in order of first appearance, and the
 *   organisations that have fewer than two respondents in all
 */
export function collapseVarianceStrata(cells: readonly DesignCell[]): CollapsedStrata {
  const groups: CellGroup[] = [];
  const organisationsWithoutVariance: string[] = [];
  for (const [organisation, own] of groupBy(cells, (cell) => cell.organisation)) {
    if (countRespondents(own) < minimumRespondentCount) organisationsWithoutVariance.push(organisation);
    else groups.push(...collapseOrganisation(own));
  }
  return { groups, organisationsWithoutVariance };
}
