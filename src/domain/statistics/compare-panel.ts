import betaCdf from '@stdlib/stats-base-dists-beta-cdf';

/** Units that answered in both waves, counted by their answers. */
export interface PanelCounts {
  readonly bothYes: number;
  readonly onlyEarlier: number;
  readonly onlyLater: number;
  readonly bothNo: number;
}

/** Change among the units that answered twice. */
export interface PanelDifference {
  readonly n: number;
  /** Later minus earlier share of these units, unweighted. */
  readonly difference: number;
  readonly se: number;
  /** Exact two-sided p-value. */
  readonly p: number;
}

/**
 * Change among panel units only, as a sensitivity line beside the trend of all: (c - b) / n with McNemar's test in its
 * exact form. Unweighted, so it speaks of these units alone.
 * Source: McNemar (1947), Psychometrika 12; R `stats::binom.test(b, b + c)`.
 * @param counts - units by their two answers
 * @returns difference in 0-1 with standard error sqrt(b + c - (b - c)² / n) / n and p, or null without panel units
 */
export function comparePanel({ bothYes, onlyEarlier, onlyLater, bothNo }: PanelCounts): PanelDifference | null {
  const n = bothYes + onlyEarlier + onlyLater + bothNo;
  if (n === 0) return null;
  const changed = onlyEarlier + onlyLater;
  const fewer = Math.min(onlyEarlier, onlyLater);
  const tail = fewer === changed ? 1 : betaCdf(0.5, changed - fewer, fewer + 1);
  const net = onlyLater - onlyEarlier;
  return { n, difference: net / n, se: Math.sqrt(changed - net ** 2 / n) / n, p: Math.min(1, 2 * tail) };
}
