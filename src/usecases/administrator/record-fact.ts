import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { selectFacts, selectOptionalOrganisation, upsertFacts } from '../../db/organisation-register';
import { isFactValue, organisationFactKinds } from '../../domain/fieldwork/organisation-facts';
import type { Actor } from '../../domain/permissions';
import { AppError, type FieldFault } from '../../errors';
import { idOf, installation, requireRight } from '../authorise';

/** A fact as it was filled in. */
export interface FactForm {
  readonly factKind: string;
  readonly value: string;
  readonly year: string;
  readonly source: string;
}

const longestSource = 300;
const earliestYear = 1900;

/**
 * Records a published fact about an organisation; one of the same kind and year is replaced.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the organisation and what is filled in
 * @throws AppError organisation_not_found, form_faulty
 */
export async function recordFact(
  context: Context,
  actor: Actor,
  input: FactForm & { readonly key: string },
): Promise<void> {
  requireRight(actor, 'administer installation', installation);
  await context.db.transaction(async (transaction) => {
    const organisation = await selectOptionalOrganisation(transaction, { key: input.key });
    if (organisation === null) throw new AppError('organisation_not_found', { values: { key: input.key } });
    const now = context.now();
    const fact = checkFact(input, now.getUTCFullYear());
    const known = (await selectFacts(transaction, [organisation.id])).find(
      ({ kind, year }) => kind === fact.kind && year === fact.year,
    );
    await upsertFacts(transaction, [{ organisationId: organisation.id, ...fact }]);
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: null,
      action: 'recorded fact',
      subject: organisation.key,
      detail: { ...fact, before: known?.value ?? null },
    });
  });
}

function checkFact(form: FactForm, thisYear: number) {
  const kind = organisationFactKinds.find((each) => each === form.factKind);
  const value = form.value.replace(/\s/g, '');
  const year = /^\d{4}$/.test(form.year.trim()) ? Number(form.year) : 0;
  const source = form.source.trim();
  const fields: FieldFault[] = [];
  if (kind === undefined) fields.push({ field: 'factKind', key: 'organisation.fault.fact_kind' });
  else if (!isFactValue(kind, value)) fields.push({ field: 'value', key: `organisation.fault.${kind}` });
  if (year < earliestYear || year > thisYear) {
    fields.push({ field: 'year', key: 'organisation.fault.year', values: { thisYear: String(thisYear) } });
  }
  if (source === '' || source.length > longestSource)
    fields.push({ field: 'source', key: 'organisation.fault.source' });
  if (kind === undefined || fields.length > 0) throw new AppError('form_faulty', { fields });
  return { kind, value, year, source };
}
