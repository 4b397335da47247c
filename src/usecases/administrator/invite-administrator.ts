import type { Context } from '../../context';
import { insertOrFindActor } from '../../db/actors';
import { insertAuditEvent } from '../../db/audit';
import { insertRoleGrant } from '../../db/role-grants';
import { isEmail, nameFromEmail } from '../../domain/fieldwork/contact';
import { defaultLanguage } from '../../domain/languages';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { idOf, installation, requireRight } from '../authorise';
import { makeSignInLink, signInLinkHours } from '../sign-in-link';

/**
 * Makes somebody an administrator, or gives one a new sign-in link, so that nobody is locked out.
 * @param context the process' context
 * @param actor who asks
 * @param input e-mail address
 * @returns id of the person, and the path of a link that works once within 24 hours
 * @throws AppError value_invalid
 */
export async function inviteAdministrator(
  context: Context,
  actor: Actor,
  input: { readonly email: string },
): Promise<{ readonly actorId: string; readonly path: string }> {
  requireRight(actor, 'administer installation', installation);
  const email = input.email.trim().toLowerCase();
  if (!isEmail(email)) throw new AppError('value_invalid', { values: { field: 'e-mail', value: input.email } });
  return context.db.transaction(async (transaction) => {
    const actorId = await insertOrFindActor(transaction, {
      email,
      name: nameFromEmail(email),
      language: defaultLanguage,
    });
    await insertRoleGrant(transaction, {
      actorId,
      role: 'administrator',
      networkId: null,
      organisationId: null,
      endsOn: null,
    });
    const path = await makeSignInLink(context, transaction, { actorId, minutes: signInLinkHours * 60 });
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: null,
      action: 'invited administrator',
      subject: actorId,
    });
    return { actorId, path };
  });
}
