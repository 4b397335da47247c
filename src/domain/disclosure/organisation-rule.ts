import { keepDistinct, makeSet, type GroupSet, type RespondentSet, type SafetyRule } from './respondent-sets';
import type { Atom, DisclosurePolicy } from './types';
import { listFamilies, subtractNested, uniteSiblings } from './unsafe-sets';

/** What one member of a closed network learns about the others. */
export interface OrganisationView {
  /** The member, who knows its own answers. */
  readonly organisation: string;
  /** Columns of a group that belong to others, or null when the group is not shown to this member. */
  readonly lookAt: (set: GroupSet) => readonly number[] | null;
  readonly isUnsafe: SafetyRule;
  /** Groups that this member may not see because of rule R6. */
  readonly refused: readonly GroupSet[];
  /** What it must not be able to work out about the others. */
  readonly unsafe: readonly RespondentSet[];
}

/**
 * Rule R6: whether a set is made of enough organisations with none of them dominating.
 * @param atoms non-empty atoms.
 * @param policy K_org and the largest share of one organisation.
 * @returns a rule that is true for sets of fewer than K_org organisations or with a dominating one, the empty included.
 */
function createOrganisationRule(atoms: readonly Atom[], policy: DisclosurePolicy): SafetyRule {
  return (set) => {
    const counts = new Map<string, number>();
    for (const column of set.columns) {
      const atom = atoms[column];
      if (atom !== undefined) counts.set(atom.organisation, (counts.get(atom.organisation) ?? 0) + atom.validCount);
    }
    const isTooFew = counts.size < policy.minimumOrganisations;
    return isTooFew || Math.max(...counts.values()) > policy.maximumOrganisationShare * set.count;
  };
}

/**
 * Rule R6 for every member of a closed network: network totals are seen by all of them, a comparator by the member it
 * leaves out; both tell the member the same, the total of the others.
 * @param sets all groups of the lattice.
 * @param atoms non-empty atoms.
 * @param policy rules of the wave.
 * @returns one view per organisation of the lattice; none for an open network.
 */
export function listOrganisationViews(
  sets: readonly GroupSet[],
  atoms: readonly Atom[],
  policy: DisclosurePolicy,
): readonly OrganisationView[] {
  if (policy.isOpenNetwork) return [];
  const isUnsafe = createOrganisationRule(atoms, policy);
  const organisations = new Set(sets.flatMap(({ group }) => group.organisation ?? []));
  return [...organisations].map((organisation) => describeView(organisation, { sets, atoms, isUnsafe }));
}

function describeView(
  organisation: string,
  network: { sets: readonly GroupSet[]; atoms: readonly Atom[]; isUnsafe: SafetyRule },
): OrganisationView {
  const { sets, atoms, isUnsafe } = network;
  const lookAt = (set: GroupSet): readonly number[] | null => {
    const { group } = set;
    if (group.organisation !== null || (group.rest !== null && group.rest !== organisation)) return null;
    return set.columns.filter((column) => atoms[column]?.organisation !== organisation);
  };
  const seen = sets.flatMap((set) => {
    const columns = lookAt(set);
    return columns === null ? [] : [{ original: set, set: { group: set.group, ...makeSet(atoms, columns) } }];
  });
  const others = seen.filter(({ set }) => set.group.rest === null).map(({ set }) => set);
  const unions = listFamilies(others, atoms).flatMap((family) => uniteSiblings(family, () => true));
  const cells = sets
    .filter(({ group }) => group.organisation !== null && group.organisation !== organisation)
    .concat(others);
  const candidates = [...cells, ...subtractNested(others, atoms, isUnsafe), ...unions];
  return {
    organisation,
    lookAt,
    isUnsafe,
    refused: seen.filter(({ set }) => isUnsafe(set)).map(({ original }) => original),
    unsafe: keepDistinct(candidates.filter(isUnsafe)),
  };
}
