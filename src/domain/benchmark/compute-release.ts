import type { LatticeGroup, DisclosurePolicy } from '../disclosure/types';
import { readIntervalMethod } from '../disclosure/policy';
import { compareEdition } from './compare-edition';
import type { EarlierEdition, EarlierRelease } from './earlier-release';
import { estimateIndicator, hideMore, type EstimatedIndicator, type EstimatedWave } from './estimate-indicator';
import {
  createMaskContext,
  freezeEditions,
  tightenPolicy,
  type FreezeInput,
  type FrozenEditions,
} from './freeze-editions';
import { listHeadlines } from './headline-options';
import { createStrataLookup, type IndicatorGroups, type MaskedIndicator } from './indicator-groups';
import { nothingOutside, type OutsideFigures } from './outside-figures';
import { countParticipation } from './participation';
import { keepToldComparisons } from './keep-told-comparisons';
import { keepToldFigures } from './keep-told-figures';
import type { FrozenGroups } from './protect-indicators';
import type { HiddenGroup, ReleaseFigures } from './release-figures';
import { describeLattice } from './release-lattice';
import { declareDimensions } from './release-strata';
import type { IndicatorTally, ResponseTally } from './tally-responses';

export interface ReleaseInput extends Omit<FreezeInput, 'publicCellSize'> {
  /** Earlier waves and published figures, for each edition; left out: there are none. */
  readonly outside?: { readonly network: OutsideFigures; readonly public: OutsideFigures };
  /** What earlier releases of the wave told; left out: it is the first. */
  readonly earlier?: EarlierRelease;
}

/** What the members of the network see, and what everybody may see of it. */
export interface ReleaseEditions {
  readonly network: ReleaseFigures;
  /** The same figures with more of them hidden, and the rules they were hidden by; null when nothing is made public. */
  readonly public: { readonly figures: ReleaseFigures; readonly policy: DisclosurePolicy } | null;
}

/**
 * Computes everything that a release shows: weights, the mask of every indicator, estimates of the groups that the mask
 * lets through, comparisons of published figures. The same counts always give the same rows.
 * @param input strata, counts of the responses and the wave's policy
 * @returns figures in canonical order, suppressed ones empty
 * @throws RangeError when strata and tally do not belong together, or counts contradict each other
 */
export function computeRelease(input: ReleaseInput): ReleaseFigures {
  return computeEditions(input, null).network;
}

/**
 * Computes a release for the network and, from the figures shown there, its public edition. A correction tells no share
 * that an earlier release did not tell.
 * @param input strata, counts of the responses and the wave's policy
 * @param publicCellSize smallest number of valid answers behind a public figure; null: nothing is made public
 * @returns both editions; what the network's hides the public one hides too
 * @throws RangeError as computeRelease
 */
export function computeEditions(input: ReleaseInput, publicCellSize: number | null): ReleaseEditions {
  const restrict = (network: FrozenGroups): FrozenGroups => keepToldGroups(input, network);
  return collectEditions(input, freezeEditions(toFreezeInput(input, publicCellSize), restrict), publicCellSize);
}

/**
 * Picks what decides which figures are shown.
 * @param input what a release is computed from
 * @param publicCellSize smallest number of valid answers behind a public figure; null: nothing is made public
 * @returns plain data, without the figures that lie outside the release
 */
export function toFreezeInput(
  { strata, tally, bases, policy, peers = [], earlier }: ReleaseInput,
  publicCellSize: number | null,
): FreezeInput {
  const totals = earlier === undefined ? {} : { totalsCellSize: earlier.firstCellSize };
  return { strata, tally, bases, policy, peers, publicCellSize, ...totals };
}

/**
 * Keeps of a correction's network edition what earlier releases told.
 * @param input what the correction is computed from
 * @param network groups that could be shown if it were the first release
 * @returns groups that are shown
 */
export function keepToldGroups(input: ReleaseInput, network: FrozenGroups): FrozenGroups {
  if (input.earlier === undefined) return network;
  const all = combine(input.tally, network);
  const { groups, parts } = prepareEstimation(input);
  const estimated = all.map((one) => estimateIndicator(parts, groups, one));
  const { masked } = keepToldFigures({ masked: all, estimated }, input.earlier.network);
  return new Map(masked.map(({ tally, shown }) => [tally.indicator.id, shown]));
}

