import { readRelevantDifference } from '../disclosure/policy';
import { mapPublishable, suppressed, type Publishable, type Suppressed } from '../disclosure/publishable';
import { createNetworkContrast } from '../statistics/network-contrast';
import type { EstimateFlag, ShareEstimate, StratifiedDesign } from '../statistics/types';
import { storedComparators, type ReleaseComparators } from './comparators';
import { computeComparisons, type ComparisonTask } from './compute-comparisons';
import type { MaskedIndicator, StrataLookup } from './indicator-groups';
import type { ReleaseComparisonRow } from './release-figures';
import type { GroupKey } from './types';

/** The figures of one edition of a release with all that they are compared with. */
export interface EditionToCompare extends Pick<
  ComparisonTask,
  'groups' | 'policy' | 'outside' | 'organisations' | 'peers' | 'headlines'
> {
  readonly design: StratifiedDesign;
  readonly strataIn: StrataLookup;
  readonly masked: readonly MaskedIndicator[];
  /** Published figures by option (`addressOf`) and group. */
  readonly figures: ReadonlyMap<string, ReadonlyMap<GroupKey, Publishable<ShareEstimate> | Suppressed>>;
}

/**
 * Compares the organisations of an edition with every comparator.
 * @param edition figures that are published, and what lies outside the release
 * @returns comparisons, and what there is to compare with
 */
export function compareEdition(edition: EditionToCompare): {
  readonly comparisons: readonly ReleaseComparisonRow[];
  readonly comparators: ReleaseComparators;
} {
  const { groups, policy, outside, organisations, peers = [], headlines } = edition;
  const relevantDifference = readRelevantDifference(policy);
  const comparisons = computeComparisons({
    groups,
    policy,
    outside,
    organisations,
    peers,
    headlines,
    relevantDifference,
    lookUp: createLookup(edition),
    contrast: createContrasts(edition),
  });
  const kinds = new Set(comparisons.map(({ kind }) => kind));
  if (outside.breaks.length > 0) kinds.add('wave');
  return {
    comparisons,
    comparators: {
      kinds: storedComparators.filter((kind) => kinds.has(kind)),
      waves: [...outside.waves],
      breaks: [...outside.breaks],
    },
  };
}

/** Published figures by option and group, with the mark of those that are printed in coarse steps. */
function createLookup({ masked, figures }: EditionToCompare): ComparisonTask['lookUp'] {
  const coarse = new Map(masked.map(({ tally, shown }) => [tally.indicator.id, shown.coarse]));
  return (indicator, option) => {
    const byGroup = figures.get(addressOf(indicator, option));
    return (group) =>
      mapPublishable(byGroup?.get(group) ?? suppressed, (estimate) => ({
        ...estimate,
        flags: flagCoarse(estimate.flags, coarse.get(indicator)?.has(group) ?? false),
      }));
  };
}

/** Contrasts with the network, one for every option and category, made when they are first asked for. */
function createContrasts({ design, strataIn, masked }: EditionToCompare): ComparisonTask['contrast'] {
  const indicators = new Map(masked.map((one) => [one.tally.indicator.id, one]));
  return (indicator, option) => {
    const one = indicators.get(indicator);
    const position = one?.tally.indicator.options.findIndex(({ id }) => id === option) ?? -1;
    const counts = { valid: one?.tally.valid ?? [], yes: one?.tally.yes[position] ?? [] };
    const strataOf = one === undefined ? () => [] : strataIn(one.shown);
    const known = new Map<GroupKey, ReturnType<typeof createNetworkContrast>>();
    return (network) => {
      const contrast = known.get(network) ?? createNetworkContrast(design, counts, strataOf(network));
      known.set(network, contrast);
      return contrast;
    };
  };
}

/**
 * @param indicator identifier of an indicator
 * @param option identifier of one of its options
 * @returns one key for both
 */
export function addressOf(indicator: string, option: string): string {
  return `${indicator}/${option}`;
}

/**
 * Adds the mark of a share that is printed in coarse steps.
 * @param flags flags of the figure
 * @param isCoarse whether it is
 * @returns flags in alphabetical order
 */
export function flagCoarse(flags: readonly EstimateFlag[], isCoarse: boolean): readonly EstimateFlag[] {
  return isCoarse && !flags.includes('coarse') ? [...flags, 'coarse' as const].sort() : flags;
}
