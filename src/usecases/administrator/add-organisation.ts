import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { nameConstraintFaults } from '../../db/constraint-faults';
import { insertOrganisations, selectOptionalOrganisation } from '../../db/organisation-register';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { AppError, type FieldFault } from '../../errors';
import { idOf, installation, requireRight } from '../authorise';
import { checkOrganisation, type OrganisationForm } from '../organisation-fields';

const order = ['name', 'key', 'kind', 'orgnr', 'regionCode', 'regionCodeOn'];
const keyPattern = /^[a-z][a-z0-9-]{0,39}$/;

/**
 * Adds an organisation to the installation; it becomes a member of no network.
 * @param context the process' context
 * @param actor who asks
 * @param input what is filled in
 * @returns key of the organisation
 * @throws AppError form_faulty, organisation_conflict
 */
export async function addOrganisation(
  context: Context,
  actor: Actor,
  input: OrganisationForm & { readonly key: string },
): Promise<{ readonly key: string }> {
  requireRight(actor, 'administer installation', installation);
  const key = input.key.trim();
  const now = context.now();
  return nameConstraintFaults({}, () =>
    context.db.transaction(async (transaction) => {
      const fields: FieldFault[] = [];
      if (!keyPattern.test(key)) fields.push({ field: 'key', key: 'organisation.fault.key' });
      const owner = await selectOptionalOrganisation(transaction, { key });
      if (owner !== null)
        fields.push({ field: 'key', key: 'organisation.fault.key_taken', values: { name: owner.name } });
      const checked = await checkOrganisation(transaction, input, { id: null, today: toDate(now) }).catch(
        (error: unknown) => {
          if (!(error instanceof AppError) || error.details.fields === undefined) throw error;
          fields.push(...error.details.fields);
          return null;
        },
      );
      if (checked === null || fields.length > 0) throw new AppError('form_faulty', { fields: sortFaults(fields) });
      await insertOrganisations(transaction, [{ key, ...checked }]);
      await insertAuditEvent(transaction, {
        occurredAt: now,
        actorId: idOf(actor),
        networkId: null,
        action: 'added organisation',
        subject: key,
        detail: { orgnr: checked.orgnr, kind: checked.kind, regionCode: checked.regionCode },
      });
      return { key };
    }),
  );
}

function sortFaults(fields: readonly FieldFault[]): readonly FieldFault[] {
  return [...fields].sort((first, second) => order.indexOf(first.field) - order.indexOf(second.field));
}
