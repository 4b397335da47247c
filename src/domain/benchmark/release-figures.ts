import { z } from 'zod';
import type { Publishable, Suppressed } from '../disclosure/publishable';
import type { HiddenReason } from '../disclosure/types';
import type { ReleaseComparators, StoredComparator } from './comparators';
import type { Participation } from './participation';
import { peerGroupSchema } from './peer-groups';
import type { GroupKey, ReleaseComparison, ReleaseEstimate } from './types';

/** Which indicator, option and group a figure is of. */
export interface FigureAddress {
  readonly indicator: string;
  readonly option: string;
  readonly group: GroupKey;
}

/**
 * Writes the address of a figure as one word, to look it up by.
 * @param address indicator, option and group; whatever else it holds does not count
 */
export function joinAddress({ indicator, option, group }: FigureAddress): string {
  return `${indicator}/${option}/${group}`;
}

/** A figure of a release; of a suppressed one nothing is kept. */
export interface ReleaseEstimateRow extends FigureAddress {
  readonly estimate: Publishable<ReleaseEstimate> | Suppressed;
}

/** A comparison of a release, suppressed when one of the figures that it is made of is. */
export interface ReleaseComparisonRow extends FigureAddress {
  readonly kind: StoredComparator;
  readonly comparator: string;
  readonly comparison: Publishable<ReleaseComparison> | Suppressed;
}

/** Why no figure of an indicator is shown for a group. */
export interface HiddenGroup {
  readonly indicator: string;
  readonly group: GroupKey;
  readonly reason: HiddenReason;
}

export const releaseLatticeSchema = z.strictObject({
  organisations: z.array(z.string()),
  sectors: z.array(z.string()),
  sizes: z.array(z.string()),
  /** Left out where the wave has none. */
  peers: z.array(peerGroupSchema).optional(),
  /** By indicator: the organisations that "network", totals by sector and size, and "rest" are made of. */
  contributors: z.record(z.string(), z.array(z.string())),
});

/** What a release is declared over. Every indicator has the same groups; the organisations behind totals differ. */
export type ReleaseLattice = Readonly<z.infer<typeof releaseLatticeSchema>>;

/** Everything a release stores, in canonical order. */
export interface ReleaseFigures {
  readonly lattice: ReleaseLattice;
  readonly participation: Participation;
  readonly estimates: readonly ReleaseEstimateRow[];
  readonly comparisons: readonly ReleaseComparisonRow[];
  readonly comparators: ReleaseComparators;
  readonly hidden: readonly HiddenGroup[];
}
