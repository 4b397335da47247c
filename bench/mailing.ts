import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../src/config';
import { createContext, type Context } from '../src/context';
import { operator } from '../src/domain/permissions';
import { startJobs } from '../src/jobs/start-jobs';
import { createLog } from '../src/platform/log';
import { requestMailing } from '../src/usecases/coordinator/request-mailing';
import { startMailServer, type MailServer } from '../test/support/mail-server';
import { withBenchDatabase } from './support/bench-database';
import { report } from './support/figures';
import { openBenchWave } from './support/network';
import { describePostgres } from './support/postgres';

/** One mailing of a large wave to a mail server on this machine, at full speed and at a pace. Arguments: mails, pace. */
const mails = Number(process.argv[2] ?? 10_000);
const paced = Number(process.argv[3] ?? 3_000);
const pacedSeconds = 20;
const pollMilliseconds = 250;
const waveKey = 'open';

function configure(server: MailServer, perMinute: number) {
  return loadConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    MAIL_FROM: 'Bench <bench@example.org>',
    MAIL_PER_MINUTE: String(perMinute),
  });
}

async function withWorker<Result>(
  base: Context,
  { databaseUrl, server, perMinute }: { databaseUrl: string; server: MailServer; perMinute: number },
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  const config = configure(server, perMinute);
  const context = await createContext({ config, db: base.db, log: createLog(config) });
  await requestMailing(context, operator, { waveKey, plannedOn: null });
  const stop = startJobs(context, databaseUrl);
  try {
    return await work(context);
  } finally {
    await stop();
    context.mailer?.close();
  }
}

async function isDone({ db }: Context): Promise<boolean> {
  const { rows } = await db.raw<{ rows: unknown[] }>(`SELECT FROM mailing WHERE state = 'done'`);
  return rows.length > 0;
}

void withBenchDatabase(async (base, { databaseUrl }) => {
  const server = await startMailServer();
  try {
    await openBenchWave(base, mails);
    await base.db.raw(`DELETE FROM invitation WHERE id NOT IN (SELECT id FROM invitation ORDER BY id LIMIT :mails)`, {
      mails,
    });
    await base.db.raw(`UPDATE invitation SET email = 'person-' || id || '@example.org', name = 'Kari Nordmann'`);
    const begin = performance.now();
    const seconds = await withWorker(base, { databaseUrl, server, perMinute: 60_000 }, async (context) => {
      while (!(await isDone(context))) await sleep(pollMilliseconds);
      return (performance.now() - begin) / 1000;
    });
    const people = new Set(server.received.map(({ to }) => to)).size;
    const before = server.received.length;
    const atPace = await withWorker(base, { databaseUrl, server, perMinute: paced }, async () => {
      await sleep(pacedSeconds * 1000);
      return server.received.length - before;
    });
    report(
      [
        { name: `${mails} mails: lost`, rounds: [mails - people], unit: 'mails', target: { atMost: 0 } },
        { name: `${mails} mails: doubled`, rounds: [before - people], unit: 'mails', target: { atMost: 0 } },
        { name: `${mails} mails: all handed over`, rounds: [seconds], unit: 's' },
        { name: `${mails} mails: handed over`, rounds: [mails / seconds], unit: 'mails/s' },
        {
          name: `pace of ${paced} a minute: kept`,
          rounds: [(atPace * 60) / pacedSeconds],
          unit: 'mails/min',
          target: { atMost: paced * 1.05 },
        },
      ],
      { postgres: await describePostgres(base), remarks: ['Mail server, jobs and counting share one process.'] },
    );
  } finally {
    await server.close();
  }
});
