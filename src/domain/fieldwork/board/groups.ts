import { createGroup, isMember } from '../../benchmark/groups';
import type { Group } from '../../benchmark/types';
import { defaultPolicy } from '../../disclosure/policy';
import { computeMask } from '../../disclosure/suppression-mask';
import { sectors, sizes } from '../types';
import type { BoardCell } from './counts';

/** With more members than this only the network is broken down; inside them there would hardly be a large enough group. */
const mostBrokenDown = 40;

/** What a board needs to know of a cell to decide what may be shown. */
export type BoardAtom = Pick<BoardCell, 'organisation' | 'sector' | 'size' | 'invitedUnits'>;

function crossGroups(): readonly Group[] {
  return sectors.flatMap((sector) =>
    sizes.map((size) => ({ ...createGroup({ sector }), key: `sector=${sector};size=${size}`, size })),
  );
}

/** Most wanted first: what has to be hidden to protect others is looked for from the end. */
function declareViews(organisations: readonly string[]): readonly (readonly Group[])[] {
  const within = organisations.length > mostBrokenDown ? [] : organisations;
  return [
    [createGroup({})],
    organisations.map((organisation) => createGroup({ organisation })),
    sectors.map((sector) => createGroup({ sector })),
    sizes.map((size) => createGroup({ size })),
    within.flatMap((organisation) => sectors.map((sector) => createGroup({ organisation, sector }))),
    within.flatMap((organisation) => sizes.map((size) => createGroup({ organisation, size }))),
    crossGroups(),
  ];
}

/**
 * Decides which groups a board shows. Organisations with fewer than k invited units are left out of everything, totals
 * included; of the others every group with at least k is shown, unless the shown groups together would give away one
 * with fewer (statistics.md 2.4, R1, R3 and R4, with invited units in place of answers). All readers and all days share
 * the one decision: it depends on the invited units alone, which are fixed when the wave opens, so neither readers who
 * put their pages together nor yesterday's page tell more.
 * @param atoms cells of the frame
 * @param minimumCellSize k
 * @returns the groups, the network first; none when no organisation has k invited units
 */
export function listBoardGroups(atoms: readonly BoardAtom[], minimumCellSize: number): readonly Group[] {
  const organisations = [...new Set(atoms.map(({ organisation }) => organisation))]
    .filter((organisation) => countUnits(atoms, createGroup({ organisation })) >= minimumCellSize)
    .sort();
  const views = declareViews(organisations);
  const { published } = computeMask({
    // Members see each other's participation only through their coordinator, so rules about comparators do not apply.
    policy: { ...defaultPolicy, minimumCellSize, isOpenNetwork: true },
    sensitivity: 0,
    atoms: atoms
      .filter(({ organisation }) => organisations.includes(organisation))
      .map(({ invitedUnits, ...atom }) => ({ ...atom, validCount: invitedUnits, optionCounts: [] })),
    groups: views.flatMap((view, priority) => view.map((group) => ({ ...group, priority }))),
  });
  return views.flat().filter(({ key }) => published.has(key));
}

/**
 * Finds the cells of a group among those of the organisations that the board shows.
 * @param cells cells of the frame
 * @param groups what the board shows
 * @param group one of them
 */
export function cellsOfGroup<Cell extends BoardAtom>(
  cells: readonly Cell[],
  groups: readonly Group[],
  group: Group,
): readonly Cell[] {
  const shown = new Set(groups.flatMap(({ organisation }) => organisation ?? []));
  return cells.filter((cell) => shown.has(cell.organisation) && isMember(group, cell));
}

function countUnits(atoms: readonly BoardAtom[], group: Group): number {
  return atoms.reduce((sum, atom) => sum + (isMember(group, atom) ? atom.invitedUnits : 0), 0);
}
