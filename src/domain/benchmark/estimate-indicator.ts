import { mapPublishable, publish, suppressed, type Publishable, type Suppressed } from '../disclosure/publishable';
import type { LatticeGroup } from '../disclosure/types';
import { createShareEstimator } from '../statistics/estimate-share';
import type { IntervalMethod, ShareEstimate, StratifiedDesign } from '../statistics/types';
import { addressOf, flagCoarse } from './compare-edition';
import type { MaskedIndicator, StrataLookup } from './indicator-groups';
import type { ReleaseEstimateRow } from './release-figures';
import type { GroupKey } from './types';

/** What the figures of a wave are estimated from. */
export interface EstimatedWave {
  readonly design: StratifiedDesign;
  readonly strataIn: StrataLookup;
  readonly intervals: IntervalMethod;
}

/** The figures of an indicator in one edition. */
export interface EstimatedIndicator {
  readonly rows: readonly ReleaseEstimateRow[];
  /** Published figures by option and group. */
  readonly figures: ReadonlyMap<string, ReadonlyMap<GroupKey, Publishable<ShareEstimate> | Suppressed>>;
}

/**
 * Estimates every option of an indicator in the groups that its mask shows.
 * @param wave strata with their weights, which of them a group is made of, and how shares are described
 * @param groups the lattice
 * @param masked counts and mask of the indicator
 * @returns rows of the whole lattice, suppressed where the mask hides
 */
export function estimateIndicator(
  { design, strataIn, intervals }: EstimatedWave,
  groups: readonly LatticeGroup[],
  { tally, shown }: MaskedIndicator,
): EstimatedIndicator {
  const indicator = tally.indicator.id;
  const strataOf = strataIn(shown);
  const estimators = new Map(
    groups.flatMap(({ key: group }) => {
      if (!shown.mask.published.has(group)) return [];
      const estimate = createShareEstimator(design, tally.valid, strataOf(group), intervals);
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
      const { n, share, se, seNoFpc, df, low, high, effectiveNoFpc } = estimate;
      const flags = flagCoarse(estimate.flags, shown.coarse.has(group));
      const stored = { indicator, option, group, n, share, se, seNoFpc, df, low, high, effectiveNoFpc, flags };
      return { indicator, option, group, estimate: publish(shown.mask, group, stored) };
    });
  });
  return { rows, figures };
}

/**
 * Keeps the figures of the groups that a stricter mask shows too, coarser where it says so, and empties the others.
 * @param masked the stricter mask
 * @param estimated figures of another edition
 */
export function hideMore({ shown }: MaskedIndicator, estimated: EstimatedIndicator | undefined): EstimatedIndicator {
  const isShown = (group: GroupKey): boolean => shown.mask.published.has(group);
  return {
    rows: (estimated?.rows ?? []).map((row) => {
      if (!isShown(row.group)) return { ...row, estimate: suppressed };
      const isCoarse = shown.coarse.has(row.group);
      return {
        ...row,
        estimate: mapPublishable(row.estimate, (figure) => ({ ...figure, flags: flagCoarse(figure.flags, isCoarse) })),
      };
    }),
    figures: new Map(
      [...(estimated?.figures ?? [])].map(([address, byGroup]) => [
        address,
        new Map([...byGroup].filter(([group]) => isShown(group))),
      ]),
    ),
  };
}
