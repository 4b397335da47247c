import type { ComparisonRow, NamedOrganisation } from '../../../domain/benchmark/comparison-view';
import { isSuppressed } from '../../../domain/disclosure/publishable';
import type { ComparisonChartModel, ComparisonChartRow } from '../../../formats/charts/comparison-chart-model';
import type { ComparisonPage } from '../../../usecases/coordinator/read-comparison';
import { nameComparator } from './comparator-words';
import { createFigureCell } from './figure-cells';
import type { RowGroup } from './group-rows';
import { isNorwegian, type Words } from './words';

/** Whose chart it is, and what is compared with. */
export interface ChartContext {
  readonly organisation: NamedOrganisation;
  readonly page: Pick<ComparisonPage, 'comparator' | 'earlierWaves'>;
}

/** One entry of the key above a chart. */
export interface LegendEntry {
  readonly shape: 'own' | 'rest' | 'members' | 'denmark' | 'norway';
  readonly text: string;
}

/**
 * Makes the chart of a table, from the same published figures.
 * @param group rows of the table
 * @param context whose page it is, and what is compared with
 * @param words words of the reader's language
 * @returns what Chart.js draws, and the key with the marks that occur
 */
export function createChart(
  group: RowGroup,
  { organisation, page }: ChartContext,
  words: Words,
): { readonly model: ComparisonChartModel; readonly legend: readonly LegendEntry[] } {
  const isRest = page.comparator.kind === 'rest';
  const rows = group.rows.map(({ label, row }) => createChartRow(label, row, { words, isRest }));
  const norwegian = group.rows.flatMap(({ row }) => row.baselines.find(isNorwegian)?.figure?.round ?? []);
  const names = {
    own: words.t('results.chart.own', { organisation: organisation.name }),
    rest: isRest ? words.t('results.chart.rest') : nameComparator(page, words),
    members: words.t('results.chart.members'),
    denmark: words.t('results.chart.denmark'),
    norway: [...new Set(norwegian)].join(', '),
  };
  const legend: readonly LegendEntry[] = [
    { shape: 'own', text: names.own },
    { shape: 'rest', text: names.rest },
    ...(rows.some(({ members }) => members.length > 0) ? [{ shape: 'members', text: names.members } as const] : []),
    ...(rows.some(({ denmark }) => denmark !== null) ? [{ shape: 'denmark', text: names.denmark } as const] : []),
    ...(rows.some(({ norway }) => norway !== null) ? [{ shape: 'norway', text: names.norway } as const] : []),
  ];
  const chartWords = { ...names, own: organisation.name };
  return { model: { rows, words: chartWords }, legend };
}

function createChartRow(
  label: string,
  row: ComparisonRow,
  { words, isRest }: { readonly words: Words; readonly isRest: boolean },
): ComparisonChartRow {
  const { own, rest, beside, members, baselines } = row;
  const other = isRest ? rest.estimate : beside.printed;
  const danish = baselines.find((one) => one.figure !== null && !isNorwegian(one));
  const norwegian = baselines.find((one) => one.figure !== null && isNorwegian(one));
  return {
    label,
    own: isSuppressed(own)
      ? null
      : { value: own.value.percent, low: own.value.lowPercent, high: own.value.highPercent },
    rest: isSuppressed(other) ? null : other.value.percent,
    members: members.map(({ estimate }) => estimate.value.percent),
    denmark: danish?.figure?.percent ?? null,
    norway: norwegian?.figure?.percent ?? null,
    note: isSuppressed(own) ? words.t('results.hidden.short') : createFigureCell(own, words).text,
  };
}
