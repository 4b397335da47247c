import { declareLattice } from '../disclosure/lattice';
import type { DisclosurePolicy } from '../disclosure/types';
import type { CodebookBase } from '../instrument/codebook';
import { stratify } from '../statistics/stratify';
import type { StratifiedDesign } from '../statistics/types';
import { createIndicatorMasker, type IndicatorGroups, type MaskContext } from './indicator-groups';
import { createFreezer, type EditionFreezer, type FrozenGroups } from './protect-indicators';
import type { PeerGroup } from './peer-groups';
import { createPublicFreezer } from './public-mask';
import { declareDimensions, placePeers, toDesignCells, type ReleaseStratum } from './release-strata';
import type { ResponseTally } from './tally-responses';

/** What decides which figures of a release are shown. */
export interface FreezeInput {
  /** Strata of the wave in canonical order, as in the tally. */
  readonly strata: readonly ReleaseStratum[];
  readonly tally: ResponseTally;
  /** Bases of the codebook: who is asked depends on other answers. */
  readonly bases: readonly CodebookBase[];
  readonly policy: DisclosurePolicy;
  /** Peer groups, fixed when the wave opened; left out: none. */
  readonly peers?: readonly PeerGroup[];
  /** Smallest number of valid answers of an organisation that totals are made of; left out: the policy's. */
  readonly totalsCellSize?: number;
  /** Smallest number of valid answers behind a public figure; null: nothing is made public. */
  readonly publicCellSize: number | null;
}

/** What is shown, by edition and indicator. */
export interface FrozenEditions {
  readonly network: FrozenGroups;
  /** Null when nothing is made public. */
  readonly public: FrozenGroups | null;
}

/** Takes away what an edition may not show for another reason. */
export type RestrictGroups = (groups: FrozenGroups) => FrozenGroups;

/** Decides what the editions of a release show. */
export interface ReleaseFreezer {
  readonly network: EditionFreezer;
  /** Null when nothing is made public. */
  readonly public: ((network: FrozenGroups) => EditionFreezer) | null;
}

/**
 * Sets out the decisions on a release (statistics.md 2.5).
 * @param input strata, counts and rules
 * @returns the decisions, to be taken indicator by indicator, the network's edition first
 * @throws RangeError when strata and tally do not belong together
 */
export function createReleaseFreezer(input: FreezeInput): ReleaseFreezer {
  const { tally, bases, publicCellSize } = input;
  const { context } = createMaskContext(input);
  const mask = createIndicatorMasker(context);
  const everybody = (): IndicatorGroups => mask({ sensitivity: 0, valid: tally.respondents, yes: [] });
  return {
    network: createFreezer({
      context,
      tally,
      bases,
      everybody: () => everybody().mask,
      alone: ({ indicator: { sensitivity }, valid, yes }) => mask({ sensitivity, valid, yes }),
    }),
    public:
      publicCellSize === null
        ? null
        : (network) => {
            const policy = tightenPolicy(context.policy, publicCellSize);
            return createPublicFreezer({ tally, bases, context: { ...context, policy }, everybody, network });
          },
  };
}

/**
 * Takes all decisions on a release, one after another.
 * @param input strata, counts and rules
 * @param restrict what of the network's edition is kept, before the public one is decided
 * @returns what is shown
 * @throws RangeError as createReleaseFreezer
 */
export function freezeEditions(input: FreezeInput, restrict: RestrictGroups): FrozenEditions {
  const freezer = createReleaseFreezer(input);
  const network = restrict(settleAll(freezer.network));
  return { network, public: freezer.public === null ? null : settleAll(freezer.public(network)) };
}

function settleAll({ tasks, settle }: EditionFreezer): FrozenGroups {
  const settled = new Map<string, IndicatorGroups>();
  for (const { indicator } of tasks) settled.set(indicator, settle(indicator, settled));
  return settled;
}

/**
 * @param policy rules of a wave
 * @param publicCellSize smallest number of valid answers behind a public figure
 * @returns the rules of the public edition
 */
export function tightenPolicy(policy: DisclosurePolicy, publicCellSize: number): DisclosurePolicy {
  return { ...policy, minimumCellSize: Math.max(policy.minimumCellSize, publicCellSize) };
}

/**
 * Works out what masks and figures of a release have in common.
 * @param input strata, counts and rules
 * @returns lattice, weights and design
 * @throws RangeError when strata and tally do not belong together
 */
export function createMaskContext(input: Omit<FreezeInput, 'bases' | 'publicCellSize'>): {
  readonly context: MaskContext;
  readonly design: StratifiedDesign;
} {
  const { tally, policy, peers = [] } = input;
  const strata = placePeers(input.strata, peers);
  if (strata.some((stratum, index) => stratum.code !== tally.strata[index])) {
    throw new RangeError('The tally was made for other strata.');
  }
  const design = stratify(toDesignCells(strata, tally.respondents));
  const context = {
    strata,
    groups: declareLattice({ ...declareDimensions(strata), peers }),
    policy,
    totalsCellSize: input.totalsCellSize ?? policy.minimumCellSize,
    organisationsWithoutVariance: new Set(design.organisationsWithoutVariance),
    weights: design.strata.map(({ weight }) => weight),
    respondents: tally.respondents,
  };
  return { context, design };
}
