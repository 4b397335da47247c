import type { Context } from '../../context';
import { selectOrganisationPage, type ListedOrganisation } from '../../db/organisation-register';
import type { Actor } from '../../domain/permissions';
import { installation, requireRight } from '../authorise';

const pageSize = 50;

/** One page of the installation's organisations. */
export interface OrganisationList {
  readonly organisations: readonly ListedOrganisation[];
  readonly total: number;
  /** Number of this page, from 1. */
  readonly page: number;
  readonly pages: number;
}

/**
 * Lists the installation's organisations.
 * @param context the process' context
 * @param actor who asks
 * @param input part of a name, key, number or code (empty: all), and which page, from 1
 * @returns organisations by name
 */
export async function listOrganisations(
  context: Context,
  actor: Actor,
  input: { readonly search: string; readonly page: number },
): Promise<OrganisationList> {
  requireRight(actor, 'administer installation', installation);
  const wanted = { search: input.search.trim(), offset: (input.page - 1) * pageSize, limit: pageSize };
  const { organisations, total } = await selectOrganisationPage(context.db, wanted);
  return { organisations, total, page: input.page, pages: Math.max(1, Math.ceil(total / pageSize)) };
}
