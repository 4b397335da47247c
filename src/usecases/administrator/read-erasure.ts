import type { Context } from '../../context';
import { selectErasures, type FoundBy } from '../../db/erasures';
import { selectNetwork } from '../../db/networks';
import type { Wave } from '../../db/waves';
import type { Actor } from '../../domain/permissions';
import { findWave } from '../authorise';

/** What the page about erasing responses of a wave tells. */
export interface ErasurePage {
  readonly wave: Pick<Wave, 'key' | 'period' | 'state' | 'anonymityLevel'>;
  readonly network: { readonly name: string; readonly isDemo: boolean };
  /** What was erased before, newest first. */
  readonly history: readonly { readonly date: string; readonly foundBy: FoundBy }[];
}

/**
 * Reads what can be erased from a wave at a respondent's request.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readErasure(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<ErasurePage> {
  const wave = await findWave(context.db, actor, { key: input.waveKey, action: 'erase responses' });
  const network = await selectNetwork(context.db, wave.networkKey);
  return {
    wave,
    network: { name: network.name, isDemo: network.isDemo },
    history: await selectErasures(context.db, wave.id),
  };
}
