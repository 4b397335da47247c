import type { EstimateFlag } from '../statistics/types';
import type { StoredComparator } from './comparators';

/**
 * Canonical key of a group: "network", "organisation=asker", "sector=health", "size=S",
 * "organisation=asker;sector=health", "organisation=asker;size=S"; the comparator "rest of the network" is
 * "rest=asker", "rest=asker;sector=health", "rest=asker;size=S". A peer group is "peers=kostra-ekg10", the others in it
 * "peers=kostra-ekg10;rest=asker".
 */
export type GroupKey = string;

/** Parsed group: all dimensions are conjunctive; `rest` = every organisation but this one, `peers` = code of a peer group. */
export interface Group {
  readonly key: GroupKey;
  readonly peers: string | null;
  readonly organisation: string | null;
  readonly rest: string | null;
  readonly sector: string | null;
  readonly size: string | null;
}

/** One computed figure of a group before the mask; full precision. */
export interface ReleaseEstimate {
  readonly indicator: string;
  readonly option: string;
  readonly group: GroupKey;
  readonly n: number;
  readonly share: number;
  readonly se: number;
  readonly seNoFpc: number;
  readonly df: number;
  readonly low: number;
  readonly high: number;
  readonly flags: readonly EstimateFlag[];
  /** Effective sample size without finite population correction; left out in releases made before it was kept. */
  readonly effectiveNoFpc?: number;
}

export type Verdict = 'above' | 'below' | 'no_clear_difference' | 'not_tested';

/** What may be printed of a comparator and of the difference from it: per cent and points made of printed figures. */
export interface PrintedComparison {
  /** The comparator's share: whole, in coarse steps, or as published by others. */
  readonly percent: number;
  readonly lowPercent: number;
  readonly highPercent: number;
  /** Printed in coarse steps, or made of such shares. */
  readonly isCoarse: boolean;
  /** Answers behind it; null for the mean of organisations. */
  readonly n: number | null;
  /** Organisations that a mean is made of, the own one included; null for other comparators. */
  readonly organisations: number | null;
  /** Percentage points, own minus comparator, with 95 % limits. */
  readonly differencePoints: number;
  readonly lowPoints: number;
  readonly highPoints: number;
}

/** Organisation (or one of its breakdown cells) against one comparator; full precision except for what is printed. */
export interface ReleaseComparison {
  readonly indicator: string;
  readonly option: string;
  readonly group: GroupKey;
  readonly kind: StoredComparator;
  /** A group of the lattice, or the key of a mean, an earlier wave or a published figure. */
  readonly comparator: string;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly p: number | null;
  /** Benjamini-Hochberg adjusted within the family of the organisation, the comparator and the breakdown. */
  readonly q: number | null;
  readonly verdict: Verdict;
  /** Null for the rest of the network, which is printed from its own figure. */
  readonly printed: PrintedComparison | null;
}
