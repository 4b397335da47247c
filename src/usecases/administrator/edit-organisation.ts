import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { nameConstraintFaults } from '../../db/constraint-faults';
import { selectOptionalOrganisation, updateOrganisations } from '../../db/organisation-register';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { idOf, installation, requireRight } from '../authorise';
import { checkOrganisation, type OrganisationForm } from '../organisation-fields';

/**
 * Changes what is known about an organisation; its key, which stands in addresses and files, stays.
 * @param context the process' context
 * @param actor who asks
 * @param input key and what is filled in
 * @throws AppError organisation_not_found, form_faulty, organisation_conflict
 */
export async function editOrganisation(
  context: Context,
  actor: Actor,
  input: OrganisationForm & { readonly key: string },
): Promise<void> {
  requireRight(actor, 'administer installation', installation);
  const now = context.now();
  await nameConstraintFaults({}, () =>
    context.db.transaction(async (transaction) => {
      const known = await selectOptionalOrganisation(transaction, { key: input.key });
      if (known === null) throw new AppError('organisation_not_found', { values: { key: input.key } });
      const { id, key } = known;
      const checked = await checkOrganisation(transaction, input, { id, today: toDate(now) });
      await updateOrganisations(transaction, [{ id, key, ...checked }]);
      await insertAuditEvent(transaction, {
        occurredAt: now,
        actorId: idOf(actor),
        networkId: null,
        action: 'edited organisation',
        subject: key,
        detail: {
          name: checked.name,
          orgnr: checked.orgnr,
          kind: checked.kind,
          regionCode: checked.regionCode,
          before: `${known.name}, ${known.orgnr}, ${known.kind}, ${known.regionCode ?? ''}`,
        },
      });
    }),
  );
}
