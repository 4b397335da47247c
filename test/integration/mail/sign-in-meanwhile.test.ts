import request from 'supertest';
import type { Context } from '../../../src/context';
import { operator } from '../../../src/domain/permissions';
import { startJobs } from '../../../src/jobs/start-jobs';
import { grantRole } from '../../../src/usecases/administrator/grant-role';
import { requestMailing } from '../../../src/usecases/coordinator/request-mailing';
import { withDatabase } from '../../support/database';
import { startMailServer, type MailServer, type Treatment } from '../../support/mail-server';
import { countMails, createMailWave, readMailing, waitUntil } from '../../support/mailings';
import { createRespondentApp, type RespondentApp } from '../../support/respondent-app';

const database = withDatabase();
let site: RespondentApp;
let context: Context;
let server: MailServer;
let stop: () => Promise<void> = () => Promise.resolve();
let underWay = 0;
let letGo = (): void => undefined;
const gone = new Promise<void>((resolve) => {
  letGo = resolve;
});

beforeAll(async () => {
  server = await startMailServer({
    onMessage: async ({ to }): Promise<Treatment> => {
      if (to === 'anne@example.org') return 'take';
      underWay += 1;
      await gone;
      return 'take';
    },
  });
  site = await createRespondentApp(database.db(), {
    SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    MAIL_FROM: 'Nettverket <nett@example.org>',
    MAIL_PER_MINUTE: '3000',
  });
  ({ context } = site);
  await createMailWave(context, 'stor', 300);
  const grant = { email: 'anne@example.org', name: 'Anne', role: 'researcher', networkKey: 'stor' } as const;
  await grantRole(context, operator, grant);
});
afterAll(async () => {
  letGo();
  await stop();
  context.mailer?.close();
  await server.close();
});

test('a sign-in link comes while a mailing is being sent, however slowly its server takes it', async () => {
  await requestMailing(context, operator, { waveKey: 'stor', plannedOn: null });
  stop = startJobs(context, database.url());
  await waitUntil(() => underWay === context.mailer?.connections);
  await request(site.app).post('/logg-inn').type('form').send({ email: 'anne@example.org' }).expect(303);
  await waitUntil(() => server.received.some(({ to }) => to === 'anne@example.org'));
  expect(await countMails(context, 'stor')).toEqual({ waiting: 600 });
  letGo();
  await waitUntil(async () => (await readMailing(context, 'stor'))?.state === 'done');
  expect(server.received).toHaveLength(601);
});
