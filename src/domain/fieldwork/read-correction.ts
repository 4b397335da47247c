import type { FieldFault } from '../form-fault';

/** What a reason may hold at most, in characters. */
export const longestCorrectionReason = 500;
const largestCellSize = 100;

/** A correction as it is asked for. */
export interface CorrectionWish {
  /** Everybody who sees the figures reads it. */
  readonly reason: string;
  /** Smallest number of answers behind a figure: as it is, or raised. */
  readonly minimumCellSize: number;
}

/**
 * Reads why and under which rules a release is corrected.
 * @param wish the reason, and the smallest number of answers as text; empty: as it is
 * @param current the smallest number of answers now, which can only be raised
 * @returns the wish, the reason on one line, and what is wrong with it
 */
export function readCorrection(
  wish: { readonly reason: string; readonly k: string },
  current: number,
): { readonly correction: CorrectionWish; readonly faults: readonly FieldFault[] } {
  const faults: FieldFault[] = [];
  const reason = wish.reason.replaceAll(/\s+/gu, ' ').trim();
  if (reason === '' || reason.length > longestCorrectionReason) {
    faults.push({ field: 'correction', key: 'correction.fault.reason', values: { most: longestCorrectionReason } });
  }
  const text = wish.k.trim();
  const k = text === '' ? current : Number(/^\d{1,3}$/.test(text) ? text : Number.NaN);
  if (!(k >= current && k <= largestCellSize)) {
    faults.push({ field: 'k', key: 'correction.fault.k', values: { least: current, most: largestCellSize } });
  }
  return { correction: { reason, minimumCellSize: k }, faults };
}
