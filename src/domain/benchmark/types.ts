import type { EstimateFlag } from '../statistics/types';

/**
 * Canonical key of a group: "network", "organisation=asker", "sector=health", "size=S",
 * "organisation=asker;sector=health", "organisation=asker;size=S"; the comparator "rest of the network" is
 * "rest=asker", "rest=asker;sector=health", "rest=asker;size=S".
 */
export type GroupKey = string;

/** Parsed group: all dimensions are conjunctive; `rest` = every organisation but this one. */
export interface Group {
  readonly key: GroupKey;
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
}

export type Verdict = 'above' | 'below' | 'no_clear_difference' | 'not_tested';

/** Organisation (or one of its breakdown cells) against the rest of the network in the same cell. */
export interface ReleaseComparison {
  readonly indicator: string;
  readonly option: string;
  readonly group: GroupKey;
  readonly comparator: GroupKey;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly p: number | null;
  /** Benjamini-Hochberg adjusted within the family of the organisation. */
  readonly q: number | null;
  readonly verdict: Verdict;
}
