import { z } from 'zod';
import { roles, type Role } from '../domain/permissions';
import { selectRows, type Database } from './database';

const idSchema = z.object({ id: z.string() });
const endedSchema = z
  .object({ actor_id: z.string(), network_id: z.string().nullable(), role: z.enum(roles) })
  .transform((row) => ({ actorId: row.actor_id, networkId: row.network_id, role: row.role }));
const foreignKeyViolation = '23503';

const withoutRole = `NOT EXISTS (SELECT FROM role_grant WHERE role_grant.actor_id = actor.id)`;
const didSomethingLately = `EXISTS (SELECT FROM audit_event
  WHERE audit_event.actor_id = actor.id
    AND audit_event.occurred_at > CAST(:now AS timestamptz) - make_interval(months => :auditMonths))`;

/**
 * Ends roles whose last day has passed.
 * @param transaction a transaction
 * @param today YYYY-MM-DD
 * @returns whose roles they were
 */
export async function deleteEndedRoles(
  transaction: Database,
  today: string,
): Promise<readonly { readonly actorId: string; readonly networkId: string | null; readonly role: Role }[]> {
  return selectRows(transaction, endedSchema, {
    sql: `DELETE FROM role_grant WHERE role_grant.ends_on < CAST(:today AS date)
          RETURNING role_grant.actor_id, role_grant.network_id, role_grant.role`,
    bindings: { today },
  });
}

/**
 * Forgets people without a role: whoever nothing refers to is deleted; of others the address, identities, links and
 * sessions go at once, and the name when they have done nothing for some months.
 * @param transaction a transaction
 * @param present the moment, and months for which the name of somebody who did something is kept
 * @returns number of people of whom something went
 */
export async function forgetPeopleWithoutRoles(
  transaction: Database,
  present: { readonly now: Date; readonly auditMonths: number },
): Promise<number> {
  const idle = await selectRows(transaction, idSchema, {
    sql: `SELECT actor.id FROM actor
           WHERE ${withoutRole} AND NOT EXISTS (SELECT FROM audit_event WHERE audit_event.actor_id = actor.id)
             AND (actor.email IS NOT NULL OR actor.name <> '')`,
  });
  let deleted = 0;
  for (const { id } of idle) deleted += Number(await deleteUnlessReferred(transaction, id));
  const stripped = await selectRows(transaction, idSchema, {
    sql: `UPDATE actor SET email = NULL, name = CASE WHEN ${didSomethingLately} THEN actor.name ELSE '' END
           WHERE ${withoutRole} AND (actor.email IS NOT NULL OR (actor.name <> '' AND NOT ${didSomethingLately}))
          RETURNING actor.id`,
    bindings: { ...present },
  });
  await deleteTraces(transaction);
  return deleted + stripped.length;
}

/** Other tables may know the person; then the row stays, without an address and a name. */
async function deleteUnlessReferred(transaction: Database, actorId: string): Promise<boolean> {
  try {
    await transaction.transaction(async (attempt) => {
      await attempt.raw('DELETE FROM session WHERE session.actor_id = :actorId', { actorId });
      await attempt.raw('DELETE FROM actor WHERE actor.id = :actorId', { actorId });
    });
    return true;
  } catch (fault) {
    if (typeof fault === 'object' && fault !== null && Reflect.get(fault, 'code') === foreignKeyViolation) return false;
    throw fault;
  }
}

async function deleteTraces(transaction: Database): Promise<void> {
  for (const table of ['actor_identity', 'sign_in_link', 'session']) {
    await transaction.raw(`DELETE FROM ${table} USING actor WHERE actor.id = ${table}.actor_id AND ${withoutRole}`);
  }
}
