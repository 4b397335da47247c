import type { Context } from '../../context';
import { deleteResponse } from '../../db/withdrawals';
import { AppError } from '../../errors';
import { findReceipt } from '../find-receipt';

/**
 * Deletes a response for the respondent who has its receipt code. The invitation stays answered, for nothing tells which
 * one it was, and the wave's count of responses taken back goes up by one. No audit event: it would tell when.
 * @param context the process' context
 * @param code the code as it was written
 * @returns false when no response was found
 * @throws AppError busy while the wave is being closed
 */
export async function withdrawResponse(context: Context, code: string): Promise<boolean> {
  const found = await findReceipt(context, code);
  if (found.kind !== 'found') return false;
  const { isHeld, isDeleted } = await deleteResponse(context.db, found.wave.id, found.responseId);
  if (!isHeld) throw new AppError('busy');
  return isDeleted;
}
