import type { Context } from '../../context';
import type { AnonymityLevel } from '../../domain/fieldwork/types';
import type { LocalisedText } from '../../domain/languages';
import { findReceipt } from '../find-receipt';

/** What somebody with a receipt code is told: which response they can take back, or why none is to be found. */
export type OwnResponse =
  | { readonly kind: 'found'; readonly instrumentTitle: LocalisedText; readonly period: string }
  | { readonly kind: 'sealed'; readonly anonymityLevel: AnonymityLevel; readonly closedOn: string | null }
  | { readonly kind: 'unknown' };

/**
 * Finds the response that a receipt code leads to, so that it can be taken back. Tells nothing of what was answered.
 * @param context the process' context
 * @param code the code as it was written
 */
export async function findOwnResponse(context: Context, code: string): Promise<OwnResponse> {
  const found = await findReceipt(context, code);
  if (found.kind === 'unknown') return found;
  const { wave } = found;
  if (found.kind === 'sealed') {
    return { kind: 'sealed', anonymityLevel: wave.anonymityLevel, closedOn: wave.closedOn };
  }
  const { title } = await context.instruments.load(context.db, wave.instrumentVersionId);
  return { kind: 'found', instrumentTitle: title, period: wave.period };
}
