import type { Context } from '../context';
import { hasResponse, selectAnsweredWaves, type AnsweredWave } from '../db/withdrawals';
import { markOfWave, readReceiptCode, toResponseId } from '../domain/fieldwork/receipt-code';

/** What a receipt code leads to. Only the wave can be told from the code itself. */
export type FoundReceipt =
  | { readonly kind: 'found'; readonly wave: AnsweredWave; readonly responseId: string }
  | { readonly kind: 'sealed'; readonly wave: AnsweredWave }
  | { readonly kind: 'unknown' };

/**
 * Looks for the response of a receipt code. A code of a wave that has been sealed leads nowhere, whoever asks.
 * @param context the process' context
 * @param text the code as it was written
 */
export async function findReceipt(context: Context, text: string): Promise<FoundReceipt> {
  const code = readReceiptCode(text);
  if (code === null) return { kind: 'unknown' };
  const responseId = toResponseId(code);
  const waves = (await selectAnsweredWaves(context.db)).filter(({ id }) => code.startsWith(markOfWave(id)));
  for (const wave of waves.filter(({ state }) => state === 'open')) {
    if (await hasResponse(context.db, wave.id, responseId)) return { kind: 'found', wave, responseId };
  }
  const sealed = waves.find(({ state }) => state !== 'open');
  return sealed === undefined ? { kind: 'unknown' } : { kind: 'sealed', wave: sealed };
}
