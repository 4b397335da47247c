import { roundShare } from './round-share';
import type { Interval } from './wilson';

/** From this many valid answers on, a public table may carry one decimal and the standard error. */
const minimumCountForDecimals = 1000;

/** Hides the binary representation of decimals (0.145 * 1000 is 144.99999999999997). */
const representationDecimals = 8;

/** A share with its interval and standard error, in 0-1 and full precision. */
export interface ExactFigure extends Interval {
  readonly n: number;
  readonly share: number;
  readonly se: number;
}

/** A figure as it may leave the server, in per cent. */
export interface RoundedFigure {
  readonly percent: number;
  readonly lowPercent: number;
  readonly highPercent: number;
  /** Percentage points; null unless decimals are allowed. */
  readonly sePoints: number | null;
  readonly decimals: 0 | 1;
}

function roundToDecimal(share: number): number {
  const tenths = Number((Math.abs(share) * 1000).toFixed(representationDecimals));
  return (Math.sign(share) * Math.round(tenths)) / 10 + 0;
}

/**
 * Rounds a figure for pages, files and the API: whole per cent and whole limits without standard error; one decimal and
 * the standard error only in exports of public tables with 1000 answers or more. Halves go away from zero; a difference
 * is rounded after it is computed, so it may differ by one from the difference of the rounded shares.
 * Source: a share and its standard error at many digits fix the counts per stratum; hence no full precision outside.
 * @param figure - share, limits and standard error in 0-1, n valid answers
 * @param isPublicTable - whether the figure goes into an exported public table
 * @returns the rounded figure
 */
export function roundFigure(figure: ExactFigure, isPublicTable: boolean): RoundedFigure {
  const hasDecimal = isPublicTable && figure.n >= minimumCountForDecimals;
  const round = hasDecimal ? roundToDecimal : roundShare;
  return {
    percent: round(figure.share),
    lowPercent: round(figure.low),
    highPercent: round(figure.high),
    sePoints: hasDecimal ? roundToDecimal(figure.se) : null,
    decimals: hasDecimal ? 1 : 0,
  };
}

/**
 * Rounds an index or an index difference to whole points, halves away from zero.
 * Source: statistics.md 1.5.
 * @param points - 0 to 100, or a difference in -100 to 100
 * @returns whole points, never -0
 */
export function roundIndex(points: number): number {
  return roundShare(points / 100);
}
