import type { Context } from '../../context';
import { addJob } from '../../db/jobs';
import { insertWaveJob } from '../../db/wave-jobs';
import { stateAfter, type WaveJobStep } from '../../domain/fieldwork/wave-job';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWave, requireNextState } from '../authorise';

/** Name of the task that closes and releases waves. */
export const waveStepTask = 'wave-step';
/** A program that is stopped on the way has used one of them. */
const mostAttempts = 5;

/**
 * Asks for a wave to be closed or released in the background. Asking again while it is under way changes nothing.
 * @param context the process' context
 * @param actor who asks; in whose name it is done
 * @param input key of the wave and what is to be done
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, wave_state
 */
export async function requestWaveStep(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly step: WaveJobStep },
): Promise<void> {
  const { step } = input;
  await context.db.transaction(async (transaction) => {
    // Not locked: whoever is at work on the wave holds it until it is done.
    const wave = await findWave(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    if (actor.kind !== 'person') throw new AppError('not_allowed');
    requireNextState(wave, stateAfter(step));
    const job = { waveId: wave.id, step, actorId: actor.id, requestedAt: context.now() };
    const key = await insertWaveJob(transaction, job);
    if (key !== null) {
      await addJob(transaction, { task: waveStepTask, key, payload: { waveId: wave.id }, mostAttempts });
    }
  });
}
