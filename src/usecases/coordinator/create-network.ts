import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { nameConstraintFaults } from '../../db/constraint-faults';
import { insertNetwork, type Network } from '../../db/networks';
import { isEmail } from '../../domain/fieldwork/contact';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { idOf, installation, requireRight } from '../authorise';

const longestName = 200;

/** What a network begins with. */
export interface CreateNetworkInput {
  readonly key: string;
  readonly name: string;
  /** Whether members have agreed in writing to see each other. */
  readonly isOpen: boolean;
  readonly isDemo?: boolean;
  readonly contactName?: string;
  readonly contactEmail?: string;
}

/**
 * Creates a network without members.
 * @param context the process' context
 * @param actor who asks
 * @param input key, name, openness and whom respondents can ask
 * @returns the network
 * @throws AppError network_exists, key_invalid, value_invalid
 */
export async function createNetwork(context: Context, actor: Actor, input: CreateNetworkInput): Promise<Network> {
  requireRight(actor, 'administer installation', installation);
  const { key, name, contactEmail } = input;
  if (name.trim() === '' || name.length > longestName) {
    throw new AppError('value_invalid', { values: { field: 'name', value: name } });
  }
  if (contactEmail !== undefined && !isEmail(contactEmail)) {
    throw new AppError('value_invalid', { values: { field: 'contact e-mail', value: contactEmail } });
  }
  return nameConstraintFaults({ key }, () =>
    context.db.transaction(async (transaction) => {
      const network = await insertNetwork(transaction, {
        key,
        name: name.trim(),
        isOpen: input.isOpen,
        isDemo: input.isDemo ?? false,
        contactName: input.contactName ?? null,
        contactEmail: contactEmail ?? null,
      });
      await insertAuditEvent(transaction, {
        occurredAt: context.now(),
        actorId: idOf(actor),
        networkId: network.id,
        action: 'created network',
        subject: key,
        detail: { isOpen: input.isOpen },
      });
      return network;
    }),
  );
}
