import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { insertTokens, selectInvitations } from '../../db/invitations';
import { createToken, hashToken } from '../../domain/fieldwork/tokens';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { findWaveForUpdate, idOf, requireState } from '../authorise';

/** A personal link, shown once. */
export interface UnitLink {
  readonly unit: string;
  readonly link: string;
}

/**
 * Makes a fresh personal link for every invitation of an open wave that has no outcome yet. Earlier links stay valid;
 * only hashes are kept.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @returns units by key with their links
 * @throws AppError wave_unknown, wave_state
 */
export async function createLinks(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<readonly UnitLink[]> {
  return context.db.transaction(async (transaction) => {
    const wave = await findWaveForUpdate(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    requireState(wave, 'open');
    const open = (await selectInvitations(transaction, wave.id)).filter(({ hasOutcome }) => !hasOutcome);
    const made = open.map(({ id, unit }) => ({ invitationId: id, unit, token: createToken(context.randomBytes) }));
    const now = context.now();
    const tokens = made.map(({ invitationId, token }) => ({ invitationId, tokenHash: hashToken(token) }));
    await insertTokens(transaction, toDate(now), tokens);
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'created links',
      subject: wave.key,
      detail: { links: made.length },
    });
    return made.map(({ unit, token }) => ({ unit, link: `${context.config.publicUrl}/svar/${token}` }));
  });
}
