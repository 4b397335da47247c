/** Hides the binary representation of decimal shares (0.145 * 100 is 14.499999999999998). */
const representationDecimals = 8;

/**
 * Rounds a share or a difference of shares to whole per cent, halves away from zero. Only rounded figures leave the
 * server; differences are rounded after they are computed.
 * Source: statistics.md 1.5.
 * @param share - 0 to 1, or a difference in -1 to 1
 * @returns whole per cent, never -0
 */
export function roundShare(share: number): number {
  const percent = Number((Math.abs(share) * 100).toFixed(representationDecimals));
  return Math.sign(share) * Math.round(percent) + 0;
}
