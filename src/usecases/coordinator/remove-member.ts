import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { deleteMember, selectUnfinishedWaves } from '../../db/members';
import { selectMembers } from '../../db/organisations';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findNetwork, idOf } from '../authorise';

/**
 * Ends an organisation's membership; its contacts lose their role in the network. What it took part in stays as it is,
 * and while it stands in the frame of a wave that is being prepared or is open, it cannot leave.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the network and of the organisation
 * @throws AppError network_unknown, organisation_unknown, member_in_wave
 */
export async function removeMember(
  context: Context,
  actor: Actor,
  input: { readonly networkKey: string; readonly organisationKey: string },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const network = await findNetwork(transaction, actor, { key: input.networkKey, action: 'manage network' });
    const members = await selectMembers(transaction, network.id);
    const organisation = members.find(({ key }) => key === input.organisationKey);
    if (organisation === undefined) {
      throw new AppError('organisation_unknown', { values: { key: input.organisationKey } });
    }
    const member = { networkId: network.id, organisationId: organisation.id };
    const [wave] = await selectUnfinishedWaves(transaction, member);
    if (wave !== undefined) {
      const { period, state } = wave;
      throw new AppError('member_in_wave', { values: { name: organisation.name, period, state } });
    }
    const contacts = await deleteMember(transaction, member);
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: network.id,
      action: 'removed member',
      subject: organisation.key,
      detail: { contacts },
    });
  });
}
