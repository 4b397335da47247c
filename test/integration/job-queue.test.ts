import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { addJob, unlockAbandonedJobs } from '../../src/db/jobs';
import { startJobQueue } from '../../src/platform/job-queue';
import { withDatabase } from '../support/database';

const database = withDatabase();

test('a job that takes long is nobody else’s to take over while the program that does it runs', async () => {
  const job = { starts: 0, isRunning: false, hasEnded: false };
  const slow = async () => {
    job.starts += 1;
    job.isRunning = true;
    await sleep(400);
    job.isRunning = false;
    job.hasEnded = true;
  };
  await addJob(database.db(), { task: 'slow', payload: {}, mostAttempts: 3, key: 'only' });
  const request = { databaseUrl: database.url(), log: pino({ level: 'silent' }), tasks: { slow }, crontab: '' };
  const stops = [startJobQueue(request), startJobQueue(request)];
  const unlocked: number[] = [];
  while (!job.hasEnded) {
    if (job.isRunning) unlocked.push(await unlockAbandonedJobs(database.db()));
    await sleep(20);
  }
  await Promise.all(stops.map((stop) => stop()));
  expect(unlocked.length).toBeGreaterThan(0);
  expect(unlocked.every((count) => count === 0)).toBe(true);
  expect(job.starts).toBe(1);
});
