import type { Context } from '../../context';
import { selectOptionalPerson } from '../../db/actors';
import { insertAuditEvent } from '../../db/audit';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { idOf, installation, requireRight } from '../authorise';
import { makeSignInLink, signInLinkHours } from '../sign-in-link';

/**
 * Makes a sign-in link for somebody who has been granted a role.
 * @param context the process' context
 * @param actor who asks
 * @param input whose link it is
 * @returns path of a link that works once within 24 hours
 * @throws AppError not_found when there is no such person
 */
export async function createSignInLink(
  context: Context,
  actor: Actor,
  input: { readonly actorId: string },
): Promise<{ readonly path: string }> {
  requireRight(actor, 'administer installation', installation);
  return context.db.transaction(async (transaction) => {
    const person = await selectOptionalPerson(transaction, input.actorId);
    if (person === null) throw new AppError('not_found');
    const path = await makeSignInLink(context, transaction, { actorId: person.id, minutes: signInLinkHours * 60 });
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: null,
      action: 'created sign-in link',
      subject: person.id,
    });
    return { path };
  });
}
