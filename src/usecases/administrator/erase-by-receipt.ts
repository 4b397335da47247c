import { moveContext, type Context } from '../../context';
import { deleteResponse } from '../../db/withdrawals';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWave } from '../authorise';
import { findReceipt } from '../find-receipt';
import { keepErasure } from '../keep-erasure';

/**
 * Erases the response of a receipt code for a respondent who has asked for it, while the wave is open. What is kept is
 * that it was done and when, never which response or by whom it was given.
 * @param context the process' context
 * @param actor who erases
 * @param input key of the wave, and the code as it was written
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, form_faulty when no response of the wave has the code, busy
 */
export async function eraseByReceipt(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly code: string },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const wave = await findWave(transaction, actor, { key: input.waveKey, action: 'erase responses' });
    const found = await findReceipt(moveContext(context, transaction), input.code);
    const unknown = new AppError('form_faulty', { fields: [{ field: 'code', key: 'erasure.fault.code' }] });
    if (found.kind !== 'found' || found.wave.id !== wave.id) throw unknown;
    const { isHeld, isDeleted } = await deleteResponse(transaction, wave.id, found.responseId);
    if (!isHeld) throw new AppError('busy');
    if (!isDeleted) throw unknown;
    await keepErasure(context, transaction, { wave, actor, foundBy: 'receipt' });
  });
}
