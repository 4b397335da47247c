import type { Context } from '../../context';
import { selectOptionalStratumOfUnit, updateRespondentCount } from '../../db/erasures';
import { eraseSealedStratum } from '../../db/responses';
import { isSoleResponse } from '../../domain/fieldwork/sole-response';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWaveForUpdate } from '../authorise';
import { keepErasure } from '../keep-erasure';

/**
 * Erases the response of a unit from a sealed wave at the level fortrolig, where it is the only one of its stratum and
 * nobody else can have given it. Releases made before stay as they are (statistics.md R8), and outcomes keep telling how
 * fieldwork ended.
 * @param context the process' context
 * @param actor who erases
 * @param input key of the wave, and key of the unit whose respondent asks for it
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, form_faulty when the unit is unknown or its response cannot
 *   be told from others
 */
export async function eraseSoleResponse(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly unit: string },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const wave = await findWaveForUpdate(transaction, actor, { key: input.waveKey, action: 'erase responses' });
    const refuse = (key: string): AppError => new AppError('form_faulty', { fields: [{ field: 'unit', key }] });
    if (wave.anonymityLevel !== 'fortrolig' || wave.closedOn === null) throw refuse('erasure.fault.shared');
    const stratum = await selectOptionalStratumOfUnit(transaction, wave.id, input.unit);
    if (stratum === null) throw refuse('erasure.fault.unit');
    if (!isSoleResponse(stratum)) throw refuse('erasure.fault.shared');
    await eraseSealedStratum(transaction, wave.id, stratum.stratum);
    await updateRespondentCount(transaction, wave.id, stratum.stratum);
    await keepErasure(context, transaction, { wave, actor, foundBy: 'sole_response' });
  });
}
