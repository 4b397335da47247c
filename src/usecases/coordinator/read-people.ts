import type { Context } from '../../context';
import { selectMembers } from '../../db/organisations';
import { selectHeldRoles, type HeldRole } from '../../db/role-grants';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { defaultLastDay } from '../../domain/role-term';
import { findNetwork } from '../authorise';

/** Who has which role in a network. */
export interface NetworkPeople {
  readonly network: { readonly key: string; readonly name: string; readonly isDemo: boolean };
  readonly people: readonly HeldRole[];
  readonly organisations: readonly { readonly key: string; readonly name: string }[];
  readonly hasMail: boolean;
  /** Last day of a contact's role unless another one is chosen, YYYY-MM-DD. */
  readonly contactEndsOn: string | null;
}

/**
 * Reads who has which role in a network.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the network
 * @throws AppError sign_in_needed, network_unknown, not_allowed
 */
export async function readPeople(
  context: Context,
  actor: Actor,
  input: { readonly networkKey: string },
): Promise<NetworkPeople> {
  const network = await findNetwork(context.db, actor, { key: input.networkKey, action: 'manage people' });
  const today = toDate(context.now());
  const members = await selectMembers(context.db, network.id);
  return {
    network: { key: network.key, name: network.name, isDemo: network.isDemo },
    people: await selectHeldRoles(context.db, { networkId: network.id, today }),
    organisations: [...members].sort((a, b) => a.name.localeCompare(b.name, 'nb')),
    hasMail: context.mailer !== null,
    contactEndsOn: defaultLastDay('organisation_contact', today),
  };
}
