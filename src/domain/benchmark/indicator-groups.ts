import { validSetSignature } from '../disclosure/mask-signature';
import { computeMask } from '../disclosure/suppression-mask';
import type { Atom, DisclosurePolicy, HiddenReason, LatticeGroup, Mask } from '../disclosure/types';
import { isMember } from './groups';
import type { ReleaseStratum } from './release-strata';
import type { GroupKey } from './types';

/** What decides which groups of a wave are shown. */
export interface MaskContext {
  readonly strata: readonly ReleaseStratum[];
  readonly groups: readonly LatticeGroup[];
  readonly policy: DisclosurePolicy;
  readonly organisationsWithoutVariance: ReadonlySet<string>;
}

/** What the mask of an indicator depends on: its counts per stratum, and whether it is about facts or opinions. */
export interface MaskedCounts {
  readonly sensitivity: 0 | 1;
  /** Valid answers per stratum. */
  readonly valid: ArrayLike<number>;
  /** Per option: answers per stratum that count in its numerator. */
  readonly yes: readonly ArrayLike<number>[];
}

/** Which groups an indicator is shown for, and the strata behind each. */
export interface IndicatorGroups {
  readonly contributors: readonly string[];
  readonly mask: Mask;
  /** Indices of the strata of a group, contributors only. */
  readonly strataOf: ReadonlyMap<GroupKey, readonly number[]>;
}

/**
 * The organisations that totals of an indicator are made of: those with a variance and with at least as many valid
 * answers as the policy asks for. An organisation that could not be shown for want of answers is left out, because its
 * figure would follow from the total.
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
      return count >= context.policy.minimumCellSize && !context.organisationsWithoutVariance.has(organisation);
    })
    .map(([organisation]) => organisation);
}

/**
 * Makes masks; indicators whose masks must be equal share one.
 * @param context what holds for the whole wave
 * @returns a function from an indicator's counts to the groups it is shown for
 */
export function createIndicatorMasker(context: MaskContext): (counts: MaskedCounts) => IndicatorGroups {
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
  return `${sensitivity}${validSetSignature({ sensitivity, atoms })}`;
}

/** Indices of the strata of every group, whoever contributes. */
function placeStrata({ strata, groups }: MaskContext): ReadonlyMap<GroupKey, readonly number[]> {
  return new Map(
    groups.map((group) => [group.key, strata.flatMap((stratum, index) => (isMember(group, stratum) ? [index] : []))]),
  );
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
    strataOf: new Map(
      [...context.strataOf].map(([key, all]) => [
        key,
        all.filter((index) => isContributor.has(context.strata[index]?.organisation ?? '')),
      ]),
    ),
  };
}

function listAtoms(context: MaskContext, counts: MaskedCounts, indices: readonly number[]): readonly Atom[] {
  return indices.flatMap((index) => {
    const stratum = context.strata[index];
    if (stratum === undefined) return [];
    const { organisation, sector, size } = stratum;
    const optionCounts = counts.yes.map((option) => option[index] ?? 0);
    return [{ organisation, sector, size, validCount: counts.valid[index] ?? 0, optionCounts }];
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
