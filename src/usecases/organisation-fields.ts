import type { Database } from '../db/database';
import { selectOptionalOrganisation, type RegisteredOrganisation } from '../db/organisation-register';
import { organisationKinds } from '../db/organisations';
import { selectRegions } from '../db/regions';
import { isDay } from '../domain/fieldwork/is-day';
import { isOrganisationNumber } from '../domain/fieldwork/organisation-number';
import { findCodeAt, isRegionCode } from '../domain/fieldwork/region-codes';
import { findSuccessors } from '../domain/fieldwork/trace-regions';
import { AppError, type FieldFault } from '../errors';

/** What is filled in about an organisation; texts as they were written. */
export interface OrganisationForm {
  readonly name: string;
  readonly orgnr: string;
  readonly kind: string;
  /** Municipal or county code, or empty. */
  readonly regionCode: string;
  /** A day on which it had the code; empty: today. */
  readonly regionCodeOn: string;
}

const longestName = 200;

/**
 * Checks what is filled in about an organisation.
 * @param db the database or a transaction
 * @param form what is filled in
 * @param known its id (null: a new one), and today as YYYY-MM-DD
 * @returns the organisation's fields
 * @throws AppError form_faulty with a fault for every field
 */
export async function checkOrganisation(
  db: Database,
  form: OrganisationForm,
  known: { readonly id: string | null; readonly today: string },
): Promise<Omit<RegisteredOrganisation, 'id' | 'key'>> {
  const name = form.name.trim();
  const orgnr = form.orgnr.replace(/\s/g, '');
  const kind = organisationKinds.find((each) => each === form.kind);
  const fields: FieldFault[] = [];
  if (name === '' || name.length > longestName) fields.push({ field: 'name', key: 'organisation.fault.name' });
  if (!isOrganisationNumber(orgnr)) fields.push({ field: 'orgnr', key: 'organisation.fault.orgnr' });
  else {
    const owner = await selectOptionalOrganisation(db, { orgnr });
    if (owner !== null && owner.id !== known.id) {
      fields.push({ field: 'orgnr', key: 'organisation.fault.orgnr_taken', values: { name: owner.name } });
    }
  }
  if (kind === undefined) fields.push({ field: 'kind', key: 'organisation.fault.kind' });
  const region = kind === undefined ? noRegion : await checkRegion(db, { ...form, kind, today: known.today }, fields);
  if (kind === undefined || fields.length > 0) throw new AppError('form_faulty', { fields });
  return { name, orgnr, kind, ...region };
}

const noRegion = { regionCode: null, regionCodeOn: null };

async function checkRegion(
  db: Database,
  form: OrganisationForm & { readonly kind: RegisteredOrganisation['kind']; readonly today: string },
  fields: FieldFault[],
): Promise<Pick<RegisteredOrganisation, 'regionCode' | 'regionCodeOn'>> {
  const code = form.regionCode.trim();
  const date = form.regionCodeOn.trim() === '' ? form.today : form.regionCodeOn.trim();
  if (code === '') return noRegion;
  if (!isDay(date)) fields.push({ field: 'regionCodeOn', key: 'organisation.fault.date' });
  if (form.kind === 'other') {
    fields.push({ field: 'regionCode', key: 'organisation.fault.region_other' });
  } else if (!isRegionCode(form.kind, code)) {
    fields.push({ field: 'regionCode', key: `organisation.fault.region_${form.kind}` });
  } else if (isDay(date)) {
    const fault = await findRegionFault(db, form.kind, { code, date });
    if (fault !== null) fields.push(fault);
  }
  return { regionCode: code, regionCodeOn: date };
}

/** A code that was not valid on the day is told together with those that have its area then. */
async function findRegionFault(
  db: Database,
  classification: 'municipality' | 'county',
  at: { readonly code: string; readonly date: string },
): Promise<FieldFault | null> {
  const graph = await selectRegions(db, classification);
  if (graph.codes.length === 0 || findCodeAt(graph.codes, at) !== null) return null;
  const { code, date } = at;
  const earlier = graph.codes.find((each) => each.code === code && each.validFrom <= date);
  if (earlier === undefined) {
    return { field: 'regionCode', key: 'organisation.fault.region_unknown', values: { code, date } };
  }
  const successors = findSuccessors(graph, { code, date: earlier.validFrom }, date).filter((each) => each !== code);
  const named = successors.map((each) => `${each} ${findCodeAt(graph.codes, { code: each, date })?.name ?? ''}`.trim());
  return {
    field: 'regionCode',
    key: 'organisation.fault.region_ended',
    values: { code, date: earlier.validTo ?? '', count: named.length, successors: named.join(', ') },
  };
}
