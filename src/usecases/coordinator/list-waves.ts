import type { Context } from '../../context';
import { selectWaves, type Wave } from '../../db/waves';
import { can, type Actor } from '../../domain/permissions';
import { AppError } from '../../errors';

/**
 * Lists the waves whose fieldwork somebody may see.
 * @param context the process' context
 * @param actor who asks
 * @returns waves by network and key
 * @throws AppError sign_in_needed
 */
export async function listWaves(context: Context, actor: Actor): Promise<readonly Wave[]> {
  if (actor.kind === 'anonymous') throw new AppError('sign_in_needed');
  const waves = await selectWaves(context.db);
  return waves.filter(({ networkId }) => can(actor, 'see fieldwork', { networkId, organisationId: null }));
}
