import type { Context } from '../../../src/context';
import { operator } from '../../../src/domain/permissions';
import { requestMailing } from '../../../src/usecases/coordinator/request-mailing';
import { withDatabase } from '../../support/database';
import { createTestContext } from '../../support/fieldwork';
import { startMailServer, type MailServer } from '../../support/mail-server';
import { countMails, createMailWave, readMailing, waitUntil } from '../../support/mailings';
import { clearUp, startProgram, type Program } from '../start/programs';

const units = 100;
const mails = units * 2;
const killAfter = [60];

const database = withDatabase();
let context: Context;
let mailServer: MailServer;
let onTaken: (taken: number) => void = () => undefined;

beforeAll(async () => {
  context = await createTestContext(database.db());
  let taken = 0;
  mailServer = await startMailServer({
    onMessage: () => {
      taken += 1;
      onTaken(taken);
      return 'take';
    },
  });
});
afterAll(async () => {
  await clearUp();
  await mailServer.close();
});

function startWorker(): Program {
  return startProgram({
    args: ['bin/server.js'],
    environment: {
      PORT: '0',
      DATABASE_URL: database.url(),
      NODE_ENV: 'production',
      SMTP_URL: `smtp://127.0.0.1:${mailServer.port}`,
      MAIL_FROM: 'nett@example.org',
      MAIL_PER_MINUTE: '6000',
      PUBLIC_URL: 'http://barometer.example.org',
      LOG_LEVEL: 'error',
    },
  });
}

test('a worker killed in the middle of sending loses no mail; what comes twice has the same identifier', async () => {
  await createMailWave(context, 'drept', units);
  await requestMailing(context, operator, { waveKey: 'drept', plannedOn: null });
  for (const limit of killAfter) {
    const killed = new Promise<void>((resolve) => {
      const worker = startWorker();
      onTaken = (taken) => {
        // Between the moment at which the server takes a mail and the moment at which that is noted.
        if (taken >= limit) {
          onTaken = () => undefined;
          void worker.kill('SIGKILL').then(() => {
            resolve();
          });
        }
      };
    });
    await killed;
    expect((await readMailing(context, 'drept'))?.state).toBe('sending');
  }
  startWorker();
  await waitUntil(
    async () => (await readMailing(context, 'drept'))?.state === 'done',
    () => JSON.stringify(mailServer.received.length),
  );
  expect(await countMails(context, 'drept')).toEqual({ sent: mails });
  const { received } = mailServer;
  const people = new Set(received.map(({ to }) => to));
  expect(people.size).toBe(mails);
  // One identifier a person, however often the mail came.
  expect(new Set(received.map(({ to, messageId }) => `${to} ${messageId}`)).size).toBe(mails);
  const doubled = received.length - mails;
  // Five mails are under way at a time.
  expect(doubled).toBeLessThanOrEqual(5 * killAfter.length);
});

test('a worker that is stopped in good order sends nothing twice', async () => {
  await createMailWave(context, 'stanset', units);
  await requestMailing(context, operator, { waveKey: 'stanset', plannedOn: null });
  await clearUp();
  const before = mailServer.received.length;
  const stopped = new Promise<void>((resolve) => {
    const worker = startWorker();
    onTaken = () => {
      if (mailServer.received.length < before + 50) return;
      onTaken = () => undefined;
      void worker.kill('SIGTERM').then(() => {
        resolve();
      });
    };
  });
  await stopped;
  const halfway = mailServer.received.length - before;
  expect(halfway).toBeLessThan(mails);
  expect((await countMails(context, 'stanset'))['sent']).toBe(halfway);
  startWorker();
  await waitUntil(async () => (await readMailing(context, 'stanset'))?.state === 'done');
  expect(mailServer.received.length - before).toBe(mails);
});
