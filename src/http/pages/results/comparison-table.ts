import type { ComparisonRow } from '../../../domain/benchmark/comparison-view';
import { isSuppressed } from '../../../domain/disclosure/publishable';
import { embedJson } from '../embed-json';
import { joinNames } from '../format-date';
import type { BaselineNotes } from './baseline-notes';
import { createChart, type ChartContext, type LegendEntry } from './chart-model';
import { createComparatorCell, createComparatorCount, nameComparator } from './comparator-words';
import {
  createBaselineCell,
  createBesideVerdictCell,
  createCountCell,
  createFigureCell,
  createVerdictCell,
  type BaselineCell,
  type FigureCell,
  type VerdictCell,
} from './figure-cells';
import type { RowGroup } from './group-rows';
import { isNorwegian, type Words } from './words';

export interface ComparisonTableRow {
  readonly label: string;
  readonly own: FigureCell;
  readonly rest: FigureCell;
  readonly verdict: VerdictCell;
  readonly denmark: readonly BaselineCell[];
  readonly norway: readonly BaselineCell[];
  readonly n: { readonly own: string; readonly rest: string };
}

export interface MemberTable {
  readonly options: readonly {
    readonly label: string;
    readonly members: readonly { readonly name: string; readonly share: FigureCell; readonly n: string }[];
  }[];
}

/** One table with its chart. */
export interface ComparisonTable {
  readonly id: string;
  readonly title: string;
  readonly base: string;
  /** Heading of the column that is compared with. */
  readonly comparator: string;
  readonly hasDenmark: boolean;
  readonly hasNorway: boolean;
  /** Which published figures are missing, in words. */
  readonly absences: readonly string[];
  /** What the rest of the network is made of, where it differs from the rest of the page. */
  readonly restNote: string | null;
  readonly hasHidden: boolean;
  readonly rows: readonly ComparisonTableRow[];
  readonly chart: { readonly json: string; readonly label: string; readonly legend: readonly LegendEntry[] };
  /** Null in closed networks. */
  readonly members: MemberTable | null;
}

export interface TableContext extends ChartContext {
  readonly notes: BaselineNotes;
  /** What the rest of the network usually is on the page. */
  readonly usualRest: string;
  /** False beside one sector or size, where published figures are never shown. */
  readonly hasBaselines: boolean;
  readonly words: Words;
}

/**
 * @param row a row of the comparison
 * @param words words of the reader's language
 * @returns names of the organisations that the rest is made of; empty when there are none
 */
export function nameRest(row: ComparisonRow, words: Words): string {
  return joinNames(
    words.language,
    row.rest.organisations.map(({ name }) => name),
  );
}

/**
 * Makes one table of the comparison page with its chart.
 * @param group its rows
 * @param index place on the page, from 0
 * @param context what the tables of the page share
 */
export function createComparisonTable(group: RowGroup, index: number, context: TableContext): ComparisonTable {
  const { words } = context;
  const rows = group.rows.map(({ label, row }) => createRow(label, row, context));
  const figures = group.rows.flatMap(({ row }) => row.baselines);
  const hasDenmark = figures.some((one) => !isNorwegian(one));
  const hasNorway = figures.some(isNorwegian);
  const rests = [...new Set(group.rows.map(({ row }) => nameRest(row, words)))].filter((one) => one !== '');
  const { model, legend } = createChart(group, context, words);
  return {
    id: `tabell-${index + 1}`,
    title: group.title,
    base: words.t('results.table.base', { base: group.base }),
    comparator: nameComparator(context.page, words),
    hasDenmark,
    hasNorway,
    absences: context.hasBaselines
      ? [...(hasDenmark ? [] : [words.t('results.no_danish')]), ...(hasNorway ? [] : [words.t('results.no_ks')])]
      : [],
    restNote:
      context.page.comparator.kind !== 'rest' || rests.every((one) => one === context.usualRest)
        ? null
        : words.t('results.table.rest_here', { organisations: rests.join('; ') }),
    hasHidden: group.rows.some(({ row }) => hasHiddenFigure(row)),
    rows,
    chart: { json: embedJson(model), label: labelChart(group, context), legend },
    members: createMemberTable(group, words),
  };
}

/**
 * @param row a row of the comparison
 * @returns whether its own figure or what it is compared with is hidden
 */
export function hasHiddenFigure({ own, beside }: ComparisonRow): boolean {
  return isSuppressed(own) || (beside.absence === null && isSuppressed(beside.printed));
}

function createRow(label: string, row: ComparisonRow, { page, notes, words }: TableContext): ComparisonTableRow {
  const cells = row.baselines.map((one) => ({
    isNorwegian: isNorwegian(one),
    cell: createBaselineCell(one, notes.markOf(one), words),
  }));
  const isRest = page.comparator.kind === 'rest';
  return {
    label,
    own: createFigureCell(row.own, words),
    rest: isRest ? createFigureCell(row.rest.estimate, words) : createComparatorCell(row, page, words),
    verdict: isRest ? createVerdictCell(row.comparison, words) : createBesideVerdictCell(row, words),
    denmark: cells.filter((one) => !one.isNorwegian).map(({ cell }) => cell),
    norway: cells.filter((one) => one.isNorwegian).map(({ cell }) => cell),
    n: {
      own: createCountCell(row.own, words),
      rest: isRest
        ? words.t('results.table.n_rest', { count: createCountCell(row.rest.estimate, words) })
        : createComparatorCount(row, page, words),
    },
  };
}

function labelChart({ title: indicator }: RowGroup, { organisation, page, words }: TableContext): string {
  const { name } = organisation;
  if (page.comparator.kind === 'rest') return words.t('results.chart.label', { indicator, organisation: name });
  return words.t('comparator.chart.label', { indicator, organisation: name, comparator: nameComparator(page, words) });
}

function createMemberTable(group: RowGroup, words: Words): MemberTable | null {
  const options = group.rows.map(({ label, row }) => ({
    label,
    members: row.members.map(({ organisation, estimate }) => ({
      name: organisation.name,
      share: createFigureCell(estimate, words),
      n: createCountCell(estimate, words),
    })),
  }));
  return options.some(({ members }) => members.length > 0) ? { options } : null;
}
