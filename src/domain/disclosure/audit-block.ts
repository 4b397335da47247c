import type { GroupKey } from '../benchmark/types';
import { isSubset, makeSet, type GroupSet, type RespondentSet } from './respondent-sets';
import type { Atom } from './types';

/** In networks of more, what all the others may hold says more than any total without one of them. */
const maximumOrganisations = 6;

/** In a group of so many, too many different counts give the same whole per cent for a single cell to follow from it. */
const enoughAnswers = 60;

/** One organisation: its cells, what is printed about them, and the small sets whose answers must stay unknown. */
export interface AuditBlock {
  /** Cells of the organisation, as positions in the list of all atoms. */
  readonly columns: readonly number[];
  /** Published groups within these cells. */
  readonly printed: readonly GroupSet[];
  /** Published groups that reach beyond the organisation. */
  readonly across: readonly AcrossGroup[];
  /** Those of them with so few answers that their per cent alone may give counts away. */
  readonly few: readonly GroupSet[];
  readonly targets: readonly AuditTarget[];
}

/** A set of fewer than k respondents: a hidden group, or a cell. */
export interface AuditTarget extends RespondentSet {
  /** Whether it is known how many of it gave a valid answer. */
  readonly isCountKnown: boolean;
}

/** A published group of many organisations, seen from one of them. */
export interface AcrossGroup {
  readonly whole: GroupSet;
  /** Cells of this organisation within the group. */
  readonly inside: readonly number[];
  /** The published group of this organisation in the same category, and the network without it in that category. */
  readonly own: GroupSet | null;
  readonly rest: GroupSet | null;
  /**
   * By other organisation, or peer group of others: its published group in the same category, and the weight of all its
   * respondents there.
   */
  readonly others: readonly { readonly printed: GroupSet | null; readonly weight: number }[];
}

export interface BlockInput {
  /** Cells with valid answers. */
  readonly atoms: readonly Atom[];
  readonly sets: readonly GroupSet[];
  readonly published: ReadonlySet<GroupKey>;
  readonly minimumCellSize: number;
  /** Whether it is known how many of a cell gave a valid answer. */
  readonly isCountKnown: (column: number) => boolean;
}

/**
 * Divides the audit by organisation (statistics.md 2.5): what is printed within it counts in full, totals of the network
 * as limits on what they leave for it.
 * @param input cells, all groups, which of them are published, and k.
 * @returns one block per organisation with something to protect.
 */
export function listAuditBlocks(input: BlockInput): readonly AuditBlock[] {
  const { atoms, sets, published } = input;
  const printed = sets.filter(({ group }) => published.has(group.key));
  const columnsOf = new Map<string, number[]>();
  atoms.forEach(({ organisation }, column) => {
    columnsOf.set(organisation, [...(columnsOf.get(organisation) ?? []), column]);
  });
  const categories = listCategories(printed, atoms);
  const few = printed.filter(({ group, count }) => group.organisation === null && count < enoughAnswers);
  const blocks = [...columnsOf].flatMap(([organisation, columns]): AuditBlock[] => {
    const targets = listTargets(input, organisation, columns);
    if (targets.length === 0) return [];
    const isInside = (set: GroupSet): boolean => isSubset(set.columns, columns);
    return [
      {
        columns,
        printed: printed.filter(isInside),
        across: categories.flatMap((category) => seeAcross(category, organisation, columns)),
        few: few.filter((set) => set.columns.some((column) => columns.includes(column))),
        targets,
      },
    ];
  });
  const spread = keepSmall(
    sets
      .filter(({ group }) => group.organisation === null && !published.has(group.key))
      .map((set) => ({ ...set, isCountKnown: false })),
    input.minimumCellSize,
  );
  if (spread.length === 0) return blocks;
  return [...blocks, { columns: [...atoms.keys()], printed, across: [], few: [], targets: spread }];
}

