import type { Context } from '../../context';
import type { ReadinessCheck } from '../../domain/fieldwork/readiness';
import type { Actor } from '../../domain/permissions';
import { findWave } from '../authorise';
import { loadReadiness } from '../load-readiness';

/**
 * Reads what is there and what is missing before the next step of a wave.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @returns lines in the order in which a round is prepared
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readReadiness(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<readonly ReadinessCheck[]> {
  const wave = await findWave(context.db, actor, { key: input.waveKey, action: 'manage wave' });
  return loadReadiness(context, context.db, wave);
}
