import type { Context } from '../../context';
import { selectOptionalPerson } from '../../db/actors';
import { insertAuditEvent } from '../../db/audit';
import { translate } from '../../texts/translate';
import { mailedLinkMinutes, makeSignInLink } from '../sign-in-link';

/**
 * Makes a sign-in link and mails it to its person, in their language. The link is made here, so that it never waits on the
 * queue; every attempt makes another one.
 * @param context the process' context
 * @param input whose link it is, and a path of ours to go on to
 */
export async function sendSignInLink(
  context: Context,
  input: { readonly actorId: string; readonly next: string | null },
): Promise<void> {
  const { mailer, config } = context;
  const person = await selectOptionalPerson(context.db, input.actorId);
  if (mailer === null || person === null || person.email === null) return;
  const path = await context.db.transaction(async (transaction) => {
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: null,
      networkId: null,
      action: 'mailed sign-in link',
      subject: person.id,
    });
    return makeSignInLink(context, transaction, { actorId: person.id, minutes: mailedLinkMinutes });
  });
  const query = input.next === null ? '' : `?${new URLSearchParams({ videre: input.next }).toString()}`;
  const values = { name: person.name, link: `${config.publicUrl}${path}${query}`, minutes: mailedLinkMinutes };
  await mailer.send({
    to: { name: person.name, address: person.email },
    subject: translate(person.language, 'mail.sign_in.subject'),
    text: translate(person.language, 'mail.sign_in.body', values),
  });
}
