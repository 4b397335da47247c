import { z } from 'zod';
import { selectRows, type Database } from './database';

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

/**
 * Notes that the state of a sign-in with a provider has come back; of several at the same time one succeeds.
 * @param transaction a transaction
 * @param state SHA-256 of the state, and when it would be too old anyway
 * @returns true when it had not come back before
 */
export async function insertUsedState(
  transaction: Database,
  state: { readonly stateHash: Buffer; readonly expiresAt: Date },
): Promise<boolean> {
  const rows = await selectRows(transaction, z.object({ state_hash: z.instanceof(Buffer) }), {
    sql: `INSERT INTO used_sign_in_state (state_hash, expires_at) VALUES (:stateHash, :expiresAt)
          ON CONFLICT DO NOTHING RETURNING used_sign_in_state.state_hash`,
    bindings: { ...state },
  });
  return rows.length > 0;
}

/**
 * Deletes links and states that would not work any more.
 * @param db the database
 * @param now the present moment
 */
export async function deleteOldSignIns(db: Database, now: Date): Promise<void> {
  await db.raw('DELETE FROM sign_in_link WHERE sign_in_link.expires_at < :now', { now });
  await db.raw('DELETE FROM used_sign_in_state WHERE used_sign_in_state.expires_at < :now', { now });
}
