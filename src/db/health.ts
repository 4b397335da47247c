import { z } from 'zod';
import { selectRows, type Database } from './database';

const stateSchema = z
  .object({ pending: z.number(), oldest_due_seconds: z.number() })
  .transform((row) => ({ pendingMigrations: row.pending, oldestDueSeconds: row.oldest_due_seconds }));

/** What the database says of itself. */
export type DatabaseState = z.infer<typeof stateSchema>;

/**
 * Asks the database how it is.
 * @param db the database pool
 * @param migrations names of the program's migrations
 * @returns migrations that have not been run, and for how long (s) the oldest job that nobody has taken has been due
 */
export async function selectDatabaseState(db: Database, migrations: readonly string[]): Promise<DatabaseState> {
  const [row] = await selectRows(db, stateSchema, {
    sql: `SELECT (SELECT count(*) FROM unnest(CAST(:migrations AS text[])) AS wanted (name)
                   WHERE NOT EXISTS (SELECT FROM knex_migrations WHERE knex_migrations.name = wanted.name)) AS pending,
                 coalesce((SELECT CAST(extract(epoch FROM now() - min(jobs.run_at)) AS double precision)
                             FROM graphile_worker.jobs
                            WHERE jobs.run_at <= now() AND jobs.locked_at IS NULL AND jobs.attempts < jobs.max_attempts), 0)
                   AS oldest_due_seconds`,
    bindings: { migrations },
  });
  if (row === undefined) throw new RangeError('a SELECT without FROM gives one row');
  return row;
}

const isFunction = z.custom<() => number>((value) => typeof value === 'function');
const poolSchema = z.object({ numUsed: isFunction, numFree: isFunction, numPendingAcquires: isFunction });

/**
 * Counts the connections of a pool.
 * @param db the pool
 * @returns connections in use, free ones, and who waits for one
 */
export function countConnections(db: Database): Readonly<Record<'used' | 'free' | 'awaited', number>> {
  const { pool } = z
    .object({ pool: z.custom<z.infer<typeof poolSchema>>((value) => poolSchema.safeParse(value).success) })
    .parse(db.client);
  return { used: pool.numUsed(), free: pool.numFree(), awaited: pool.numPendingAcquires() };
}

const countSchema = z.object({ kind: z.string(), task: z.string().nullable(), state: z.string(), count: z.number() });

/** How many of a kind are in a state. */
export type StateCount = z.infer<typeof countSchema>;

/**
 * Counts what the whole installation has under way. Nothing is told by network, organisation or wave, and nothing of who
 * has answered.
 * @param db the database pool
 * @returns waves, jobs by task, mailings and mails by state
 */
export async function selectStateCounts(db: Database): Promise<readonly StateCount[]> {
  return selectRows(db, countSchema, {
    sql: `SELECT 'wave' AS kind, NULL AS task, wave.state, count(*) AS count FROM wave GROUP BY wave.state
          UNION ALL
          SELECT 'mailing', NULL, mailing.state, count(*) FROM mailing GROUP BY mailing.state
          UNION ALL
          SELECT 'mail', NULL, mail_item.state, count(*) FROM mail_item GROUP BY mail_item.state
          UNION ALL
          SELECT 'job', jobs.task_identifier,
                 CASE WHEN jobs.locked_at IS NOT NULL THEN 'running'
                      WHEN jobs.attempts >= jobs.max_attempts THEN 'failed'
                      WHEN jobs.run_at > now() THEN 'planned' ELSE 'waiting' END, count(*)
            FROM graphile_worker.jobs GROUP BY 2, 3`,
  });
}
