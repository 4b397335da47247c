import {
  bothPublished,
  collectPublished,
  isSuppressed,
  mapPublishable,
  type Publishable,
} from '../disclosure/publishable';
import type { LocalisedText } from '../languages';
import type { ComparisonRow } from './comparison-view';
import type { ShownComparison, ShownEstimate } from './shown-figures';
import type { PrintedComparison } from './types';

const mostItems = 2;

/** A clear difference worth a sentence of its own. */
export interface ClearDifference {
  readonly indicator: string;
  readonly option: string;
  readonly indicatorLabel: LocalisedText;
  readonly optionLabel: LocalisedText;
  readonly verdict: 'above' | 'below';
  readonly ownPercent: number;
  /** What it is compared with. */
  readonly comparatorPercent: number;
  /** Whole percentage points, own minus comparator. */
  readonly differencePoints: number;
}

/** What the sentences on top of a comparison page may say; every number follows from shown figures. */
export interface ComparisonSummary {
  readonly rows: number;
  readonly above: number;
  readonly below: number;
  readonly noClearDifference: number;
  /** Shown, but too few answers for a test. */
  readonly notTested: number;
  readonly suppressed: number;
  /** Nothing to compare with: asked otherwise before, or no figure of others. */
  readonly absent: number;
  /** The largest clear differences, largest first. */
  readonly strongest: Publishable<readonly ClearDifference[]>;
}

/**
 * Sums a comparison page up.
 * @param rows rows of the page
 * @returns counts of the verdicts, which add up to the number of rows, and at most two clear differences
 */
export function summariseComparison(rows: readonly ComparisonRow[]): ComparisonSummary {
  const verdicts = rows.map(({ beside, comparison }) => {
    if (beside.absence !== null) return 'absent';
    return isSuppressed(comparison) ? 'suppressed' : comparison.value.verdict;
  });
  const count = (verdict: (typeof verdicts)[number]): number => verdicts.filter((one) => one === verdict).length;
  const differences = collectPublished(
    rows.map((row) => {
      const figures = bothPublished(row.own, row.beside.printed, (own, other) => ({ own, other }));
      return bothPublished(figures, row.comparison, (shown, comparison) => describe(row, shown, comparison));
    }),
  );
  const strongest = mapPublishable(differences, (all) =>
    all
      .flatMap((one) => one ?? [])
      .sort((a, b) => Math.abs(b.differencePoints) - Math.abs(a.differencePoints))
      .slice(0, mostItems),
  );
  return {
    rows: rows.length,
    above: count('above'),
    below: count('below'),
    noClearDifference: count('no_clear_difference'),
    notTested: count('not_tested'),
    suppressed: count('suppressed'),
    absent: count('absent'),
    strongest: isSuppressed(strongest) ? collectPublished([]) : strongest,
  };
}

function describe(
  row: ComparisonRow,
  shown: { readonly own: ShownEstimate; readonly other: PrintedComparison },
  { verdict, differencePoints }: ShownComparison,
): ClearDifference | null {
  if (verdict !== 'above' && verdict !== 'below') return null;
  const { indicator, option, indicatorLabel, optionLabel } = row;
  return {
    indicator,
    option,
    indicatorLabel,
    optionLabel,
    verdict,
    ownPercent: shown.own.percent,
    comparatorPercent: shown.other.percent,
    differencePoints,
  };
}
