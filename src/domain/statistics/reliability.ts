import type { Interval } from './wilson';

/** Widths of 95 % intervals beyond which a share is unreliable: in 0-1, and as a multiple of the share. */
export const widestInterval = 0.3;
export const narrowInterval = 0.05;
export const widestRelativeInterval = 1.3;

/**
 * Whether an interval is too wide for the share to be read without care: wider than 0.30, or wider than 0.05 and than
 * 130 % of the share.
 * Source: Parker et al. (2017), NCHS Data Presentation Standards for Proportions, Series 2 no. 175 (widths).
 * @param share - 0 to 1
 * @param interval - its 95 % interval
 * @returns true for an unreliable share
 */
export function isUnreliable(share: number, interval: Interval): boolean {
  const width = interval.high - interval.low;
  return width > widestInterval || (width > narrowInterval && width > widestRelativeInterval * share);
}
