import type { Database } from './database';

/** Held by a backup together with others, and alone by whoever would have to lock all responses. */
const backupLock = 7_301_004;

/**
 * Does something that takes long with one picture of the whole database. Sealing, which has to lock every table of
 * responses, waits for it before it locks anything, so that nobody who answers waits for both.
 * @param db the database
 * @param work what to do with the transaction
 * @returns what the work returns
 */
export async function withSnapshot<Result>(
  db: Database,
  work: (transaction: Database) => Promise<Result>,
): Promise<Result> {
  return db.transaction(async (guard) => {
    await guard.raw('SELECT pg_advisory_xact_lock_shared(:backupLock)', { backupLock });
    return db.transaction(work, { isolationLevel: 'repeatable read' });
  });
}

/**
 * Waits until no backup is being made and nobody else seals, and holds both off until the transaction ends.
 * @param transaction a transaction that has read or written no response yet
 */
export async function holdSealing(transaction: Database): Promise<void> {
  await transaction.raw('SELECT pg_advisory_xact_lock(:backupLock)', { backupLock });
}
