import type { Language } from '../../domain/languages';
import { writeCsv, type CsvColumn } from '../write-csv';
import type { ComparisonsAnswer } from './comparisons-answer';
import { columnsOfRelease, hidden } from './estimates-csv';

type Comparison = ComparisonsAnswer['comparisons'][number];

interface Row {
  readonly comparison: Comparison;
  readonly group: ComparisonsAnswer['groups'][number] | undefined;
  readonly base: string;
}

/**
 * Writes the comparisons of an edition as CSV: one a line, each with its wave, period, release and base.
 * @param answer what the API answers with
 * @param language language of the bases
 * @returns the file's text; suppressed figures as ":" without n
 */
export function writePublishedComparisonsCsv(answer: ComparisonsAnswer, language: Language): string {
  const groups = new Map(answer.groups.map((group) => [group.key, group]));
  const bases = new Map(answer.indicators.map(({ id, base }) => [id, base[language]]));
  const rows = answer.comparisons.map((comparison): Row => {
    return { comparison, group: groups.get(comparison.group), base: bases.get(comparison.indicator) ?? '' };
  });
  return writeCsv([...columnsOfRelease<Row>(answer), ...columns], rows);
}

function figure(name: 'share' | 'comparator_share' | 'difference' | 'verdict'): CsvColumn<Row> {
  return { name, cell: ({ comparison }) => (comparison.suppressed ? hidden : comparison[name]) };
}

function plain(
  name:
    | 'period'
    | 'n'
    | 'comparator_n'
    | 'comparator_organisations'
    | 'comparator_low'
    | 'comparator_high'
    | 'difference_low'
    | 'difference_high',
  column: string = name,
): CsvColumn<Row> {
  return { name: column, cell: ({ comparison }) => comparison[name] };
}

const columns: readonly CsvColumn<Row>[] = [
  { name: 'group', cell: ({ comparison }) => comparison.group },
  { name: 'organisation', cell: ({ group }) => group?.organisation ?? null },
  { name: 'sector', cell: ({ group }) => group?.sector ?? null },
  { name: 'size', cell: ({ group }) => group?.size ?? null },
  { name: 'indicator', cell: ({ comparison }) => comparison.indicator },
  { name: 'option', cell: ({ comparison }) => comparison.option },
  { name: 'base', cell: ({ base }) => base },
  { name: 'kind', cell: ({ comparison }) => comparison.kind },
  { name: 'comparator', cell: ({ comparison }) => comparison.comparator },
  plain('period', 'comparator_period'),
  plain('n'),
  figure('share'),
  plain('comparator_n'),
  plain('comparator_organisations'),
  figure('comparator_share'),
  plain('comparator_low'),
  plain('comparator_high'),
  figure('difference'),
  plain('difference_low'),
  plain('difference_high'),
  figure('verdict'),
];