/** Cells and hidden groups of fewer than k. */
function listTargets(input: BlockInput, organisation: string, columns: readonly number[]): readonly AuditTarget[] {
  const { atoms, sets, published, minimumCellSize } = input;
  const cells = columns
    .filter(input.isCountKnown)
    .map((column) => ({ ...makeSet(atoms, [column]), isCountKnown: true }));
  const hidden = sets
    .filter(({ group }) => group.organisation === organisation && !published.has(group.key))
    .map((set) => ({ ...set, isCountKnown: true }));
  return keepSmall([...cells, ...hidden], minimumCellSize);
}

function keepSmall(targets: readonly AuditTarget[], minimumCellSize: number): readonly AuditTarget[] {
  const small = targets.filter(({ count }) => count > 0 && count < minimumCellSize);
  return [...new Map(small.map((set) => [set.columns.join(), set])).values()];
}

/** Published groups that differ by organisation alone. */
interface Category {
  readonly whole: GroupSet;
  readonly byOrganisation: ReadonlyMap<string, GroupSet>;
  readonly byRest: ReadonlyMap<string, GroupSet>;
  /** Peer groups within it. */
  readonly parts: readonly { readonly printed: GroupSet; readonly members: ReadonlySet<string> }[];
  readonly weights: ReadonlyMap<string, number>;
}

function listCategories(printed: readonly GroupSet[], atoms: readonly Atom[]): readonly Category[] {
  return printed
    .filter(({ group }) => group.organisation === null && group.rest === null)
    .map((whole) => {
      const alike = printed.filter(
        ({ group }) => group.sector === whole.group.sector && group.size === whole.group.size,
      );
      const within = alike.filter(({ group }) => group.peers === whole.group.peers);
      const weights = new Map<string, number>();
      for (const column of whole.columns) {
        const { organisation = '', weight = 1, validCount = 0 } = atoms[column] ?? {};
        weights.set(organisation, (weights.get(organisation) ?? 0) + weight * validCount);
      }
      return {
        whole,
        byOrganisation: new Map(alike.map((set) => [set.group.organisation ?? '', set])),
        byRest: new Map(within.map((set) => [set.group.rest ?? '', set])),
        parts: alike
          .filter((set) => isPeerGroup(set) && isSubset(set.columns, whole.columns))
          .map((printed) => ({
            printed,
            members: new Set(printed.columns.map((column) => atoms[column]?.organisation ?? '')),
          })),
        weights,
      };
    });
}

function isPeerGroup({ group }: GroupSet): boolean {
  return group.peers !== null && group.rest === null;
}

/**
 * The total, the same with a peer group of others in place of its members, and in small networks the totals without one
 * other organisation.
 */
function seeAcross(category: Category, organisation: string, columns: readonly number[]): readonly AcrossGroup[] {
  const { whole, byOrganisation, byRest, parts, weights } = category;
  const holds = new Set(whole.columns);
  const inside = columns.filter((column) => holds.has(column));
  if (inside.length === 0 || inside.length === whole.columns.length) return [];
  const others = [...weights].filter(([name]) => name !== organisation);
  const list = (names: typeof others): AcrossGroup['others'] =>
    names.map(([name, weight]) => ({ printed: byOrganisation.get(name) ?? null, weight }));
  const own = byOrganisation.get(organisation) ?? null;
  const without = others.length >= maximumOrganisations ? [] : others;
  return [
    { whole, inside, own, rest: byRest.get(organisation) ?? null, others: list(others) },
    ...parts
      .filter(({ members }) => !members.has(organisation))
      .map(({ printed, members }): AcrossGroup => {
        const weight = others.reduce((sum, [name, each]) => (members.has(name) ? sum + each : sum), 0);
        const outside = list(others.filter(([name]) => !members.has(name)));
        return { whole, inside, own, rest: null, others: [{ printed, weight }, ...outside] };
      }),
    ...without.flatMap(([name]): AcrossGroup[] => {
      const rest = byRest.get(name);
      if (rest === undefined) return [];
      return [{ whole: rest, inside, own, rest: null, others: list(others.filter(([other]) => other !== name)) }];
    }),
  ];
}
