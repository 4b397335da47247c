import type { Interval } from './wilson';

/** Fixed cut points of an index or a share, set before the data are seen, never quantiles of this year's figures. */
export interface Bands {
  /** Values below are low. */
  readonly lowBelow: number;
  /** Values above are high; everything between is in the middle, the cut points included. */
  readonly highAbove: number;
}

export type Band = 'low' | 'middle' | 'high';

function bandOf(bands: Bands, value: number): Band {
  if (value < bands.lowBelow) return 'low';
  return value > bands.highAbove ? 'high' : 'middle';
}

/**
 * The band of a figure, said only where its whole 95 % interval lies within it.
 * Source: fixed cut points set before the data are seen, statistics.md 1.9.
 * @param bands - cut points in the unit of the figure
 * @param interval - 95 % interval of the figure, or null where it has none
 * @returns the band; `border` where the interval crosses a cut point or there is none
 */
export function findBand(bands: Bands, interval: Interval | null): Band | 'border' {
  if (interval === null) return 'border';
  const band = bandOf(bands, interval.low);
  return band === bandOf(bands, interval.high) ? band : 'border';
}
