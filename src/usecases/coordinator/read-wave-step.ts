import type { Context } from '../../context';
import { selectOptionalWaveJob, type WaveJob } from '../../db/wave-jobs';
import type { Actor } from '../../domain/permissions';
import { findWave } from '../authorise';

/**
 * Reads how far the closing or releasing of a wave has come.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @returns the step, its state and responses read so far, or null when nothing is under way
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readWaveStep(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<Pick<WaveJob, 'step' | 'state' | 'phase' | 'done' | 'total'> | null> {
  const wave = await findWave(context.db, actor, { key: input.waveKey, action: 'manage wave' });
  const job = await selectOptionalWaveJob(context.db, wave.id);
  return job === null || job.state === 'failed' ? null : job;
}
