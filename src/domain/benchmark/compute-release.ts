import { declareLattice } from '../disclosure/lattice';
import { publish, suppressed, type Publishable, type Suppressed } from '../disclosure/publishable';
import type { DisclosurePolicy, LatticeGroup } from '../disclosure/types';
import type { CodebookBase, Indicator } from '../instrument/codebook';
import { createShareEstimator } from '../statistics/estimate-share';
import { stratify } from '../statistics/stratify';
import type { ShareEstimate, StratifiedDesign } from '../statistics/types';
import { computeComparisons } from './compute-comparisons';
import { createIndicatorMasker, restrictGroups, type IndicatorGroups, type MaskContext } from './indicator-groups';
import { countParticipation } from './participation';
import type { HiddenGroup, ReleaseEstimateRow, ReleaseFigures } from './release-figures';
import { findRouteGates } from './route-gates';
import { declareDimensions, toDesignCells, type ReleaseStratum } from './release-strata';
import type { IndicatorTally, ResponseTally } from './tally-responses';
import type { GroupKey } from './types';

export interface ReleaseInput {
  /** Strata of the wave in canonical order, as in the tally. */
  readonly strata: readonly ReleaseStratum[];
  readonly tally: ResponseTally;
  /** Bases of the codebook: who is asked depends on other answers. */
  readonly bases: readonly CodebookBase[];
  readonly policy: DisclosurePolicy;
}

/**
 * Options that the comparison page shows and tests.
 * @param indicator an indicator of the codebook
 * @returns option identifiers in the codebook's order
 */
export function listHeadlineOptions(indicator: Indicator): readonly string[] {
  const all = indicator.options.map((option) => option.id);
  return indicator.headline === undefined ? all : all.filter((option) => indicator.headline?.includes(option));
}

/**
 * Computes everything that a release shows: weights, the mask of every indicator, estimates of the groups that the mask
 * lets through, comparisons of published figures. The same counts always give the same rows.
 * @param input strata, counts of the responses and the wave's policy
 * @returns figures in canonical order, suppressed ones empty
 * @throws RangeError when strata and tally do not belong together, or counts contradict each other
 */
export function computeRelease(input: ReleaseInput): ReleaseFigures {
  const { strata, tally, policy } = input;
  if (strata.some((stratum, index) => stratum.code !== tally.strata[index])) {
    throw new RangeError('The tally was made for other strata.');
  }
  const design = stratify(toDesignCells(strata, tally.respondents));
  const dimensions = declareDimensions(strata);
  const groups = declareLattice(dimensions);
  const organisationsWithoutVariance = new Set(design.organisationsWithoutVariance);
  const masked = maskIndicators(input, { strata, groups, policy, organisationsWithoutVariance });
  const estimated = masked.map((one) => estimateIndicator(design, groups, one));
  const figures = new Map(estimated.flatMap((one) => [...one.figures]));
  return {
    lattice: {
      organisations: [...dimensions.organisations],
      sectors: [...dimensions.sectors],
      sizes: [...dimensions.sizes],
      contributors: Object.fromEntries(masked.map((one) => [one.tally.indicator.id, [...one.shown.contributors]])),
    },
    participation: countParticipation(strata, tally.respondents, policy.minimumCellSize),
    estimates: estimated.flatMap(({ rows }) => rows),
    comparisons: computeComparisons({
      groups,
      headlines: tally.indicators.map(({ indicator }) => ({
        indicator: indicator.id,
        options: listHeadlineOptions(indicator),
      })),
      lookUp: (indicator, option) => {
        const byGroup = figures.get(addressOf(indicator, option));
        return (group) => byGroup?.get(group) ?? suppressed;
      },
    }),
    hidden: masked.flatMap((one) => listHidden(one.tally, one.shown, groups)),
  };
}

interface MaskedIndicator {
  readonly tally: IndicatorTally;
  readonly shown: IndicatorGroups;
}

/** An indicator is shown for a group only where its respondents may be counted, and where those that route to it are. */
function maskIndicators({ tally, bases }: ReleaseInput, context: MaskContext): readonly MaskedIndicator[] {
  const mask = createIndicatorMasker(context);
  const everybody = mask({ sensitivity: 0, valid: tally.respondents, yes: [] }).mask;
  const indicators = tally.indicators.map(({ indicator }) => indicator);
  const alone = new Map(
    tally.indicators.map(({ indicator, valid, yes }) => {
      return [indicator.id, mask({ sensitivity: indicator.sensitivity, valid, yes })];
    }),
  );
  const gates = findRouteGates(indicators, bases);
  return tally.indicators.flatMap((one) => {
    const own = alone.get(one.indicator.id);
    if (own === undefined) return [];
    const before = listGatesBefore(one.indicator.id, gates).flatMap((id) => alone.get(id)?.mask ?? []);
    return [{ tally: one, shown: restrictGroups(own, [everybody, ...before]) }];
  });
}

/** Gates, the gates of those gates, and so on. */
function listGatesBefore(indicator: string, gates: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set<string>();
  const waiting = [...(gates.get(indicator) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(gates.get(next) ?? []));
  }
  return [...found];
}

function addressOf(indicator: string, option: string): string {
  return `${indicator}/${option}`;
}

interface EstimatedIndicator {
  readonly rows: readonly ReleaseEstimateRow[];
  /** Published figures by option and group. */
  readonly figures: ReadonlyMap<string, ReadonlyMap<GroupKey, Publishable<ShareEstimate> | Suppressed>>;
}

function estimateIndicator(
  design: StratifiedDesign,
  groups: readonly LatticeGroup[],
  { tally, shown }: MaskedIndicator,
): EstimatedIndicator {
  const indicator = tally.indicator.id;
  const estimators = new Map(
    groups.flatMap(({ key: group }) => {
      if (!shown.mask.published.has(group)) return [];
      const estimate = createShareEstimator(design, tally.valid, shown.strataOf.get(group) ?? []);
      if (estimate === null) throw new RangeError(`The mask publishes ${group} of ${indicator} without answers.`);
      return [[group, estimate] as const];
    }),
  );
  const figures = new Map<string, Map<GroupKey, Publishable<ShareEstimate> | Suppressed>>();
  const rows = tally.indicator.options.flatMap(({ id: option }, position) => {
    const yes = tally.yes[position] ?? [];
    const byGroup = new Map<GroupKey, Publishable<ShareEstimate> | Suppressed>();
    figures.set(addressOf(indicator, option), byGroup);
    return groups.map(({ key: group }): ReleaseEstimateRow => {
      const estimate = estimators.get(group)?.(yes);
      if (estimate === undefined) return { indicator, option, group, estimate: suppressed };
      byGroup.set(group, publish(shown.mask, group, estimate));
      const { n, share, se, seNoFpc, df, low, high, flags } = estimate;
      const stored = { indicator, option, group, n, share, se, seNoFpc, df, low, high, flags };
      return { indicator, option, group, estimate: publish(shown.mask, group, stored) };
    });
  });
  return { rows, figures };
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
