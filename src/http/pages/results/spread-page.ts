import type { SpreadMember } from '../../../domain/benchmark/spread-view';
import { isSuppressed } from '../../../domain/disclosure/publishable';
import type { SpreadChartModel } from '../../../formats/charts/spread-chart-model';
import type { SpreadChoice, SpreadPage } from '../../../usecases/coordinator/read-spread';
import { embedJson } from '../embed-json';
import { formatMoment } from '../waves/release-panel';
import { describeCorrection } from './correction-notice';
import { createCountCell, createFigureCell, type FigureCell } from './figure-cells';
import type { Words } from './words';

interface SpreadRow {
  readonly name: string;
  readonly share: FigureCell;
  readonly n: string;
  readonly position: string | null;
  readonly rank: string | null;
}

/** Everything that the spread view shows, in words. */
export interface SpreadView {
  readonly title: string;
  readonly heading: string;
  readonly isDemo: boolean;
  readonly isPublic: boolean;
  readonly notice: string | null;
  /** Why the release corrects the one before it; null otherwise. */
  readonly correction: string | null;
  readonly eyebrow: readonly string[];
  readonly network: string;
  readonly comparison: string;
  readonly method: string;
  readonly action: string;
  readonly choices: readonly { readonly value: string; readonly label: string; readonly isChosen: boolean }[];
  readonly label: string;
  readonly base: string;
  readonly networkRow: SpreadRow;
  readonly rows: readonly SpreadRow[];
  readonly hasRanks: boolean;
  /** Data of the chart as JSON for a script element; null where nothing is shown. */
  readonly chart: string | null;
  readonly notes: readonly string[];
}

/**
 * Turns the spread of a network's members into the words and the chart of its page.
 * @param page printed figures
 * @param words words of the reader's language
 */
export function createSpreadView(page: SpreadPage, words: Words): SpreadView {
  const { wave, network, spread, chosen, choices, heldBackUntil } = page;
  const path = `/runder/${encodeURIComponent(wave.key)}`;
  const period = wave.period.replace('-', '–');
  const label = nameChoice(chosen, words);
  const hasFigures = spread.members.some(({ estimate }) => !isSuppressed(estimate));
  return {
    title: words.t('spread.title', { label, period }),
    heading: createHeading(spread, words),
    isDemo: network.isDemo,
    isPublic: page.isPublic,
    notice: heldBackUntil === null ? null : words.t('results.held_back', { time: formatMoment(heldBackUntil, words) }),
    correction: describeCorrection(page.release, words),
    eyebrow: [words.t('spread.name'), label, period],
    network: network.name,
    comparison: `${path}/sammenligning`,
    method: `${path}/metode`,
    action: `${path}/spredning`,
    choices: choices.map((choice) => ({
      value: `${choice.indicator}.${choice.option}`,
      label: nameChoice(choice, words),
      isChosen: choice.indicator === chosen.indicator && choice.option === chosen.option,
    })),
    label,
    base: words.t('results.table.base', { base: words.pick(chosen.baseLabel) }),
    networkRow: {
      name: words.t('spread.network_row'),
      share: createFigureCell(spread.network, words),
      n: createCountCell(spread.network, words),
      position: null,
      rank: null,
    },
    rows: spread.members.map((member) => createRow(member, spread.rankedCount, words)),
    hasRanks: spread.rankedCount > 0,
    chart: hasFigures ? embedJson(createChart(page, words)) : null,
    notes: listNotes(page, words),
  };
}

function nameChoice({ indicatorLabel, optionLabel }: SpreadChoice, words: Words): string {
  return `${words.pick(indicatorLabel)}: ${words.pick(optionLabel)}`;
}

function isOutside({ position }: SpreadMember): boolean {
  return position !== null && position !== 'inside' && position !== 'not_judged';
}

function createHeading({ members, limits }: SpreadPage['spread'], words: Words): string {
  if (limits.length === 0) return words.t('spread.heading.none');
  const judged = members.filter(({ position }) => position !== null && position !== 'not_judged');
  const count = judged.filter(isOutside).length;
  return count === 0
    ? words.t('spread.heading.inside')
    : words.t('spread.heading.outside', { count, all: judged.length });
}

function createRow({ organisation, estimate, position, rank }: SpreadMember, all: number, words: Words): SpreadRow {
  return {
    name: organisation.name,
    share: createFigureCell(estimate, words),
    n: createCountCell(estimate, words),
    position: position === null ? null : words.t(`spread.position.${position}`),
    rank: rank === null ? null : words.t('spread.rank', { best: rank.best, worst: rank.worst, all }),
  };
}

function createChart({ spread }: SpreadPage, words: Words): SpreadChartModel {
  return {
    points: spread.members.flatMap((member) => {
      if (isSuppressed(member.estimate)) return [];
      const { percent, n, flags } = member.estimate.value;
      const isCoarse = flags.includes('coarse');
      return [{ label: member.organisation.name, answers: n, percent, isCoarse, isOutside: isOutside(member) }];
    }),
    network: isSuppressed(spread.network) ? null : spread.network.value.percent,
    limits: spread.limits,
    words: {
      answers: words.t('spread.chart.answers'),
      members: words.t('spread.chart.members'),
      coarse: words.t('spread.chart.coarse'),
      network: words.t('spread.chart.network'),
      limits95: words.t('spread.chart.limits95'),
      limits998: words.t('spread.chart.limits998'),
    },
  };
}

function listNotes({ spread }: SpreadPage, words: Words): readonly string[] {
  const hasCoarse = spread.members.some(
    ({ estimate }) => !isSuppressed(estimate) && estimate.value.flags.includes('coarse'),
  );
  return [
    words.t('spread.notes.members'),
    words.t('spread.notes.printed'),
    ...(hasCoarse ? [words.t('spread.notes.coarse')] : []),
    ...(spread.isWidened ? [words.t('spread.notes.wide')] : []),
    words.t(spread.rankedCount > 0 ? 'spread.notes.rank' : 'spread.notes.no_rank'),
    words.t('spread.notes.source'),
  ];
}
