import { z } from 'zod';
import { roles, type Actor, type RoleGrant } from '../domain/permissions';
import { selectRows, type Database } from './database';

const idSchema = z.object({ id: z.string() });
const actorSchema = z.object({
  id: z.string(),
  name: z.string(),
  grants: z.array(
    z.object({ role: z.enum(roles), networkId: z.string().nullable(), organisationId: z.string().nullable() }),
  ),
});

/**
 * Reads a person with the roles that hold right now.
 * @param db the database or a transaction
 * @param actorId the person
 * @returns the actor, or null when there is none
 */
export async function selectActor(db: Database, actorId: string): Promise<(Actor & { kind: 'person' }) | null> {
  const [row] = await selectRows(db, actorSchema, {
    sql: `SELECT actor.id, actor.name,
                 coalesce((SELECT json_agg(json_build_object('role', role_grant.role, 'networkId', role_grant.network_id,
                                   'organisationId', role_grant.organisation_id) ORDER BY role_grant.role)
                             FROM role_grant WHERE role_grant.actor_id = actor.id), '[]') AS grants
            FROM actor WHERE actor.id = :actorId`,
    bindings: { actorId },
  });
  return row === undefined ? null : { kind: 'person', ...row };
}

/**
 * Adds a person, or finds the one with the same e-mail address.
 * @param transaction a transaction
 * @param person e-mail address in lower case, and the name of a new person
 * @returns id of the actor
 */
export async function insertOrFindActor(
  transaction: Database,
  person: { readonly email: string; readonly name: string },
): Promise<string> {
  const [row] = await selectRows(transaction, idSchema, {
    sql: `INSERT INTO actor (email, name) VALUES (:email, :name)
          ON CONFLICT (email) DO UPDATE SET email = excluded.email RETURNING actor.id`,
    bindings: { ...person },
  });
  if (row === undefined) throw new RangeError('no actor was returned');
  return row.id;
}

/**
 * Grants a role; granting it again changes nothing.
 * @param transaction a transaction
 * @param grant the person and the role with its network and organisation
 * @returns true when the person did not have the role
 */
export async function insertRoleGrant(
  transaction: Database,
  { actorId, role, networkId, organisationId }: RoleGrant & { readonly actorId: string },
): Promise<boolean> {
  const rows = await selectRows(transaction, z.object({ actor_id: z.string() }), {
    sql: `INSERT INTO role_grant (actor_id, role, network_id, organisation_id)
          VALUES (:actorId, :role, :networkId, :organisationId) ON CONFLICT DO NOTHING RETURNING role_grant.actor_id`,
    bindings: { actorId, role, networkId, organisationId },
  });
  return rows.length > 0;
}

/**
 * Keeps the hash of a sign-in link.
 * @param transaction a transaction
 * @param link SHA-256 of its token, whose it is and when it stops working
 */
export async function insertSignInLink(
  transaction: Database,
  link: { readonly tokenHash: Buffer; readonly actorId: string; readonly expiresAt: Date },
): Promise<void> {
  await transaction.raw(
    'INSERT INTO sign_in_link (token_hash, actor_id, expires_at) VALUES (:tokenHash, :actorId, :expiresAt)',
    { ...link },
  );
}

/**
 * Uses a sign-in link up; of several at the same time one succeeds.
 * @param transaction a transaction
 * @param link SHA-256 of its token, and the moment it is used
 * @returns id of the actor, or null when the link is unknown, used or too old
 */
export async function useSignInLink(
  transaction: Database,
  { tokenHash, now }: { readonly tokenHash: Buffer; readonly now: Date },
): Promise<string | null> {
  const [row] = await selectRows(transaction, z.object({ actor_id: z.string() }), {
    sql: `UPDATE sign_in_link SET used_at = :now
           WHERE sign_in_link.token_hash = :tokenHash AND sign_in_link.used_at IS NULL AND sign_in_link.expires_at > :now
          RETURNING sign_in_link.actor_id`,
    bindings: { tokenHash, now },
  });
  return row?.actor_id ?? null;
}
