import type { Context } from '../../context';
import { selectMembers } from '../../db/organisations';
import { isEmail, nameFromEmail } from '../../domain/fieldwork/contact';
import { defaultLanguage, type Language } from '../../domain/languages';
import type { Actor, Role } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findNetwork } from '../authorise';
import { giveRole } from '../give-role';

/** Who gets which role where. */
export interface GrantRoleInput {
  readonly email: string;
  /** Name of a person who is new. */
  readonly name: string;
  readonly role: Exclude<Role, 'administrator'>;
  readonly networkKey: string;
  /** Language of a person who is new; bokmål unless given. */
  readonly language?: Language;
  /** Key of the organisation; for an organisation's contact only. */
  readonly organisationKey?: string;
}

/**
 * Gives somebody a role in a network; somebody new is added.
 * @param context the process' context
 * @param actor who asks
 * @param input who gets which role where
 * @returns id of the person
 * @throws AppError network_unknown, organisation_unknown, value_invalid
 */
export async function grantRole(
  context: Context,
  actor: Actor,
  input: GrantRoleInput,
): Promise<{ readonly actorId: string }> {
  return context.db.transaction(async (transaction) => {
    const network = await findNetwork(transaction, actor, { key: input.networkKey, action: 'manage people' });
    const email = input.email.trim().toLowerCase();
    if (!isEmail(email)) throw new AppError('value_invalid', { values: { field: 'e-mail', value: input.email } });
    const { role, organisationKey } = input;
    if ((role === 'organisation_contact') !== (organisationKey !== undefined)) {
      throw new AppError('value_invalid', { values: { field: 'organisation', value: organisationKey ?? '' } });
    }
    const members = await selectMembers(transaction, network.id);
    const organisation = members.find(({ key }) => key === organisationKey);
    if (organisationKey !== undefined && organisation === undefined) {
      throw new AppError('organisation_unknown', { values: { key: organisationKey } });
    }
    const { actorId } = await giveRole(context, transaction, actor, {
      email,
      name: input.name.trim() || nameFromEmail(email),
      language: input.language ?? defaultLanguage,
      role,
      network,
      organisation: organisation ?? null,
      endsOn: null,
    });
    return { actorId };
  });
}
