import type { BaselineBeside } from '../../../domain/benchmark/pick-baseline-figures';
import type { ComparisonRow } from '../../../domain/benchmark/comparison-view';
import type { Shown, ShownEstimate, ShownComparison } from '../../../domain/benchmark/shown-figures';
import { isSuppressed } from '../../../domain/disclosure/publishable';
import { suppressedSign } from '../../../formats/figures-table';
import { formatCount } from '../format-date';
import { isNorwegian, type Words } from './words';

/** A share in a table. */
export interface FigureCell {
  readonly isHidden: boolean;
  /** "62 %", or the sign for hidden. */
  readonly text: string;
  /** "54–70"; null where there is none. */
  readonly interval: string | null;
  /** What to beware of, in few words. */
  readonly caution: string | null;
}

/** The outcome of a comparison. */
export interface VerdictCell {
  readonly kind: 'hidden' | 'absent' | ShownComparison['verdict'];
  readonly text: string;
  /** "+11 poeng" for clear differences only. */
  readonly points: string | null;
}

/** A published figure of others, or why there is none. */
export interface BaselineCell {
  readonly shape: string | null;
  readonly text: string;
  /** Which series, where there are several. */
  readonly series: string | null;
  /** Letter of its note. */
  readonly mark: string;
}

/**
 * @param estimate a share that may be shown, or not
 * @param words words of the reader's language
 * @returns the cell
 */
export function createFigureCell(estimate: Shown<ShownEstimate>, words: Words): FigureCell {
  if (isSuppressed(estimate)) return { isHidden: true, text: suppressedSign, interval: null, caution: null };
  const { percent, lowPercent, highPercent, flags } = estimate.value;
  const hasInterval = !flags.includes('no_interval');
  return {
    isHidden: false,
    text: words.t(flags.includes('coarse') ? 'results.about_percent' : 'results.percent', { value: percent }),
    interval: hasInterval ? words.t('results.interval', { low: lowPercent, high: highPercent }) : null,
    caution: !hasInterval
      ? words.t('results.no_interval')
      : flags.includes('unreliable')
        ? words.t('results.unreliable')
        : null,
  };
}

/**
 * @param comparison a comparison that may be shown, or not
 * @param words words of the reader's language
 * @returns the verdict in words
 */
export function createVerdictCell(comparison: Shown<ShownComparison>, words: Words): VerdictCell {
  if (isSuppressed(comparison)) return { kind: 'hidden', text: suppressedSign, points: null };
  const { verdict, differencePoints } = comparison.value;
  const isClear = verdict === 'above' || verdict === 'below';
  return {
    kind: verdict,
    text: words.t(`results.verdict.${verdict}`),
    points: isClear ? words.t('results.points', { value: signPoints(differencePoints) }) : null,
  };
}

/**
 * The verdict on a row with another comparator than the rest of the network: clear differences with their interval, which
 * is made of what is printed.
 * @param row a row of the comparison
 * @param words words of the reader's language
 */
export function createBesideVerdictCell({ beside, comparison }: ComparisonRow, words: Words): VerdictCell {
  if (beside.absence !== null) return { kind: 'absent', text: words.t('comparator.untested'), points: null };
  const cell = createVerdictCell(comparison, words);
  if (cell.points === null || isSuppressed(beside.printed)) return cell;
  const { differencePoints, lowPoints, highPoints } = beside.printed.value;
  return {
    ...cell,
    points: words.t('comparator.points', {
      value: signPoints(differencePoints),
      low: signPoints(lowPoints),
      high: signPoints(highPoints),
    }),
  };
}

function signPoints(points: number): string {
  return `${points < 0 ? '−' : '+'}${Math.abs(points)}`;
}

/**
 * @param estimate a share that may be shown, or not
 * @param words words of the reader's language
 * @returns number of valid answers, or the sign for hidden
 */
export function createCountCell(estimate: Shown<ShownEstimate>, words: Words): string {
  return isSuppressed(estimate) ? suppressedSign : formatCount(words.language, estimate.value.n);
}

/**
 * @param beside a published figure
 * @param mark letter of its note
 * @param words words of the reader's language
 */
export function createBaselineCell(beside: BaselineBeside, mark: string, words: Words): BaselineCell {
  const { figure } = beside;
  if (figure === null) return { shape: null, text: words.t('results.not_comparable'), series: null, mark };
  return {
    shape: isNorwegian(beside) ? '□' : '▽',
    text: words.t(figure.isRounded ? 'results.about_percent' : 'results.percent', { value: figure.percent }),
    series: isNorwegian(beside) ? figure.round.replace(/^KS /, '') : null,
    mark,
  };
}
