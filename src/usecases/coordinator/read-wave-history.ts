import type { Context } from '../../context';
import { selectWaveEvents, type WaveEvent } from '../../db/wave-history';
import type { Actor } from '../../domain/permissions';
import { findWave } from '../authorise';

/**
 * Reads who did what to a wave.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @returns events, newest first; never an answer, a token or an address
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readWaveHistory(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<readonly WaveEvent[]> {
  const wave = await findWave(context.db, actor, { key: input.waveKey, action: 'manage wave' });
  return selectWaveEvents(context.db, wave);
}
