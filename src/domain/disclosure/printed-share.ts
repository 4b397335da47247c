import { roundShare } from '../statistics/round-share';

/** Limits within which a share lies for somebody who reads the printed per cent. */
export interface ShareWindow {
  readonly low: number;
  readonly high: number;
}

/** Steps of a coarsely printed share, in points, by the number of answers below which they hold. */
export const coarseSteps = [
  { below: 20, points: 20 },
  { below: 60, points: 10 },
  { below: Infinity, points: 5 },
];
/** What is rounded up at the upper end of a window no longer belongs to it. */
const openEnd = 1e-9;

/**
 * Tells in which steps a share is printed.
 * @param n valid answers.
 * @param isCoarse whether whole per cent would let single cells be worked out.
 * @returns step in points.
 */
export function stepOf(n: number, isCoarse: boolean): number {
  if (!isCoarse) return 1;
  return coarseSteps.find(({ below }) => n < below)?.points ?? 1;
}

/**
 * Rounds a share to what may be printed.
 * @param share 0-1.
 * @param n valid answers behind it.
 * @param isCoarse whether it is printed in coarse steps.
 * @returns per cent: whole, or a multiple of 5, 10 below 60 answers, 20 below 20.
 */
export function printedPercent(share: number, n: number, isCoarse: boolean): number {
  const step = stepOf(n, isCoarse);
  return roundShare(share / step) * step;
}

/**
 * Tells what a reader knows of a share from its printed per cent.
 * @param share 0-1.
 * @param n valid answers behind it.
 * @param isCoarse whether it is printed in coarse steps.
 * @returns limits in 0-1, both included.
 */
export function readPrinted(share: number, n: number, isCoarse: boolean): ShareWindow {
  const percent = printedPercent(share, n, isCoarse);
  const half = stepOf(n, isCoarse) / 2;
  return { low: Math.max(0, (percent - half) / 100), high: Math.min(1, (percent + half) / 100 - openEnd) };
}
