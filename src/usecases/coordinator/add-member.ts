import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { insertMember } from '../../db/members';
import { selectOptionalOrganisation } from '../../db/organisation-register';
import { isOrganisationNumber } from '../../domain/fieldwork/organisation-number';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findNetwork, idOf } from '../authorise';

/**
 * Makes an organisation that the installation knows a member of a network; a member already stays one.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the network and organisation number
 * @returns name of the organisation, and whether it was a member already
 * @throws AppError network_unknown, form_faulty
 */
export async function addMember(
  context: Context,
  actor: Actor,
  input: { readonly networkKey: string; readonly orgnr: string },
): Promise<{ readonly name: string; readonly wasMember: boolean }> {
  return context.db.transaction(async (transaction) => {
    const network = await findNetwork(transaction, actor, { key: input.networkKey, action: 'manage network' });
    const orgnr = input.orgnr.replace(/\s/g, '');
    if (!isOrganisationNumber(orgnr)) {
      throw new AppError('form_faulty', { fields: [{ field: 'orgnr', key: 'organisation.fault.orgnr' }] });
    }
    const organisation = await selectOptionalOrganisation(transaction, { orgnr });
    if (organisation === null) {
      throw new AppError('form_faulty', {
        fields: [{ field: 'orgnr', key: 'network.fault.orgnr_unknown', values: { orgnr } }],
      });
    }
    const isNew = await insertMember(transaction, { networkId: network.id, organisationId: organisation.id });
    if (isNew) {
      await insertAuditEvent(transaction, {
        occurredAt: context.now(),
        actorId: idOf(actor),
        networkId: network.id,
        action: 'added member',
        subject: organisation.key,
      });
    }
    return { name: organisation.name, wasMember: !isNew };
  });
}
