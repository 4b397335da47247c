import type { Context } from '../../context';
import {
  selectFacts,
  selectOptionalOrganisation,
  selectParticipation,
  type OrganisationParticipation,
  type RegisteredOrganisation,
} from '../../db/organisation-register';
import { selectRegions } from '../../db/regions';
import type { OrganisationFact } from '../../domain/fieldwork/organisation-facts';
import { listEvents, listOwnCodes, type OwnCode, type RegionEvent } from '../../domain/fieldwork/region-history';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { installation, requireRight } from '../authorise';

/** Everything that is known about an organisation. */
export interface OrganisationOverview extends OrganisationParticipation {
  readonly organisation: RegisteredOrganisation;
  readonly facts: readonly OrganisationFact[];
  /** Codes that the same area has had, newest first; empty when the codes over time are not known. */
  readonly codes: readonly (OwnCode & { readonly isStartKnown: boolean })[];
  readonly events: readonly RegionEvent[];
}

/**
 * Reads an organisation with facts, codes over time, networks and waves.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the organisation
 * @returns what is known about it
 * @throws AppError organisation_not_found
 */
export async function readOrganisation(
  context: Context,
  actor: Actor,
  input: { readonly key: string },
): Promise<OrganisationOverview> {
  requireRight(actor, 'administer installation', installation);
  const organisation = await selectOptionalOrganisation(context.db, { key: input.key });
  if (organisation === null) throw new AppError('organisation_not_found', { values: { key: input.key } });
  return {
    organisation,
    facts: await selectFacts(context.db, [organisation.id]),
    ...(await readHistory(context, organisation)),
    ...(await selectParticipation(context.db, organisation.id)),
  };
}

async function readHistory(
  context: Context,
  { kind, regionCode, regionCodeOn }: RegisteredOrganisation,
): Promise<Pick<OrganisationOverview, 'codes' | 'events'>> {
  if (kind === 'other' || regionCode === null || regionCodeOn === null) return { codes: [], events: [] };
  const graph = await selectRegions(context.db, kind);
  const anchor = { code: regionCode, date: regionCodeOn };
  const own = listOwnCodes(graph, anchor);
  // The oldest list says that codes were valid, not since when.
  const [beginning] = graph.codes.map(({ validFrom }) => validFrom).sort();
  return {
    codes: own.map((code) => ({ ...code, isStartKnown: code.validFrom !== beginning })),
    events: own.length === 0 ? [] : listEvents(graph, anchor),
  };
}
