import { validSetSignature } from '../disclosure/mask-signature';
import { computeMask } from '../disclosure/suppression-mask';
import type { Atom, DisclosurePolicy, HiddenReason, LatticeGroup, Mask } from '../disclosure/types';
import { isMember } from './groups';
import type { ReleaseStratum } from './release-strata';
import type { IndicatorTally } from './tally-responses';
import type { GroupKey } from './types';

/** What decides which groups of a wave are shown. */
export interface MaskContext {
  readonly strata: readonly ReleaseStratum[];
  readonly groups: readonly LatticeGroup[];
  readonly policy: DisclosurePolicy;
  /** Smallest number of valid answers of an organisation that totals are made of: what the first release asked for. */
  readonly totalsCellSize: number;
  readonly organisationsWithoutVariance: ReadonlySet<string>;
  /** Final weight of the respondents of every stratum. */
  readonly weights: readonly number[];
  /** Respondents per stratum. */
  readonly respondents: ArrayLike<number>;
}

/** What the mask of an indicator depends on: its counts per stratum, and whether it is about facts or opinions. */
export interface MaskedCounts {
  readonly sensitivity: 0 | 1;
  /** Valid answers per stratum. */
  readonly valid: ArrayLike<number>;
  /** Per option: answers per stratum that count in its numerator. */
  readonly yes: readonly ArrayLike<number>[];
}

/** Which groups an indicator is shown for. */
export interface IndicatorGroups {
  /** Organisations that its totals are made of. */
  readonly contributors: readonly string[];
  readonly mask: Mask;
  /** Groups whose shares are printed in coarse steps. */
  readonly coarse: ReadonlySet<GroupKey>;
}

/**
 * The organisations that totals of an indicator are made of: those with a variance and with at least as many valid
 * answers as the policy asked for when the wave was first released. An organisation that could not be shown for want of
 * answers is left out, because its figure would follow from the total; one that a stricter correction hides stays in,
 * because the difference between the two totals would be its figure.
 * @param context strata, policy and organisations without variance
 * @param counts counts of the indicator
 * @returns organisation keys in the order of the strata
 */
function listContributors(context: MaskContext, counts: MaskedCounts): readonly string[] {
  const totals = new Map<string, number>();
  context.strata.forEach(({ organisation }, index) => {
    totals.set(organisation, (totals.get(organisation) ?? 0) + (counts.valid[index] ?? 0));
  });
  return [...totals]
    .filter(([organisation, count]) => {
      return count >= context.totalsCellSize && !context.organisationsWithoutVariance.has(organisation);
    })
    .map(([organisation]) => organisation);
}

/** Finds the groups that an indicator is shown for. */
export type IndicatorMasker = (counts: MaskedCounts) => IndicatorGroups;

/** An indicator's counts and the groups it is shown for. */
export interface MaskedIndicator {
  readonly tally: IndicatorTally;
  readonly shown: IndicatorGroups;
}

/**
 * Makes masks; indicators whose masks must be equal share one.
 * @param context what holds for the whole wave
 * @returns a function from an indicator's counts to the groups it is shown for
 */
export function createIndicatorMasker(context: MaskContext): IndicatorMasker {
  const known = new Map<string, IndicatorGroups>();
  const strataOf = placeStrata(context);
  return (counts) => {
    const key = nameMask(context, counts);
    const groups = known.get(key) ?? maskIndicator({ ...context, strataOf }, counts);
    known.set(key, groups);
    return groups;
  };
}

function nameMask(context: MaskContext, counts: MaskedCounts): string {
  const { sensitivity } = counts;
  const atoms = listAtoms(context, counts, [...context.strata.keys()]);
  return `${sensitivity}${validSetSignature({ policy: context.policy, sensitivity, atoms })}`;
}

/** Indices of the strata of every group, whoever contributes. */
function placeStrata({ strata, groups }: PlacedLattice): ReadonlyMap<GroupKey, readonly number[]> {
  return new Map(
    groups.map((group) => [group.key, strata.flatMap((stratum, index) => (isMember(group, stratum) ? [index] : []))]),
  );
}

type PlacedLattice = Pick<MaskContext, 'strata' | 'groups'>;

/** Finds the strata that an indicator's figure of a group is made of, as indices. */
export type StrataLookup = (shown: Pick<IndicatorGroups, 'contributors'>) => (group: GroupKey) => readonly number[];

/**
 * @param context strata and lattice of a wave
 * @returns the strata of a group, those of contributors only
 */
export function createStrataLookup(context: PlacedLattice): StrataLookup {
  const placed = placeStrata(context);
  return ({ contributors }) => {
    const isContributor = new Set(contributors);
    return (group) =>
      (placed.get(group) ?? []).filter((index) => isContributor.has(context.strata[index]?.organisation ?? ''));
  };
}

interface PlacedContext extends MaskContext {
  readonly strataOf: ReadonlyMap<GroupKey, readonly number[]>;
}

function maskIndicator(context: PlacedContext, counts: MaskedCounts): IndicatorGroups {
  const contributors = listContributors(context, counts);
  const isContributor = new Set(contributors);
  const indices = context.strata.flatMap(({ organisation }, index) => (isContributor.has(organisation) ? [index] : []));
  const mask = computeMask({
    policy: context.policy,
    sensitivity: counts.sensitivity,
    atoms: listAtoms(context, counts, indices),
    groups: context.groups,
  });
  return {
    contributors,
    mask: { published: mask.published, hidden: explainMissing(context, counts, mask) },
    coarse: new Set(),
  };
}

/**
 * Lists the cells that an indicator's groups are made of.
 * @param context strata of the wave
 * @param counts counts of the indicator
 * @param indices the strata to take
 */
export function listAtoms(
  context: Pick<MaskContext, 'strata' | 'weights'>,
  counts: MaskedCounts,
  indices: readonly number[],
): readonly Atom[] {
  return indices.flatMap((index) => {
    const stratum = context.strata[index];
    if (stratum === undefined) return [];
    const { organisation, sector, size, peers = [], workplaceCount: workplaces = stratum.invitedCount } = stratum;
    const optionCounts = counts.yes.map((option) => option[index] ?? 0);
    const weight = context.weights[index] ?? 0;
    const place = { organisation, sector, size, peers };
    return [{ ...place, validCount: counts.valid[index] ?? 0, optionCounts, weight, workplaces }];
  });
}

/** A group that only looks empty because its organisation was left out has too few answers. */
function explainMissing(context: PlacedContext, counts: MaskedCounts, mask: Mask): ReadonlyMap<GroupKey, HiddenReason> {
  return new Map(
    [...mask.hidden].map(([key, reason]): [GroupKey, HiddenReason] => {
      const isLeftOut =
        reason === 'empty' && (context.strataOf.get(key) ?? []).some((index) => (counts.valid[index] ?? 0) > 0);
      return [key, isLeftOut ? 'threshold' : reason];
    }),
  );
}

/**
 * Takes away every group that a gate does not show.
 * @param own the groups an indicator could be shown for by itself
 * @param gates masks that must show a group too
 * @returns the groups it is shown for; those taken away are hidden as complements
 */
export function restrictGroups(own: IndicatorGroups, gates: readonly Mask[]): IndicatorGroups {
  const isOpen = (key: GroupKey): boolean => gates.every(({ published }) => published.has(key));
  const closed = [...own.mask.published].filter((key) => !isOpen(key));
  if (closed.length === 0) return own;
  const hidden = new Map(own.mask.hidden);
  for (const key of closed) hidden.set(key, 'complement');
  return { ...own, mask: { published: new Set([...own.mask.published].filter(isOpen)), hidden } };
}
