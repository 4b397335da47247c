import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { countAdministratorsForUpdate, deleteRoleGrant } from '../../db/role-grants';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { idOf } from '../authorise';
import { findHeldRole, type HeldRoleRequest } from '../find-held-role';

/**
 * Ends somebody's role; the right is gone with their next click.
 * @param context the process' context
 * @param actor who asks
 * @param input which role
 * @throws AppError sign_in_needed, network_unknown, not_allowed, not_found, last_administrator
 */
export async function endRole(context: Context, actor: Actor, input: HeldRoleRequest): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const held = await findHeldRole(transaction, actor, input);
    if (held.role === 'administrator' && (await countAdministratorsForUpdate(transaction)) === 1) {
      throw new AppError('last_administrator');
    }
    await deleteRoleGrant(transaction, held.id);
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: held.networkId,
      action: 'ended role',
      subject: held.actorId,
      detail: { role: held.role, organisation: held.organisationName },
    });
  });
}
