import { z } from 'zod';
import { selectRows, type Database } from './database';

/** Tables may be older than mailings that pause by themselves, and than jobs of waves: nothing was under way then. */
async function hasColumn(transaction: Database, table: string, column: string): Promise<boolean> {
  const [row] = await selectRows(transaction, z.object({ is_there: z.boolean() }), {
    sql: `SELECT EXISTS (SELECT FROM pg_attribute
                          WHERE pg_attribute.attrelid = to_regclass(:table) AND pg_attribute.attname = :column) AS is_there`,
    bindings: { table, column },
  });
  return row?.is_there ?? false;
}

/**
 * Stops every mailing that was under way or waited for its server when a backup was made, and takes the day off those that
 * were planned. What was sent since then is not known, so that a person has to decide whether anything goes out.
 * @param transaction a transaction; the tables may be older than mailings
 */
export async function pauseMailings(transaction: Database): Promise<void> {
  if (!(await hasColumn(transaction, 'mailing', 'resume_at'))) return;
  await transaction.raw(
    `UPDATE mailing SET state = 'paused', fault = 'restored', resume_at = NULL, resume_count = 0
      WHERE mailing.state IN ('sending', 'paused')`,
  );
  await transaction.raw(`UPDATE mailing SET planned_on = NULL WHERE mailing.state = 'planned'`);
}

/**
 * Gives up what was asked for and not done when a backup was made: no queue stands for it, and somebody may have thought
 * better of it since.
 * @param transaction a transaction; the tables may be older than jobs of waves
 * @param code code of the catalogue
 */
export async function failWaveJobs(transaction: Database, code: string): Promise<void> {
  if (!(await hasColumn(transaction, 'wave_job', 'error_code'))) return;
  await transaction.raw(
    `UPDATE wave_job SET state = 'failed', error_code = :code, error_values = NULL, done = 0, total = 0
      WHERE wave_job.state <> 'failed'`,
    { code },
  );
}
