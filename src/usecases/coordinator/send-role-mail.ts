import type { Context } from '../../context';
import { selectOptionalPerson } from '../../db/actors';
import { selectOptionalHeldRole } from '../../db/role-grants';
import { translate } from '../../texts/translate';

/**
 * Tells somebody by mail about a role that they were given, and where to sign in. There is no secret in it.
 * @param context the process' context
 * @param input id of the role; one that was ended meanwhile is not told about
 */
export async function sendRoleMail(context: Context, input: { readonly grantId: string }): Promise<void> {
  const { mailer, config } = context;
  const held = await selectOptionalHeldRole(context.db, input.grantId);
  const person = held === null ? null : await selectOptionalPerson(context.db, held.actorId);
  if (mailer === null || held === null || person === null || person.email === null) return;
  const { language } = person;
  const place = held.organisationName ?? held.networkName ?? translate(language, 'product.name');
  const values = {
    name: person.name,
    role: translate(language, `people.role.${held.role}`),
    place,
    address: `${config.publicUrl}/logg-inn`,
  };
  await mailer.send({
    to: { name: person.name, address: person.email },
    subject: translate(language, 'mail.role.subject', { place }),
    text: translate(language, 'mail.role.body', values),
  });
}
