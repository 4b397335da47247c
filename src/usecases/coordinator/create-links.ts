import type { Context } from '../../context';
import type { Actor } from '../../domain/permissions';
import { makeLinks, type PersonalLink } from '../make-links';

/**
 * Makes a fresh personal link for every invitation of an open wave that can still be handed out. Earlier links stay
 * valid; only hashes are kept.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @returns units by organisation and key, with their links, shown once
 * @throws AppError wave_unknown, wave_state
 */
export async function createLinks(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<readonly PersonalLink[]> {
  return context.db.transaction(async (transaction) => {
    return (await makeLinks(context, transaction, { actor, waveKey: input.waveKey, purpose: 'file' })).links;
  });
}
