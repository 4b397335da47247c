import { bothPublished, fromRelease, isSuppressed, mapPublishable } from '../disclosure/publishable';
import type { ComparatorKind } from './comparators';
import { printBeside } from './printed-comparisons';
import type { ReleaseComparisonRow } from './release-figures';
import { roundComparison, type Shown, type ShownComparison, type ShownEstimate } from './shown-figures';
import type { PrintedComparison, Verdict } from './types';

/** What a figure is compared with, and how the comparison came out. */
export interface BesideFigure {
  /** Key of the comparator; null where there is none. */
  readonly comparator: string | null;
  /** Why there is nothing to compare with whatever was answered: another wording, or no such figure; null: there is. */
  readonly absence: 'break' | 'none' | null;
  readonly printed: Shown<PrintedComparison>;
  readonly comparison: Shown<ShownComparison>;
}

/** A comparison that was decided when somebody asked. */
export interface DecidedComparison {
  readonly verdict: Verdict;
  readonly printed: PrintedComparison;
}

const hidden = fromRelease<never>(undefined);

/**
 * Reads the comparison with the rest of the network: it is printed from the rest's own figure.
 * @param row stored comparison; undefined when the release has none
 * @param own the figure that is compared, as printed
 * @param rest what it is compared with, as printed
 */
export function besideRest(
  row: ReleaseComparisonRow | undefined,
  own: Shown<ShownEstimate>,
  rest: Shown<ShownEstimate>,
): BesideFigure {
  const comparison = roundComparison(row?.comparison ?? hidden, own, rest);
  const printed = bothPublished(bothPublished(own, rest, printBeside), comparison, (figure, { differencePoints }) => {
    return { ...figure, differencePoints };
  });
  return { comparator: row?.comparator ?? null, absence: null, printed, comparison };
}

/**
 * Reads the comparison with a comparator that is stored as it is printed.
 * @param kind its kind
 * @param row stored comparison; undefined when the release has none
 * @param isBreak whether an earlier wave asked in another way
 */
export function besideStored(
  kind: ComparatorKind,
  row: ReleaseComparisonRow | undefined,
  isBreak: boolean,
): BesideFigure {
  if (row === undefined) {
    const absence = isBreak ? 'break' : kind === 'wave' || kind === 'baseline' || kind === 'peers' ? 'none' : null;
    return { comparator: null, absence, printed: hidden, comparison: hidden };
  }
  const { comparator, comparison } = row;
  const printed = isSuppressed(comparison) ? null : comparison.value.printed;
  const decided = printed === null ? hidden : mapPublishable(comparison, ({ verdict }) => ({ verdict, printed }));
  return { comparator, absence: null, ...splitDecided(decided) };
}

/**
 * @param comparator key of another organisation's group
 * @param decided the comparison with it
 */
export function besideOrganisation(comparator: string, decided: Shown<DecidedComparison>): BesideFigure {
  return { comparator, absence: null, ...splitDecided(decided) };
}

function splitDecided(decided: Shown<DecidedComparison>): Pick<BesideFigure, 'printed' | 'comparison'> {
  return {
    printed: mapPublishable(decided, ({ printed }) => printed),
    comparison: mapPublishable(decided, ({ verdict, printed: { differencePoints } }) => ({
      verdict,
      differencePoints,
    })),
  };
}
