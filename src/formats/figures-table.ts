import type { BaselineBeside, BaselinePopulation } from '../domain/benchmark/pick-baseline-figures';
import type { NamedOrganisation } from '../domain/benchmark/comparison-view';
import type { Shown, ShownComparison, ShownEstimate } from '../domain/benchmark/shown-figures';
import type { Group, PrintedComparison } from '../domain/benchmark/types';
import { isSuppressed } from '../domain/disclosure/publishable';
import type { LocalisedText } from '../domain/languages';
import { writeCsv } from './write-csv';

/** Sign of figures that are not shown, as Statistics Norway writes it. */
export const suppressedSign = ':';

/** What a figure is compared with in a file about one comparator. */
export interface ComparatorForTable {
  /** Key of the comparator; null where there is none. */
  readonly comparator: string | null;
  readonly label: string;
  /** Period of the comparator's figure. */
  readonly period: string;
  readonly printed: Shown<PrintedComparison>;
  readonly comparison: Shown<ShownComparison>;
  /** Why nothing is compared, in words; null: it is. */
  readonly absence: string | null;
}

/** One figure with everything that has to be read beside it. */
export interface FigureForTable {
  readonly group: Group;
  readonly indicator: { readonly id: string; readonly label: LocalisedText };
  readonly option: { readonly id: string; readonly label: LocalisedText };
  readonly baseLabel: LocalisedText;
  readonly estimate: Shown<ShownEstimate>;
  readonly comparison: Shown<ShownComparison> | null;
  /** Left out in files that compare with the rest of the network only. */
  readonly beside?: ComparatorForTable | null;
  /** Organisations that a total of several is made of; null for one organisation's figures. */
  readonly contributors: readonly NamedOrganisation[] | null;
  readonly baselines: readonly BaselineBeside[];
}

/** Words and names of one language. */
export interface FigureWords {
  readonly pick: (text: LocalisedText) => string;
  readonly group: (group: Group) => string;
  readonly population: (population: BaselinePopulation) => string;
  readonly comparability: (comparability: BaselineBeside['comparability']) => string;
  readonly verdict: (verdict: ShownComparison['verdict']) => string;
  /** The same without naming what is compared with. */
  readonly outcome: (verdict: ShownComparison['verdict']) => string;
}

export interface FigureTableInput {
  readonly wave: string;
  readonly period: string;
  readonly network: string;
  /** Written on every row, for instance that the answers are synthetic; empty where there is nothing to say. */
  readonly note: string;
  /** Address of the page that tells how the figures were made. */
  readonly method: string;
  readonly figures: readonly FigureForTable[];
  readonly words: FigureWords;
}

type Cells = Readonly<Record<string, string | number>>;

const ownColumns = [
  'wave',
  'period',
  'network',
  'note',
  'method',
  'group',
  'group_label',
  'contributors',
  'indicator',
  'indicator_label',
  'option',
  'option_label',
  'base',
  'n',
  'percent',
  'low',
  'high',
  'flags',
  'difference_from_rest',
  'verdict',
] as const;

/** Columns of a file that is about one comparator. */
const besideColumns = [
  'comparator',
  'comparator_label',
  'comparator_period',
  'comparator_percent',
  'comparator_low',
  'comparator_high',
  'comparator_n',
  'comparator_organisations',
  'difference',
  'difference_low',
  'difference_high',
  'outcome',
] as const;

/** Columns of a published figure, after the prefix of its series. */
const baselineColumns: Readonly<
  Record<string, (beside: BaselineBeside, words: FigureWords) => string | number | null>
> = {
  percent: ({ figure }) => figure?.percent ?? null,
  approximate: ({ figure }) => figure && Number(figure.isRounded),
  n: ({ figure }) => figure?.n ?? null,
  period: ({ figure }) => figure?.period ?? null,
  population: ({ figure }, words) => figure && words.population(figure.population),
  base: ({ figure }) => figure?.base ?? null,
  comparability: ({ comparability }, words) => words.comparability(comparability),
  why: ({ why }, words) => words.pick(why),
  source: ({ figure }) => figure?.source.title ?? null,
  url: ({ figure }) => figure?.source.url ?? null,
};

/**
 * Writes released figures as CSV: whole per cent, ":" for what is not shown, published figures of others in
 * columns of their own with period, population, comparability and source.
 * @param input wave, figures and words
 * @returns the file's text, one row a figure
 */
