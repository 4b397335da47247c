import type { Context } from '../../context';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWave, requireNextState } from '../authorise';
import { requireFaultless } from '../form-faults';
import { askForRelease, readReleaseChoice } from '../release-wish';

/**
 * Asks for a closed wave to be released. Where two people release, it waits for another person; otherwise the work begins
 * in the background. Asking again while it waits or is under way changes nothing.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave; visibility, and embargo as YYYY-MM-DDTHH:MM in Norway or empty, as the form sends them
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, wave_state or form_faulty
 */
export async function requestRelease(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly visibility: string; readonly embargo: string },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const wave = await findWave(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    if (actor.kind !== 'person') throw new AppError('not_allowed');
    requireNextState(wave, 'released');
    const now = context.now();
    const { choice, faults } = readReleaseChoice(wave, input, now);
    requireFaultless(faults);
    await askForRelease(transaction, { wave, actorId: actor.id, requestedAt: now, choice, correction: null });
  });
}
