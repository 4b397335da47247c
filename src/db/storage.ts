import type { Database } from './database';

/**
 * Makes the room of deleted and replaced rows free, so that what they held is overwritten.
 * @param db the database pool; VACUUM runs in no transaction
 */
export async function vacuumTables(db: Database): Promise<void> {
  await db.raw('VACUUM');
}

/**
 * Lets the database delete its log of changes up to now. Only the owner of the whole server may ask for it.
 * @param db the database pool
 */
export async function dropChangeLog(db: Database): Promise<void> {
  await db.raw('SELECT pg_switch_wal()');
  await db.raw('CHECKPOINT');
}
