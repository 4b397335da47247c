import type { Database } from '../db/database';
import { selectOptionalHeldRoleForUpdate, type HeldRole } from '../db/role-grants';
import type { Actor } from '../domain/permissions';
import { AppError } from '../errors';
import { findNetwork, installation, requireRight } from './authorise';

/** A role among those of a network, or among administrators. */
export interface HeldRoleRequest {
  /** Key of the network; null: an administrator's role. */
  readonly networkKey: string | null;
  readonly grantId: string;
}

/**
 * Finds a role for somebody who may give and take it, and keeps others from changing it.
 * @param transaction the caller's transaction
 * @param actor who asks
 * @param request which role
 * @returns the role
 * @throws AppError sign_in_needed, network_unknown, not_allowed, not_found
 */
export async function findHeldRole(transaction: Database, actor: Actor, request: HeldRoleRequest): Promise<HeldRole> {
  const { networkKey, grantId } = request;
  const network =
    networkKey === null ? null : await findNetwork(transaction, actor, { key: networkKey, action: 'manage people' });
  if (network === null) requireRight(actor, 'administer installation', installation);
  const held = await selectOptionalHeldRoleForUpdate(transaction, { grantId, networkId: network?.id ?? null });
  if (held === null) throw new AppError('not_found');
  return held;
}