/**
 * Computes the figures of a release when it has been decided which are shown.
 * @param input strata, counts of the responses and the wave's policy
 * @param frozen what is shown; of a correction, what earlier releases told of it
 * @param publicCellSize the public smallest number of answers by which that was decided; null: nothing is made public
 * @returns both editions
 * @throws RangeError as computeRelease
 */
export function collectEditions(
  input: ReleaseInput,
  frozen: FrozenEditions,
  publicCellSize: number | null,
): ReleaseEditions {
  const { tally, policy, earlier } = input;
  const { groups, parts } = prepareEstimation(input);
  const masked = combine(tally, frozen.network);
  const estimated = masked.map((one) => estimateIndicator(parts, groups, one));
  const network = collectEdition(input, groups, {
    ...parts,
    masked,
    estimated,
    outside: input.outside?.network,
    earlier: earlier?.network,
  });
  if (publicCellSize === null || frozen.public === null) return { network, public: null };
  const strict = tightenPolicy(policy, publicCellSize);
  const shown = combine(tally, frozen.public);
  const open = keepToldFigures(
    { masked: shown, estimated: shown.map((one, index) => hideMore(one, estimated[index])) },
    earlier?.public,
  );
  const edition = { ...parts, ...open, outside: input.outside?.public, earlier: earlier?.public };
  return {
    network,
    public: { figures: collectEdition({ ...input, policy: strict }, groups, edition), policy: strict },
  };
}

function prepareEstimation(input: ReleaseInput): {
  readonly groups: readonly LatticeGroup[];
  readonly parts: EstimatedWave;
} {
  const { context, design } = createMaskContext(input);
  const intervals = readIntervalMethod(input.policy);
  return { groups: context.groups, parts: { design, strataIn: createStrataLookup(context), intervals } };
}

/** What an edition is collected from. */
interface EditionParts extends Pick<EstimatedWave, 'design' | 'strataIn'> {
  readonly masked: readonly MaskedIndicator[];
  readonly estimated: readonly EstimatedIndicator[];
  readonly outside: OutsideFigures | undefined;
  readonly earlier: EarlierEdition | undefined;
}

function collectEdition(
  { strata, tally, policy, peers = [] }: ReleaseInput,
  groups: readonly LatticeGroup[],
  { design, strataIn, masked, estimated, outside = nothingOutside, earlier }: EditionParts,
): ReleaseFigures {
  const dimensions = declareDimensions(strata);
  const { comparisons, comparators } = compareEdition({
    design,
    strataIn,
    masked,
    figures: new Map(estimated.flatMap((one) => [...one.figures])),
    outside,
    groups,
    policy,
    peers,
    organisations: dimensions.organisations,
    headlines: listHeadlines(tally.indicators.map(({ indicator }) => indicator)),
  });
  return {
    lattice: describeLattice(dimensions, peers, masked),
    participation: countParticipation(strata, tally.respondents, policy.minimumCellSize),
    estimates: estimated.flatMap(({ rows }) => rows),
    comparisons: keepToldComparisons(comparisons, { earlier, masked, isOpenNetwork: policy.isOpenNetwork }),
    comparators,
    hidden: masked.flatMap((one) => listHidden(one.tally, one.shown, groups)),
  };
}

function combine(tally: ResponseTally, groups: FrozenGroups): readonly MaskedIndicator[] {
  return tally.indicators.flatMap((one) => {
    const shown = groups.get(one.indicator.id);
    return shown === undefined ? [] : [{ tally: one, shown }];
  });
}

function listHidden(
  tally: IndicatorTally,
  shown: IndicatorGroups,
  groups: readonly LatticeGroup[],
): readonly HiddenGroup[] {
  return groups.flatMap(({ key }) => {
    const reason = shown.mask.hidden.get(key);
    return reason === undefined ? [] : [{ indicator: tally.indicator.id, group: key, reason }];
  });
}
