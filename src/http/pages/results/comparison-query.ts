import { z } from 'zod';
import { sizes } from '../../../domain/fieldwork/types';
import { AppError } from '../../../errors';
import type { ComparisonInput, ComparisonPage } from '../../../usecases/coordinator/read-comparison';
import { readComparator, writeComparator } from './comparator-words';

const choice = z.string().max(100).optional();
const querySchema = z.object({
  organisasjon: choice,
  tema: choice,
  inndeling: z.enum(['ingen', 'sektor', 'storrelse']).optional(),
  gruppe: choice,
  runde: choice,
  mot: choice,
});

export interface ComparisonQuery {
  readonly input: ComparisonInput;
  /** Another wave chosen in the form; null when it is the one of the address. */
  readonly otherWave: string | null;
}

/**
 * Reads the filters of a comparison page. The form sends `gruppe` alone; whether it is a sector or a size follows.
 * @param waveKey wave of the address
 * @param query parsed query string
 * @throws AppError bad_request when a filter is given twice or has an impossible form
 */
export function readComparisonQuery(waveKey: string, query: unknown): ComparisonQuery {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) throw new AppError('bad_request');
  const { organisasjon, tema, inndeling, gruppe, runde, mot } = parsed.data;
  const comparator = readComparator(mot);
  if (comparator === null) throw new AppError('bad_request');
  return {
    input: {
      waveKey,
      organisationKey: organisasjon || undefined,
      theme: tema || undefined,
      breakdown: chooseDimension(inndeling, gruppe ?? ''),
      breakdownValue: gruppe || undefined,
      comparator,
    },
    otherWave: runde === undefined || runde === '' || runde === waveKey ? null : runde,
  };
}

function chooseDimension(
  inndeling: 'ingen' | 'sektor' | 'storrelse' | undefined,
  gruppe: string,
): ComparisonInput['breakdown'] {
  if (inndeling === 'sektor') return 'sector';
  if (inndeling === 'storrelse') return 'size';
  if (inndeling === 'ingen' || gruppe === '') return 'none';
  return sizes.some((size) => size === gruppe) ? 'size' : 'sector';
}

/**
 * Writes the filters of a page as a query string, for links and files.
 * @param page what is chosen
 * @returns such as "organisasjon=asker&tema=activity&inndeling=ingen"
 */
export function writeComparisonQuery({
  organisation,
  theme,
  breakdown,
  comparator,
}: Pick<ComparisonPage, 'organisation' | 'theme' | 'breakdown' | 'comparator'>): string {
  const query = new URLSearchParams({ organisasjon: organisation.key, tema: theme.id });
  const names = { none: 'ingen', sector: 'sektor', size: 'storrelse' } as const;
  query.set('inndeling', names[breakdown.dimension]);
  if (breakdown.dimension !== 'none') query.set('gruppe', breakdown.value);
  if (comparator.kind !== 'rest') query.set('mot', writeComparator(comparator));
  return query.toString();
}
