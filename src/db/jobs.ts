import { selectRows, type Database } from './database';
import { z } from 'zod';

/** What is put on the queue. */
export interface NewJob {
  /** Name of the task that does it. */
  readonly task: string;
  /** Jobs with the same key are one job. */
  readonly key: string;
  readonly payload: Readonly<Record<string, string>>;
  /** How often it is tried before it is given up. */
  readonly mostAttempts: number;
  /** Not before this moment; at once unless given. */
  readonly runAt?: Date;
  /** Of the jobs of one line, one is done at a time, whichever process does it. */
  readonly line?: string;
  /** Whether it goes before other jobs that are due. */
  readonly isUrgent?: boolean;
}

/**
 * Puts a job on the queue; it is there when the transaction commits, and not at all when it does not.
 * @param transaction the caller's transaction
 * @param job task, key and payload; never tokens, names or answers
 */
export async function addJob(transaction: Database, job: NewJob): Promise<void> {
  const { task, key, payload, mostAttempts, runAt = null, line = null, isUrgent = false } = job;
  await transaction.raw(
    `SELECT FROM graphile_worker.add_job(:task, payload => CAST(:payload AS json), job_key => :key,
                                         max_attempts => :mostAttempts, run_at => CAST(:runAt AS timestamptz),
                                         queue_name => :line, priority => :priority)`,
    { task, key, payload: JSON.stringify(payload), mostAttempts, runAt, line, priority: isUrgent ? -1 : 0 },
  );
}

/**
 * Hands back the jobs of programs that ended without doing so themselves. A running program is known by a connection
 * that carries its worker's name; one that only lost its connection for a while finds its wave changed, or waits for it.
 * @param db the database or a transaction
 * @returns number of jobs
 */
export async function unlockAbandonedJobs(db: Database): Promise<number> {
  const rows = await selectRows(db, z.object({ locked_by: z.string() }), {
    sql: `SELECT jobs.locked_by
            FROM graphile_worker.jobs
           WHERE jobs.locked_by IS NOT NULL
             AND jobs.locked_by NOT IN (SELECT application_name FROM pg_stat_activity WHERE application_name IS NOT NULL)`,
  });
  if (rows.length === 0) return 0;
  const workers = JSON.stringify(rows.map(({ locked_by }) => locked_by));
  await db.raw(
    `SELECT graphile_worker.force_unlock_workers(ARRAY(SELECT jsonb_array_elements_text(CAST(:workers AS jsonb))))`,
    { workers },
  );
  return rows.length;
}
