import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { deleteOtherSessions, deleteOwnSession } from '../../db/own-sessions';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';

/** One session by its id, or all but the one that asks, which is known by the secret in its cookie. */
export type EndSessionInput = { readonly sessionId: string } | { readonly exceptSecret: string };

/**
 * Ends sessions of the person who is signed in; they are over with their next click, in every process.
 * @param context the process' context
 * @param actor who asks
 * @param input which sessions
 * @throws AppError sign_in_needed, or not_found when the person has no such session
 */
export async function endOwnSessions(context: Context, actor: Actor, input: EndSessionInput): Promise<void> {
  if (actor.kind !== 'person') throw new AppError('sign_in_needed');
  const actorId = actor.id;
  await context.db.transaction(async (transaction) => {
    const sessions =
      'exceptSecret' in input
        ? await deleteOtherSessions(transaction, { actorId, currentSecret: input.exceptSecret })
        : Number(await deleteOwnSession(transaction, { actorId, sessionId: input.sessionId }));
    if (sessions === 0 && 'sessionId' in input) throw new AppError('not_found');
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId,
      networkId: null,
      action: 'ended sessions',
      subject: actorId,
      detail: { sessions },
    });
  });
}
