import type { Context } from '../../context';
import { selectInstruments, type InstrumentVersion } from '../../db/instruments';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';

/**
 * Lists every instrument version of the installation; questionnaires are no secret.
 * @param context the process' context
 * @param actor who asks
 * @returns versions by instrument and number
 * @throws AppError sign_in_needed
 */
export async function listInstruments(context: Context, actor: Actor): Promise<readonly InstrumentVersion[]> {
  if (actor.kind === 'anonymous') throw new AppError('sign_in_needed');
  return selectInstruments(context.db);
}
