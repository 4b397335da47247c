import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../src/context';
import { startJobs } from '../../src/jobs/start-jobs';

const pollMilliseconds = 50;

/**
 * Does what has been asked for on the pages of waves, as a running server would.
 * @param context context with the test database
 * @param databaseUrl its address
 */
export async function runWaveJobs(context: Context, databaseUrl: string): Promise<void> {
  const stop = startJobs(context, databaseUrl);
  const isWaiting = async (): Promise<boolean> => {
    const sql = `SELECT count(*) AS count FROM wave_job WHERE state <> 'failed'`;
    return Number((await context.db.raw<{ rows: { count: number }[] }>(sql)).rows[0]?.count) > 0;
  };
  while (await isWaiting()) await sleep(pollMilliseconds);
  await stop();
}
