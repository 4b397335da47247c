import type { Context } from '../../context';
import { selectActor } from '../../db/actors';
import { insertAuditEvent } from '../../db/audit';
import { useSignInLink } from '../../db/sign-in-links';
import { hashToken } from '../../domain/fieldwork/tokens';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';

/**
 * Uses a sign-in link up and tells who it belongs to. A link works once and until it expires.
 * @param context the process' context
 * @param input token: the secret part of the link
 * @returns the actor who is now signed in
 * @throws AppError sign_in_link_invalid when the link is unknown, used or too old
 */
export async function signIn(context: Context, input: { token: string }): Promise<Actor & { kind: 'person' }> {
  return context.db.transaction(async (transaction) => {
    const now = context.now();
    const actorId = await useSignInLink(transaction, { tokenHash: hashToken(input.token), now });
    const actor = actorId === null ? null : await selectActor(transaction, { actorId, today: toDate(now) });
    if (actor === null) throw new AppError('sign_in_link_invalid');
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: actor.id,
      networkId: null,
      action: 'signed in',
      subject: actor.id,
    });
    return actor;
  });
}
