import type { Context } from '../../context';
import { selectDatabaseState } from '../../db/health';

/** A job that is due waits for seconds; nobody works when it has waited this long. */
const queuePatienceSeconds = 600;

/** How the installation is. */
export interface Health {
  readonly database: 'ok' | 'unavailable';
  readonly migrations: 'ok' | 'pending' | 'unknown';
  /** Stalled: a job has been due for ten minutes and no process has taken it. */
  readonly queue: 'ok' | 'stalled' | 'unknown';
}

/**
 * Tells whether the installation can serve people.
 * @param context the process' context
 * @returns what is well and what is not
 */
export async function checkHealth(context: Pick<Context, 'db' | 'migrations'>): Promise<Health> {
  const state = await selectDatabaseState(context.db, context.migrations).catch(() => null);
  if (state === null) return { database: 'unavailable', migrations: 'unknown', queue: 'unknown' };
  return {
    database: 'ok',
    migrations: state.pendingMigrations === 0 ? 'ok' : 'pending',
    queue: state.oldestDueSeconds > queuePatienceSeconds ? 'stalled' : 'ok',
  };
}
