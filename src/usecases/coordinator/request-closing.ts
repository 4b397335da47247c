import type { Context } from '../../context';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWave, requireNextState } from '../authorise';
import { enqueueWaveStep } from '../enqueue-wave-step';

/**
 * Asks for an open wave to be closed in the background. Asking again while it is under way changes nothing.
 * @param context the process' context
 * @param actor who asks; in whose name it is done
 * @param input key of the wave
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, wave_state
 */
export async function requestClosing(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    // Not locked: whoever is at work on the wave holds it until it is done.
    const wave = await findWave(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    if (actor.kind !== 'person') throw new AppError('not_allowed');
    requireNextState(wave, 'closed');
    const requestedAt = context.now();
    await enqueueWaveStep(transaction, { waveId: wave.id, step: 'close', actorId: actor.id, requestedAt });
  });
}
