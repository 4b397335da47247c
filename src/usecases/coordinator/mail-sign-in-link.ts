import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { idOf } from '../authorise';
import { findHeldRole, type HeldRoleRequest } from '../find-held-role';
import { queueSignInMail } from '../invitation-mail';

/**
 * Has a sign-in link mailed to somebody who has a role.
 * @param context the process' context
 * @param actor who asks
 * @param input the role
 * @throws AppError sign_in_needed, network_unknown, not_allowed, not_found, or mail_missing without mail or address
 */
export async function mailSignInLink(context: Context, actor: Actor, input: HeldRoleRequest): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const held = await findHeldRole(transaction, actor, input);
    if (context.mailer === null || held.email === null) throw new AppError('mail_missing');
    await queueSignInMail(transaction, { actorId: held.actorId, next: null });
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: held.networkId,
      action: 'asked for sign-in link',
      subject: held.actorId,
    });
  });
}
