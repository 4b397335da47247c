import type { Context } from '../../context';
import { selectMembers } from '../../db/organisations';
import { isEmail } from '../../domain/fieldwork/contact';
import { toDate } from '../../domain/fieldwork/wave-state';
import { defaultLanguage, isLanguage } from '../../domain/languages';
import type { Actor, Role } from '../../domain/permissions';
import { isLastDay } from '../../domain/role-term';
import { AppError, type FieldFault } from '../../errors';
import { findNetwork } from '../authorise';
import { giveRole } from '../give-role';
import { queueRoleMail } from '../invitation-mail';

const longestName = 200;

/** Roles that can be given in a network. */
export const networkRoles = ['coordinator', 'organisation_contact', 'researcher'] as const satisfies readonly Role[];

/** A form as it was filled in. */
export interface InvitePersonInput {
  readonly networkKey: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  /** Key of the organisation; empty but for an organisation's contact. */
  readonly organisation: string;
  readonly language: string;
  /** Last day, YYYY-MM-DD; empty: a contact gets two years, others have no end. */
  readonly endsOn: string;
}

/**
 * Gives somebody a role in a network and tells them by mail where to sign in.
 * @param context the process' context
 * @param actor who asks
 * @param input the form as it was filled in
 * @returns whether a mail is on its way
 * @throws AppError sign_in_needed, network_unknown, not_allowed, form_faulty
 */
export async function invitePerson(
  context: Context,
  actor: Actor,
  input: InvitePersonInput,
): Promise<{ readonly isMailed: boolean }> {
  return context.db.transaction(async (transaction) => {
    const network = await findNetwork(transaction, actor, { key: input.networkKey, action: 'manage people' });
    const members = await selectMembers(transaction, network.id);
    const { role, fields } = checkForm(input, members, toDate(context.now()));
    if (role === undefined || fields.length > 0) throw new AppError('form_faulty', { fields });
    const { grantId } = await giveRole(context, transaction, actor, {
      email: input.email.trim().toLowerCase(),
      name: input.name.trim(),
      language: isLanguage(input.language) ? input.language : defaultLanguage,
      role,
      network,
      organisation:
        role === 'organisation_contact' ? (members.find(({ key }) => key === input.organisation) ?? null) : null,
      endsOn: input.endsOn === '' ? null : input.endsOn,
    });
    await queueRoleMail(context, transaction, grantId);
    return { isMailed: context.mailer !== null };
  });
}

function checkForm(
  input: InvitePersonInput,
  members: readonly { readonly key: string }[],
  today: string,
): { readonly role: (typeof networkRoles)[number] | undefined; readonly fields: readonly FieldFault[] } {
  const role = networkRoles.find((each) => each === input.role);
  const name = input.name.trim();
  const needsOrganisation = role === 'organisation_contact';
  const isMember = members.some(({ key }) => key === input.organisation);
  const fields: FieldFault[] = [];
  if (!isEmail(input.email.trim())) fields.push({ field: 'email', key: 'people.fault.email' });
  if (name === '' || name.length > longestName) fields.push({ field: 'name', key: 'people.fault.name' });
  if (role === undefined) fields.push({ field: 'role', key: 'people.fault.role' });
  if (needsOrganisation && !isMember) fields.push({ field: 'organisation', key: 'people.fault.organisation' });
  if (role !== undefined && !needsOrganisation && input.organisation !== '') {
    fields.push({ field: 'organisation', key: 'people.fault.no_organisation' });
  }
  if (input.endsOn !== '' && !isLastDay(input.endsOn, today)) {
    fields.push({ field: 'ends_on', key: 'people.fault.ends_on' });
  }
  return { role, fields };
}
