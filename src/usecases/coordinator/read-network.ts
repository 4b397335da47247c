import type { Context } from '../../context';
import { selectOrganisationPage } from '../../db/organisation-register';
import { selectMembers, type Organisation } from '../../db/organisations';
import type { Network } from '../../db/networks';
import { selectNetworkSummaries, type WaveSummary } from '../../db/overviews';
import { can, type Actor } from '../../domain/permissions';
import { findNetwork, installation } from '../authorise';

const mostHits = 20;

/** A network for those who run it. */
export interface NetworkOverview {
  readonly network: Network;
  /** By name. */
  readonly members: readonly Organisation[];
  /** Newest first. */
  readonly waves: readonly WaveSummary[];
  /** Municipalities and counties that fit a search and are no members; null when nothing was searched for. */
  readonly hits: readonly Pick<Organisation, 'name' | 'orgnr'>[] | null;
  readonly canAdminister: boolean;
}

/**
 * Reads a network with its members and waves. A search finds municipalities and counties, which are public, among those
 * that the installation knows; it never tells which networks they are in.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the network, and part of a name or a number of an organisation to add (empty: none)
 * @returns the network
 * @throws AppError network_unknown
 */
export async function readNetwork(
  context: Context,
  actor: Actor,
  input: { readonly networkKey: string; readonly search: string },
): Promise<NetworkOverview> {
  const network = await findNetwork(context.db, actor, { key: input.networkKey, action: 'manage network' });
  const members = await selectMembers(context.db, network.id);
  const summaries = await selectNetworkSummaries(context.db);
  return {
    network,
    members: [...members].sort((first, second) => first.name.localeCompare(second.name, 'nb')),
    waves: summaries.find(({ id }) => id === network.id)?.waves ?? [],
    hits: input.search.trim() === '' ? null : await findHits(context, members, input.search),
    canAdminister: can(actor, 'administer installation', installation),
  };
}

async function findHits(
  context: Context,
  members: readonly Organisation[],
  search: string,
): Promise<NonNullable<NetworkOverview['hits']>> {
  const wanted = { search: search.trim(), offset: 0, limit: mostHits + members.length };
  const { organisations } = await selectOrganisationPage(context.db, wanted);
  const isMember = new Set(members.map(({ id }) => id));
  return organisations
    .filter(({ id, kind }) => kind !== 'other' && !isMember.has(id))
    .slice(0, mostHits)
    .map(({ name, orgnr }) => ({ name, orgnr }));
}
