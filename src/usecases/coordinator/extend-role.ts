import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { updateRoleGrantEnd } from '../../db/role-grants';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { isLastDay } from '../../domain/role-term';
import { AppError } from '../../errors';
import { idOf } from '../authorise';
import { findHeldRole, type HeldRoleRequest } from '../find-held-role';

/**
 * Changes the last day of somebody's role.
 * @param context the process' context
 * @param actor who asks
 * @param input which role, and its last day as it was written
 * @throws AppError sign_in_needed, network_unknown, not_allowed, not_found, form_faulty
 */
export async function extendRole(
  context: Context,
  actor: Actor,
  input: HeldRoleRequest & { readonly endsOn: string },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const held = await findHeldRole(transaction, actor, input);
    const { endsOn } = input;
    if (!isLastDay(endsOn, toDate(context.now()))) {
      throw new AppError('form_faulty', { fields: [{ field: 'ends_on', key: 'people.fault.ends_on' }] });
    }
    await updateRoleGrantEnd(transaction, { id: held.id, endsOn });
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: held.networkId,
      action: 'extended role',
      subject: held.actorId,
      detail: { role: held.role, organisation: held.organisationName, endsOn },
    });
  });
}
