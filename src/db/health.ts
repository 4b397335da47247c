import type { Knex } from 'knex';

/**
 * @param db the database pool
 * @returns true when the database answers a query
 */
export async function isDatabaseAnswering(db: Knex): Promise<boolean> {
  try {
    await db.raw('SELECT 1');
    return true;
  } catch {
    return false;
  }
}
