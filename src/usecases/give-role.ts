import type { Context } from '../context';
import { insertOrFindActor } from '../db/actors';
import { insertAuditEvent } from '../db/audit';
import type { Database } from '../db/database';
import { insertRoleGrant } from '../db/role-grants';
import { toDate } from '../domain/fieldwork/wave-state';
import type { Language } from '../domain/languages';
import type { Actor, Role } from '../domain/permissions';
import { defaultLastDay } from '../domain/role-term';
import { idOf } from './authorise';

/** Who gets which role where. */
export interface RoleToGive {
  /** In lower case. */
  readonly email: string;
  /** Name and language of a person who is new. */
  readonly name: string;
  readonly language: Language;
  readonly role: Role;
  readonly network: { readonly id: string } | null;
  readonly organisation: { readonly id: string; readonly key: string } | null;
  /** Last day, YYYY-MM-DD; null: as long as the role is given for otherwise. */
  readonly endsOn: string | null;
}

/**
 * Gives somebody a role, and adds somebody new; the caller has asked for the right.
 * @param context the process' context
 * @param transaction the caller's transaction
 * @param actor who gives it
 * @param given who gets which role where
 * @returns ids of the person and the role
 */
export async function giveRole(
  context: Context,
  transaction: Database,
  actor: Actor,
  given: RoleToGive,
): Promise<{ readonly actorId: string; readonly grantId: string }> {
  const { email, name, language, role, network, organisation } = given;
  const now = context.now();
  const endsOn = given.endsOn ?? defaultLastDay(role, toDate(now));
  const actorId = await insertOrFindActor(transaction, { email, name, language });
  const networkId = network?.id ?? null;
  const grant = { actorId, role, networkId, organisationId: organisation?.id ?? null, endsOn };
  const grantId = await insertRoleGrant(transaction, grant);
  await insertAuditEvent(transaction, {
    occurredAt: now,
    actorId: idOf(actor),
    networkId,
    action: 'granted role',
    subject: actorId,
    detail: { role, organisation: organisation?.key ?? null, endsOn },
  });
  return { actorId, grantId };
}
