import { z } from 'zod';
import { AppError } from '../../../errors';

const querySchema = z.object({ tall: z.string().max(200).optional() });

/**
 * Reads which figure of a spread page is asked for.
 * @param waveKey wave of the address
 * @param query parsed query string; `tall` is an indicator and its option with a full stop between them
 * @returns wave and figure; no figure where none is chosen
 * @throws AppError bad_request when it is given twice
 */
export function readSpreadQuery(
  waveKey: string,
  query: unknown,
): { readonly waveKey: string; readonly indicator?: string; readonly option?: string } {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) throw new AppError('bad_request');
  const { tall = '' } = parsed.data;
  if (tall === '') return { waveKey };
  const [indicator = '', option = ''] = tall.split('.');
  return { waveKey, indicator, option };
}
