import type { Language } from '../../domain/languages';
import { writeCsv, type CsvColumn } from '../write-csv';
import type { EstimatesAnswer } from './estimates-answer';

/** As statistics offices write what may not be shown. */
export const hidden = ':';

type Estimate = EstimatesAnswer['estimates'][number];

interface Row {
  readonly estimate: Estimate;
  readonly group: EstimatesAnswer['groups'][number] | undefined;
  readonly base: string;
}

/**
 * Writes the figures of an edition as CSV: one figure a line, each with its wave, period, release and base.
 * @param answer what the API answers with
 * @param language language of the bases
 * @returns the file's text; suppressed figures as ":" without n
 */
export function writePublishedEstimatesCsv(answer: EstimatesAnswer, language: Language): string {
  const groups = new Map(answer.groups.map((group) => [group.key, group]));
  const bases = new Map(answer.indicators.map(({ id, base }) => [id, base[language]]));
  const rows = answer.estimates.map((estimate): Row => {
    return { estimate, group: groups.get(estimate.group), base: bases.get(estimate.indicator) ?? '' };
  });
  return writeCsv([...columnsOfRelease<Row>(answer), ...columns], rows);
}

/**
 * Columns that are the same in every line, so that no line is ever without its source.
 * @param answer what the API answers with
 */
export function columnsOfRelease<OfRow>({
  wave,
  release,
}: Pick<EstimatesAnswer, 'wave' | 'release'>): readonly CsvColumn<OfRow>[] {
  return [
    { name: 'network', cell: () => wave.network.key },
    { name: 'wave', cell: () => wave.key },
    { name: 'period', cell: () => wave.period },
    { name: 'release', cell: () => release.number },
    { name: 'edition', cell: () => release.edition },
    { name: 'synthetic', cell: () => wave.isSynthetic },
  ];
}

const columns: readonly CsvColumn<Row>[] = [
  { name: 'group', cell: ({ estimate }) => estimate.group },
  { name: 'organisation', cell: ({ group }) => group?.organisation ?? null },
  { name: 'sector', cell: ({ group }) => group?.sector ?? null },
  { name: 'size', cell: ({ group }) => group?.size ?? null },
  { name: 'indicator', cell: ({ estimate }) => estimate.indicator },
  { name: 'option', cell: ({ estimate }) => estimate.option },
  { name: 'base', cell: ({ base }) => base },
  { name: 'n', cell: ({ estimate }) => estimate.n },
  { name: 'share', cell: ({ estimate }) => (estimate.suppressed ? hidden : estimate.share) },
  { name: 'low', cell: ({ estimate }) => (estimate.suppressed ? hidden : estimate.low) },
  { name: 'high', cell: ({ estimate }) => (estimate.suppressed ? hidden : estimate.high) },
  { name: 'se', cell: ({ estimate }) => estimate.se },
  { name: 'se_nofpc', cell: ({ estimate }) => estimate.se_nofpc },
  { name: 'df', cell: ({ estimate }) => estimate.df },
  { name: 'flags', cell: ({ estimate }) => estimate.flags?.join(';') ?? null },
];
