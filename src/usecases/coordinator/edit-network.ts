import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { updateNetwork } from '../../db/networks';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findNetwork, idOf } from '../authorise';
import { checkNetworkFields, type NetworkFields } from '../network-fields';

/**
 * Changes the name and the agreements of a network. Waves that exist keep what they began with.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the network and what is filled in
 * @throws AppError network_unknown, form_faulty
 */
export async function editNetwork(
  context: Context,
  actor: Actor,
  input: { readonly networkKey: string; readonly written: NetworkFields },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const network = await findNetwork(transaction, actor, { key: input.networkKey, action: 'manage network' });
    const { written } = input;
    const fields = checkNetworkFields(written);
    if (fields.length > 0) throw new AppError('form_faulty', { fields });
    await updateNetwork(transaction, { ...network, ...written, name: written.name.trim() });
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: network.id,
      action: 'edited network',
      subject: network.key,
      detail: {
        name: written.name.trim(),
        isOpen: written.isOpen,
        releaseNeedsTwo: written.releaseNeedsTwo,
        minimumCellSize: written.minimumCellSize,
        limits: JSON.stringify(written.limits),
        before: `${network.name}, open ${String(network.isOpen)}, two ${String(network.releaseNeedsTwo)}, k ${network.minimumCellSize}, ${JSON.stringify(network.limits)}`,
      },
    });
  });
}
