import { z } from 'zod';
import { selectRows, type Database } from './database';

const idSchema = z.object({ id: z.string() });
const contentSchema = z.object({ content: z.unknown() });

/**
 * Keeps what was read of a register until somebody has looked at it. What the same person had not confirmed before is
 * forgotten, and so is what nobody confirmed in time.
 * @param transaction a transaction
 * @param pending who read it, what was read, when, and the moment before which others are forgotten
 * @returns id of what is kept
 */
export async function insertRegisterImport(
  transaction: Database,
  pending: { readonly actorId: string; readonly content: object; readonly now: Date; readonly forgetBefore: Date },
): Promise<string> {
  const { actorId, content, now, forgetBefore } = pending;
  await transaction.raw(
    'DELETE FROM register_import WHERE register_import.actor_id = :actorId OR register_import.created_at < :forgetBefore',
    { actorId, forgetBefore },
  );
  const [row] = await selectRows(transaction, idSchema, {
    sql: `INSERT INTO register_import (actor_id, created_at, content)
          VALUES (:actorId, :now, CAST(:content AS jsonb)) RETURNING register_import.id`,
    bindings: { actorId, now, content: JSON.stringify(content) },
  });
  if (row === undefined) throw new RangeError('no import was returned');
  return row.id;
}

/**
 * Forgets what nobody has confirmed in time.
 * @param db the database or a transaction
 * @param before what is older goes
 */
export async function deleteOldRegisterImports(db: Database, before: Date): Promise<void> {
  await db.raw('DELETE FROM register_import WHERE register_import.created_at < :before', { before });
}

/**
 * Reads what somebody has read of a register and not confirmed.
 * @param db the database or a transaction
 * @param wanted its id and whose it is
 * @returns the content, or null when there is none
 */
export async function selectOptionalRegisterImport(
  db: Database,
  wanted: { readonly id: string; readonly actorId: string },
): Promise<{ readonly content: unknown } | null> {
  const [row] = await selectRows(db, contentSchema, {
    sql: `SELECT register_import.content FROM register_import
           WHERE CAST(register_import.id AS text) = :id AND register_import.actor_id = :actorId`,
    bindings: { ...wanted },
  });
  return row ?? null;
}

/**
 * Forgets what somebody has read of a register; of several at the same time one succeeds.
 * @param transaction a transaction
 * @param wanted its id and whose it is
 * @returns the content, or null when it is gone already
 */
export async function deleteRegisterImport(
  transaction: Database,
  wanted: { readonly id: string; readonly actorId: string },
): Promise<{ readonly content: unknown } | null> {
  const [row] = await selectRows(transaction, contentSchema, {
    sql: `DELETE FROM register_import WHERE CAST(register_import.id AS text) = :id AND register_import.actor_id = :actorId
          RETURNING register_import.content`,
    bindings: { ...wanted },
  });
  return row ?? null;
}
