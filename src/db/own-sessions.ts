import { z } from 'zod';
import { selectRows, type Database } from './database';

/** A session of somebody, without the secret in its cookie. */
export interface OwnSession {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly signedInAt: number;
  /** Key of the provider; null: by mail. */
  readonly providerKey: string | null;
  /** When it is over unless it is used. */
  readonly expiresAt: Date;
  readonly isCurrent: boolean;
}

const rowSchema = z
  .object({
    id: z.string(),
    signed_in_at: z.number(),
    provider_key: z.string().nullable(),
    expires_at: z.date(),
    is_current: z.boolean(),
  })
  .transform((row): OwnSession => ({
    id: row.id,
    signedInAt: row.signed_in_at,
    providerKey: row.provider_key,
    expiresAt: row.expires_at,
    isCurrent: row.is_current,
  }));

/**
 * Lists the sessions of somebody that still work.
 * @param db the database or a transaction
 * @param search the person, the secret of the session that asks, and the earliest sign-in (ms since 1970) that still counts
 * @returns sessions, the newest sign-in first
 */
export async function selectOwnSessions(
  db: Database,
  search: { readonly actorId: string; readonly currentSecret: string; readonly signedInAfter: number },
): Promise<readonly OwnSession[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT session.id, CAST(session.sess ->> 'signedInAt' AS bigint) AS signed_in_at,
                 session.sess ->> 'providerKey' AS provider_key, CAST(session.expire AS timestamptz) AS expires_at,
                 session.sid = :currentSecret AS is_current
            FROM session
           WHERE session.actor_id = :actorId AND session.expire > now()
             AND CAST(session.sess ->> 'signedInAt' AS bigint) > CAST(:signedInAfter AS bigint)
           ORDER BY signed_in_at DESC, session.id`,
    bindings: { ...search },
  });
}

/**
 * Ends a session of somebody.
 * @param transaction a transaction
 * @param session its id as text, and the person
 * @returns true when there was one
 */
export async function deleteOwnSession(
  transaction: Database,
  session: { readonly sessionId: string; readonly actorId: string },
): Promise<boolean> {
  const rows = await selectRows(transaction, z.object({ id: z.string() }), {
    sql: `DELETE FROM session WHERE CAST(session.id AS text) = :sessionId AND session.actor_id = :actorId
          RETURNING session.id`,
    bindings: { ...session },
  });
  return rows.length > 0;
}

/**
 * Ends all sessions of somebody but one.
 * @param transaction a transaction
 * @param kept the person, and the secret of the session that stays
 * @returns number of sessions ended
 */
export async function deleteOtherSessions(
  transaction: Database,
  kept: { readonly actorId: string; readonly currentSecret: string },
): Promise<number> {
  const rows = await selectRows(transaction, z.object({ id: z.string() }), {
    sql: `DELETE FROM session WHERE session.actor_id = :actorId AND session.sid <> :currentSecret RETURNING session.id`,
    bindings: { ...kept },
  });
  return rows.length;
}
