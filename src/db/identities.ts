import { z } from 'zod';
import { selectRows, type Database } from './database';

/** An identity elsewhere that a person signs in with. */
export interface LinkedIdentity {
  readonly id: string;
  readonly providerKey: string;
  readonly providerName: string;
}

const identitySchema = z
  .object({ id: z.string(), provider_key: z.string(), provider_name: z.string() })
  .transform(({ id, provider_key, provider_name }): LinkedIdentity => {
    return { id, providerKey: provider_key, providerName: provider_name };
  });

/**
 * Finds whom an identity stands for.
 * @param db the database or a transaction
 * @param identity issuer, and what it calls the person
 * @returns id of the person, or null when nobody knows the identity
 */
export async function selectOptionalIdentityActorId(
  db: Database,
  identity: { readonly issuer: string; readonly subject: string },
): Promise<string | null> {
  const [row] = await selectRows(db, z.object({ actor_id: z.string() }), {
    sql: `SELECT actor_identity.actor_id FROM actor_identity
           WHERE actor_identity.issuer = :issuer AND actor_identity.subject = :subject`,
    bindings: { issuer: identity.issuer, subject: identity.subject },
  });
  return row?.actor_id ?? null;
}

/**
 * Lets an identity stand for a person.
 * @param transaction a transaction
 * @param identity issuer, what it calls the person, whom it stands for, and the provider it came through
 * @returns false when it stands for somebody already
 */
export async function insertIdentity(
  transaction: Database,
  identity: {
    readonly issuer: string;
    readonly subject: string;
    readonly actorId: string;
    readonly providerId: string;
  },
): Promise<boolean> {
  const rows = await selectRows(transaction, z.object({ id: z.string() }), {
    sql: `INSERT INTO actor_identity (issuer, subject, actor_id, provider_id)
          VALUES (:issuer, :subject, :actorId, :providerId)
          ON CONFLICT (issuer, subject) DO NOTHING RETURNING actor_identity.id`,
    bindings: { ...identity },
  });
  return rows.length > 0;
}

/**
 * Lists the identities that a person signs in with.
 * @param db the database or a transaction
 * @param actorId the person
 * @returns identities by name of the provider
 */
export async function selectIdentities(db: Database, actorId: string): Promise<readonly LinkedIdentity[]> {
  return selectRows(db, identitySchema, {
    sql: `SELECT actor_identity.id, identity_provider.key AS provider_key, identity_provider.name AS provider_name
            FROM actor_identity JOIN identity_provider ON identity_provider.id = actor_identity.provider_id
           WHERE actor_identity.actor_id = :actorId ORDER BY identity_provider.name, actor_identity.id`,
    bindings: { actorId },
  });
}

/**
 * Takes an identity from its person, together with the roles that its provider's rules gave.
 * @param transaction a transaction
 * @param identity its id as text, and the person
 * @returns key of the provider, or null when the person has no such identity
 */
export async function deleteIdentity(
  transaction: Database,
  identity: { readonly identityId: string; readonly actorId: string },
): Promise<string | null> {
  const [row] = await selectRows(transaction, z.object({ key: z.string() }), {
    sql: `WITH gone AS (
            DELETE FROM actor_identity
             WHERE CAST(actor_identity.id AS text) = :identityId AND actor_identity.actor_id = :actorId
            RETURNING actor_identity.actor_id, actor_identity.provider_id),
          ended AS (
            DELETE FROM role_grant USING gone
             WHERE role_grant.actor_id = gone.actor_id AND role_grant.provider_id = gone.provider_id)
          SELECT identity_provider.key FROM gone JOIN identity_provider ON identity_provider.id = gone.provider_id`,
    bindings: { ...identity },
  });
  return row?.key ?? null;
}
