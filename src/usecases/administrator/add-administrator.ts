import type { Context } from '../../context';
import { isEmail } from '../../domain/fieldwork/contact';
import { defaultLanguage, isLanguage } from '../../domain/languages';
import type { Actor } from '../../domain/permissions';
import { AppError, type FieldFault } from '../../errors';
import { installation, requireRight } from '../authorise';
import { giveRole } from '../give-role';
import { queueRoleMail } from '../invitation-mail';

const longestName = 200;

/**
 * Makes somebody an administrator and tells them by mail where to sign in.
 * @param context the process' context
 * @param actor who asks
 * @param input the form as it was filled in
 * @returns whether a mail is on its way
 * @throws AppError sign_in_needed, not_allowed, form_faulty
 */
export async function addAdministrator(
  context: Context,
  actor: Actor,
  input: { readonly email: string; readonly name: string; readonly language: string },
): Promise<{ readonly isMailed: boolean }> {
  requireRight(actor, 'administer installation', installation);
  const email = input.email.trim().toLowerCase();
  const name = input.name.trim();
  const fields: FieldFault[] = [];
  if (!isEmail(email)) fields.push({ field: 'email', key: 'people.fault.email' });
  if (name === '' || name.length > longestName) fields.push({ field: 'name', key: 'people.fault.name' });
  if (fields.length > 0) throw new AppError('form_faulty', { fields });
  const language = isLanguage(input.language) ? input.language : defaultLanguage;
  await context.db.transaction(async (transaction) => {
    const given = {
      email,
      name,
      language,
      role: 'administrator',
      network: null,
      organisation: null,
      endsOn: null,
    } as const;
    const { grantId } = await giveRole(context, transaction, actor, given);
    await queueRoleMail(context, transaction, grantId);
  });
  return { isMailed: context.mailer !== null };
}
