import type { Context } from '../context';
import { insertAuditEvent } from '../db/audit';
import type { Database } from '../db/database';
import { insertTokens } from '../db/invitations';
import { selectOpenInvitations, type OpenInvitation } from '../db/open-invitations';
import type { Wave } from '../db/waves';
import { createToken, hashToken } from '../domain/fieldwork/tokens';
import { toDate } from '../domain/fieldwork/wave-state';
import type { Actor } from '../domain/permissions';
import { findWave, idOf, requireState } from './authorise';

/** A personal link and whom it is for. */
export interface PersonalLink extends Omit<OpenInvitation, 'id'> {
  readonly link: string;
}

/**
 * Makes links to hand out in another way than by mail, and keeps that it was done.
 * @param context the process' context
 * @param transaction a transaction
 * @param request who asks, for which wave, and what for
 * @returns the wave and its links
 * @throws AppError wave_unknown, not_allowed, wave_state
 */
export async function makeLinks(
  context: Context,
  transaction: Database,
  request: { readonly actor: Actor; readonly waveKey: string; readonly purpose: 'file' | 'letters' },
): Promise<{ readonly wave: Wave; readonly links: readonly PersonalLink[] }> {
  const { actor, purpose } = request;
  const wave = await findWave(transaction, actor, { key: request.waveKey, action: 'manage wave' });
  requireState(wave, 'open');
  const invitations = await selectOpenInvitations(transaction, wave.id);
  const made = invitations.map((invitation) => ({ invitation, token: createToken(context.randomBytes) }));
  const now = context.now();
  const tokens = made.map(({ invitation, token }) => ({ invitationId: invitation.id, tokenHash: hashToken(token) }));
  await insertTokens(transaction, toDate(now), tokens);
  await insertAuditEvent(transaction, {
    occurredAt: now,
    actorId: idOf(actor),
    networkId: wave.networkId,
    action: 'created links',
    subject: wave.key,
    detail: { links: made.length, purpose },
  });
  const links = made.map(({ invitation, token }): PersonalLink => {
    const { unit, unitName, organisationName, name, email, language } = invitation;
    const link = `${context.config.publicUrl}/svar/${token}`;
    return { unit, unitName, organisationName, name, email, language, link };
  });
  return { wave, links };
}
