import type { Context } from '../../context';
import { selectNetworkSummaries, type NetworkSummary } from '../../db/overviews';
import type { Actor } from '../../domain/permissions';
import { installation, requireRight } from '../authorise';

/**
 * Lists every network of the installation.
 * @param context the process' context
 * @param actor who asks
 * @returns networks by name
 */
export async function listNetworks(context: Context, actor: Actor): Promise<readonly NetworkSummary[]> {
  requireRight(actor, 'administer installation', installation);
  return selectNetworkSummaries(context.db);
}
