import { computeMask } from '../disclosure/suppression-mask';
import { validSetSignature } from '../disclosure/mask-signature';
import type { HiddenReason, LatticeGroup, Mask } from '../disclosure/types';
import type { CodebookBase } from '../instrument/codebook';
import { listAtoms, type IndicatorGroups, type MaskContext, type MaskedCounts } from './indicator-groups';
import { createFreezer, type EditionFreezer, type FrozenGroups } from './protect-indicators';
import type { IndicatorTally, ResponseTally } from './tally-responses';
import type { GroupKey } from './types';

export interface PublicMaskInput {
  readonly tally: ResponseTally;
  readonly bases: readonly CodebookBase[];
  /** Strata, lattice and the wave's rules with the public smallest number of answers. */
  readonly context: MaskContext;
  /** Finds the groups of all respondents in the network's edition. */
  readonly everybody: () => IndicatorGroups;
  /** Groups of every indicator in the network's edition. */
  readonly network: FrozenGroups;
}

/**
 * Decides what of the network's edition everybody may see. The totals are those of the network's edition, with the same
 * organisations behind them, so that the two editions tell no difference; what is hidden there is hidden here from the
 * start and must not follow from what is shown, what is printed coarsely there is so here. In a closed network no member
 * is shown by itself, nor the rest without it.
 * @param input counts, rules and the masks of the network's edition
 * @returns the decisions to be taken; groups that are published are among those of the network's
 */
export function createPublicFreezer(input: PublicMaskInput): EditionFreezer {
  const { context, tally, bases, network } = input;
  const mask = createPublicMasker(context);
  const everybody = (): Mask => mask({ sensitivity: 0, valid: tally.respondents, yes: [] }, input.everybody());
  const alone = ({ indicator, valid, yes }: IndicatorTally): IndicatorGroups => {
    const shown = network.get(indicator.id);
    if (shown === undefined) throw new RangeError(`The network's edition has no ${indicator.id}.`);
    return { ...shown, mask: mask({ sensitivity: indicator.sensitivity, valid, yes }, shown) };
  };
  return createFreezer({ context, tally, bases, everybody, alone });
}

/** Indicators with the same counts and the same groups hidden share a mask. */
function createPublicMasker(context: MaskContext): (counts: MaskedCounts, shown: IndicatorGroups) => Mask {
  const { strata, policy } = context;
  // Of a closed network nobody is shown the rest without a member: it needs no protection of its own.
  const declared = context.groups.filter(({ rest }) => policy.isOpenNetwork || rest === null);
  const leftOut = context.groups.filter((group) => !declared.includes(group)).map(({ key }) => key);
  const known = new Map<string, Mask>();
  return (counts, shown) => {
    const contributors = new Set(shown.contributors);
    const indices = strata.flatMap(({ organisation }, index) => (contributors.has(organisation) ? [index] : []));
    const atoms = listAtoms(context, counts, indices);
    // A hidden peer group may follow from its members' figures, as in the network's edition.
    const groups = declared.filter(({ key, peers }) => peers === null || shown.mask.published.has(key));
    const hiddenPeers = declared.filter((group) => !groups.includes(group)).map(({ key }) => key);
    const alreadyHidden = listHiddenBefore(groups, shown, policy.isOpenNetwork);
    const { sensitivity } = counts;
    const signature = validSetSignature({ policy, sensitivity, atoms });
    const name = JSON.stringify([sensitivity, signature, [...alreadyHidden, ...hiddenPeers]]);
    const compute = (): Mask => {
      const found = hideAll(
        computeMask({ policy, sensitivity, atoms, groups, alreadyHidden }),
        leftOut,
        'organisations',
      );
      return hideAll(found, hiddenPeers, 'complement');
    };
    const mask = known.get(name) ?? compute();
    known.set(name, mask);
    return mask;
  };
}

function hideAll({ published, hidden }: Mask, keys: readonly GroupKey[], reason: HiddenReason): Mask {
  return { published, hidden: new Map([...hidden, ...keys.map((key) => [key, reason] as const)]) };
}

function listHiddenBefore(
  groups: readonly LatticeGroup[],
  { mask }: IndicatorGroups,
  isOpenNetwork: boolean,
): ReadonlySet<GroupKey> {
  return new Set(
    groups
      .filter(({ key, organisation }) => {
        return !mask.published.has(key) || (!isOpenNetwork && organisation !== null);
      })
      .map(({ key }) => key),
  );
}