export function writeFiguresCsv(input: FigureTableInput): string {
  const series = listSeries(input.figures);
  const names = [
    ...ownColumns,
    ...(input.figures.some(({ beside }) => beside !== undefined) ? besideColumns : []),
    ...series.flatMap((prefix) => Object.keys(baselineColumns).map((column) => `${prefix}_${column}`)),
  ];
  const rows = input.figures.map((figure): Cells => ({
    wave: input.wave,
    period: input.period,
    network: input.network,
    note: input.note,
    method: input.method,
    ...describeFigure(figure, input.words),
    ...(figure.beside ? describeBeside(figure.beside, input.words) : {}),
    ...describeBaselines(series, figure.baselines, input.words),
  }));
  return writeCsv(
    names.map((name) => ({ name, cell: (row: Cells) => row[name] ?? '' })),
    rows,
  );
}

function describeBaselines(series: readonly string[], baselines: readonly BaselineBeside[], words: FigureWords): Cells {
  return Object.fromEntries(series.flatMap((prefix) => Object.entries(describeBaseline(prefix, baselines, words))));
}

function describeFigure(figure: FigureForTable, words: FigureWords): Cells {
  const { estimate, comparison } = figure;
  return {
    group: figure.group.key,
    group_label: words.group(figure.group),
    contributors: (figure.contributors ?? []).map(({ name }) => name).join('; '),
    indicator: figure.indicator.id,
    indicator_label: words.pick(figure.indicator.label),
    option: figure.option.id,
    option_label: words.pick(figure.option.label),
    base: words.pick(figure.baseLabel),
    ...describeEstimate(estimate),
    ...describeComparison(comparison, words),
  };
}

function describeEstimate(estimate: Shown<ShownEstimate>): Cells {
  if (isSuppressed(estimate)) {
    return { n: suppressedSign, percent: suppressedSign, low: suppressedSign, high: suppressedSign, flags: '' };
  }
  const { n, percent, lowPercent, highPercent, flags } = estimate.value;
  return { n, percent, low: lowPercent, high: highPercent, flags: flags.join(';') };
}

function describeComparison(comparison: Shown<ShownComparison> | null, words: FigureWords): Cells {
  if (comparison === null) return { difference_from_rest: '', verdict: '' };
  if (isSuppressed(comparison)) return { difference_from_rest: suppressedSign, verdict: suppressedSign };
  const { differencePoints, verdict } = comparison.value;
  return { difference_from_rest: differencePoints, verdict: words.verdict(verdict) };
}

function describeBeside({ printed, comparison, absence, ...beside }: ComparatorForTable, words: FigureWords): Cells {
  const shared = {
    comparator: beside.comparator ?? '',
    comparator_label: beside.label,
    comparator_period: beside.period,
  };
  if (absence !== null) return { ...shared, outcome: absence };
  if (isSuppressed(printed) || isSuppressed(comparison)) {
    return { ...shared, comparator_percent: suppressedSign, difference: suppressedSign, outcome: suppressedSign };
  }
  const { percent, lowPercent, highPercent, n, organisations } = printed.value;
  return {
    ...shared,
    comparator_percent: percent,
    comparator_low: lowPercent,
    comparator_high: highPercent,
    comparator_n: n ?? '',
    comparator_organisations: organisations ?? '',
    difference: comparison.value.differencePoints,
    difference_low: printed.value.lowPoints,
    difference_high: printed.value.highPoints,
    outcome: words.outcome(comparison.value.verdict),
  };
}

/** Column prefix of a published figure: its baseline, or its round where a baseline has several series. */
function nameSeries({ baseline, figure }: BaselineBeside): string {
  const round = figure?.round.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_') ?? '';
  return round.startsWith('ks_') ? round : baseline;
}

/** Series found among the figures: baselines by name, then rounds, newest first. */
function listSeries(figures: readonly FigureForTable[]): readonly string[] {
  const found = [...new Set(figures.flatMap(({ baselines }) => baselines.map(nameSeries)))];
  const isRound = (name: string): boolean => name.startsWith('ks_');
  return [...found.filter((name) => !isRound(name)).sort(), ...found.filter(isRound).sort().reverse()];
}

function describeBaseline(prefix: string, baselines: readonly BaselineBeside[], words: FigureWords): Cells {
  const beside = baselines.find((one) => nameSeries(one) === prefix);
  if (beside === undefined) return {};
  return Object.fromEntries(
    Object.entries(baselineColumns).map(([column, cell]) => [`${prefix}_${column}`, cell(beside, words) ?? '']),
  );
}
