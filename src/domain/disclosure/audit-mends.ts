import type { Group, GroupKey } from '../benchmark/types';
import type { AuditBlock } from './audit-block';
import { isPrinted, type Printing } from './audit-rows';
import { stepOf } from './printed-share';
import type { GroupSet, RespondentSet } from './respondent-sets';

/** One way of telling less: a group printed in coarse steps, or not at all. */
export interface Mend {
  /** The group, and others with exactly the same respondents. */
  readonly keys: readonly GroupKey[];
  readonly isCoarse: boolean;
}

/** Everything is printed coarsely before anything is hidden. */
const hidingLoss = 6;
/** Totals with so many answers are not printed coarsely for the sake of one organisation's counts. */
const maximumCoarseCount = 200;

/** Keys of published groups by the columns they hold. */
export type Twins = ReadonlyMap<string, readonly GroupKey[]>;

/** What can be told less. */
export interface MendState {
  readonly printing: Printing;
  readonly twins: Twins;
  /** Whether a group may be told less at all. */
  readonly canMend: (key: GroupKey) => boolean;
}

function keysOf({ group, columns }: GroupSet, twins: Twins): readonly GroupKey[] {
  return twins.get(columns.join()) ?? [group.key];
}

/**
 * @param published published groups.
 * @returns those with exactly the same respondents together: in a network of two the rest of one is the other.
 */
export function findTwins(published: readonly GroupSet[]): Twins {
  const twins = new Map<string, GroupKey[]>();
  for (const { group, columns } of published) {
    const name = columns.join();
    twins.set(name, [...(twins.get(name) ?? []), group.key]);
  }
  return twins;
}

/**
 * Finds what to tell less among figures that give something away: coarse before hidden, and of each kind first where it
 * is missed least; among equals what moves most. The network's figures of one category go together, and those of a peer group,
 * for the total and each total without one organisation would tell the same.
 * @param blamed published groups, each with how much its limits matter.
 * @param state what is already told less and may be, all published groups, and organisations of the set that is protected.
 * @returns the mend; null when nothing of these is printed any more.
 */
export function findBestMend(
  blamed: readonly { readonly set: GroupSet; readonly rate: number }[],
  {
    printing,
    twins,
    canMend,
    published,
    own,
  }: MendState & { readonly published: readonly GroupSet[]; readonly own: ReadonlySet<string> },
): Mend | null {
  const isMendable = (set: GroupSet): boolean => keysOf(set, twins).every(canMend);
  const [best] = blamed
    .filter(({ set }) => isPrinted(set.group, printing) && isMendable(set))
    .map(({ set, rate }) => {
      const isCoarse = !printing.coarse.has(set.group.key);
      const loss = rankLoss(set.group, own) + (isCoarse ? 0 : hidingLoss);
      return { set, isCoarse, loss, use: rate * set.count * stepOf(set.count, true) };
    })
    .sort(
      (first, second) =>
        first.loss - second.loss || second.use - first.use || (first.set.group.key < second.set.group.key ? -1 : 1),
    );
  if (best === undefined) return null;
  const { group } = best.set;
  const together =
    best.isCoarse && group.organisation === null
      ? published.filter(
          (one) => one.group.organisation === null && isSameCategory(one.group, group) && isMendable(one),
        )
      : [best.set];
  return {
    keys: [...new Set(together.flatMap((one) => keysOf(one, twins)))],
    isCoarse: best.isCoarse,
  };
}

function isSameCategory(first: Group, second: Group): boolean {
  return first.sector === second.sector && first.size === second.size && first.peers === second.peers;
}

/** Order in which figures are told less: breakdowns before totals, the set's own organisations before others (R11). */
function rankLoss({ organisation, sector, size }: Group, own: ReadonlySet<string>): number {
  const isTotal = sector === null && size === null;
  if (organisation === null) return isTotal ? 5 : 1;
  if (own.has(organisation)) return isTotal ? 2 : 0;
  return isTotal ? 4 : 3;
}

/**
 * Lists what could be told less so that a small set stays unknown, least loss first: coarse before hidden, breakdowns
 * before totals of organisations before totals of the network (R11), small groups before large ones.
 * @param block the organisation.
 * @param target the set.
 * @param state what is already told less, and may be.
 * @returns mends not yet made, in groups of about the same loss.
 */
export function listMends(
  block: AuditBlock,
  target: RespondentSet,
  { printing, twins, canMend }: MendState,
): readonly (readonly Mend[])[] {
  const holds = new Set(target.columns);
  const meets = (columns: readonly number[]): boolean => columns.some((column) => holds.has(column));
  const sort = (sets: Iterable<GroupSet>): readonly GroupSet[] =>
    [...sets].filter(({ group }) => isPrinted(group, printing)).sort(compareLoss);
  const own = sort(block.printed);
  const nearest = [...own.filter(({ columns }) => meets(columns)), ...own.filter(({ columns }) => !meets(columns))];
  const breakdowns = nearest.filter(isBreakdown);
  const totals = nearest.filter((set) => !isBreakdown(set));
  const around = sort(listAround(block, meets));
  const mend = (sets: readonly GroupSet[], isCoarse: boolean): readonly Mend[] =>
    sets.map((set) => ({ keys: keysOf(set, twins), isCoarse })).filter(({ keys }) => keys.every(canMend));
  const coarsen = (sets: readonly GroupSet[]): readonly Mend[] => {
    const whole = sets.filter(({ group, count }) => count < maximumCoarseCount && !printing.coarse.has(group.key));
    return mend(whole, true);
  };
  const isOther = ({ group }: GroupSet): boolean => group.organisation !== null;
  return [
    coarsen(breakdowns),
    coarsen(around.filter((set) => !isOther(set))),
    coarsen(totals),
    coarsen(around.filter(isOther)),
    mend(breakdowns, false),
    mend(totals, false),
    mend(around.filter(isOther), false),
    mend(
      around.filter((set) => !isOther(set)),
      false,
    ),
  ];
}

function isBreakdown({ group }: GroupSet): boolean {
  return group.organisation !== null && (group.sector !== null || group.size !== null);
}

/** Totals that hold some of a set, and what other organisations print of the same category. */
function listAround({ across, few }: AuditBlock, meets: (columns: readonly number[]) => boolean): Iterable<GroupSet> {
  const groups = new Map<GroupKey, GroupSet>();
  for (const { whole, others } of across.filter(({ inside }) => meets(inside))) {
    groups.set(whole.group.key, whole);
    for (const { printed } of others) if (printed !== null) groups.set(printed.group.key, printed);
  }
  for (const set of few) if (meets(set.columns)) groups.set(set.group.key, set);
  return groups.values();
}

function compareLoss(first: GroupSet, second: GroupSet): number {
  const byPriority = second.group.priority - first.group.priority;
  if (byPriority !== 0) return byPriority;
  if (first.count !== second.count) return first.count - second.count;
  return first.group.key < second.group.key ? -1 : 1;
}
