import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { addJob, unlockAbandonedJobs } from '../../src/db/jobs';
import { startJobQueue } from '../../src/platform/job-queue';
import { withDatabase } from '../support/database';
import { waitUntil } from '../support/mailings';

const database = withDatabase();

test('a job that takes long is nobody else’s to take over, in a line or not, and its line goes on after it', async () => {
  let running = 0;
  let most = 0;
  let ended = 0;
  const task = async () => {
    running += 1;
    most = Math.max(most, running);
    await sleep(400);
    running -= 1;
    ended += 1;
  };
  const job = { task: 'slow', payload: {}, mostAttempts: 3 };
  await addJob(database.db(), { ...job, key: 'first', line: 'one' });
  await addJob(database.db(), { ...job, key: 'second', line: 'one' });
  const log = pino({ level: 'silent' });
  const request = { databaseUrl: database.url(), log, tasks: { slow: task }, crontab: '' };
  const stops = [startJobQueue(request), startJobQueue(request)];
  const unlocked: number[] = [];
  await waitUntil(async () => {
    if (running > 0) unlocked.push(await unlockAbandonedJobs(database.db()));
    return ended === 2;
  });
  await Promise.all(stops.map((stop) => stop()));
  expect(unlocked.length).toBeGreaterThan(0);
  expect(unlocked.every((count) => count === 0)).toBe(true);
  expect(most).toBe(1);
});
