import type { Express } from 'express';
import { createApp } from '../../../src/app';
import type { Context } from '../../../src/context';
import { operator } from '../../../src/domain/permissions';
import { startJobs } from '../../../src/jobs/start-jobs';
import { recoverMailings, runMailing } from '../../../src/usecases/administrator/run-mailing';
import { requestClosing } from '../../../src/usecases/coordinator/request-closing';
import { requestMailing } from '../../../src/usecases/coordinator/request-mailing';
import { loadActor } from '../../../src/usecases/visitor/load-actor';
import { backUp, dropEmptyDatabases, openEmptyDatabase, restoreInto } from '../../support/backups';
import { withDatabase } from '../../support/database';
import { openForm, postForm } from '../../support/forms';
import { startMailServer, type MailServer } from '../../support/mail-server';
import { countMails, createMailWave, readMailing, readRows, waitUntil } from '../../support/mailings';
import { createRespondentApp } from '../../support/respondent-app';
import { signInAs } from '../../support/results-network';

const database = withDatabase();
let server: MailServer;
let isWhole = false;
let context: Context;
let restored: { readonly context: Context; readonly app: Express; readonly url: string };
let stop: (() => Promise<void>) | null = null;

const taken = () => server.received.map(({ to }) => to).sort();
const people = (name: string) => [0, 1, 2, 3, 4, 5].map((index) => `${name}${index}@example.org`);

beforeAll(async () => {
  server = await startMailServer({
    onRecipient: (address) => (isWhole || address.startsWith('asker') ? 'take' : { code: 450 }),
  });
  const environment = {
    SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    MAIL_FROM: 'Nettverket <nett@example.org>',
    MAIL_PER_MINUTE: '60000',
    PUBLIC_URL: 'http://barometer.example.org',
  };
  context = (await createRespondentApp(database.db(), environment)).context;
  for (const key of ['halv', 'plan', 'lukk']) await createMailWave(context, key);
  await sendHalf();
  await requestMailing(context, operator, { waveKey: 'plan', plannedOn: futureDay() });
  const app = createApp(context);
  await signInAs({ app, context }, { role: 'coordinator', networkKey: 'lukk' });
  const [coordinator] = await readRows<{ id: string }>(
    context,
    `SELECT id FROM actor WHERE email LIKE 'coordinator-lukk%'`,
  );
  await requestClosing(context, await loadActor(context, coordinator!.id), { waveKey: 'lukk' });
  const target = await openEmptyDatabase();
  await restoreInto(target, await backUp(context.db));
  const site = await createRespondentApp(target.db, environment);
  restored = { ...site, url: target.url };
});
afterAll(async () => {
  await stop?.();
  restored.context.mailer?.close();
  context.mailer?.close();
  await server.close();
  await dropEmptyDatabases();
});

function futureDay(): string {
  return new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
}

/** A server that takes half of the mails leaves the mailing under way. */
async function sendHalf(): Promise<void> {
  await requestMailing(context, operator, { waveKey: 'halv', plannedOn: null });
  const [mailing] = await readRows<{ id: string }>(context, 'SELECT id FROM mailing');
  await runMailing(context, mailing!.id, new AbortController().signal);
  expect(await countMails(context, 'halv')).toEqual({ deferred: 6, sent: 6 });
  expect(await readMailing(context, 'halv')).toMatchObject({ state: 'sending' });
  expect(taken()).toEqual(people('asker'));
}

/** Long enough for a job that is due to be done. */
const patienceMilliseconds = 3_000;

test('nothing is sent or closed by itself, and the pages say why and what to do', async () => {
  isWhole = true;
  stop = startJobs(restored.context, restored.url);
  await recoverMailings(restored.context);
  await new Promise((resolve) => setTimeout(resolve, patienceMilliseconds));
  expect(taken()).toEqual(people('asker'));
  expect(await countMails(restored.context, 'plan')).toEqual({});
  expect(await readRows(restored.context, 'SELECT key, state FROM wave ORDER BY key')).toEqual(
    ['halv', 'lukk', 'plan'].map((key) => ({ key, state: 'open' })),
  );
  const halv = await signInAs(restored, { role: 'coordinator', networkKey: 'halv' });
  expect((await halv.get('/runder/halv/utsending').expect(200)).text).toContain('gjenopprettet fra en sikkerhetskopi');
  const plan = await signInAs(restored, { role: 'coordinator', networkKey: 'plan' });
  expect((await plan.get('/runder/plan/utsending').expect(200)).text).toMatch(
    /Planlagt, uten dag[\s\S]*planlegg den på nytt/,
  );
  const lukk = await signInAs(restored, { role: 'coordinator', networkKey: 'lukk' });
  expect((await lukk.get('/runder/lukk').expect(200)).text).toContain('Det som var bestilt og ikke gjort');
});

test('a coordinator lets it go on: those who were waiting get one mail each, the others none', async () => {
  const agent = await signInAs(restored, { role: 'coordinator', networkKey: 'halv' });
  const fields = await openForm(agent, '/runder/halv/utsending');
  expect((await postForm(agent, '/runder/halv/utsending/0/fortsett', fields)).status).toBe(303);
  await waitUntil(async () => (await readMailing(restored.context, 'halv'))?.state === 'done');
  expect(taken()).toEqual([...people('asker'), ...people('oslo')]);
  expect(new Set(server.received.map(({ messageId }) => messageId)).size).toBe(12);
});

test('a plan that lost its day is removed and made anew', async () => {
  const agent = await signInAs(restored, { role: 'coordinator', networkKey: 'plan' });
  const fields = await openForm(agent, '/runder/plan/utsending');
  expect((await postForm(agent, '/runder/plan/utsending/0/avbryt', fields)).status).toBe(303);
  const again = { ...fields, when: 'planned', plannedOn: futureDay() };
  expect((await postForm(agent, '/runder/plan/utsending', again)).status).toBe(303);
  expect(await readMailing(restored.context, 'plan')).toMatchObject({ state: 'planned', number: 0 });
  expect((await agent.get('/runder/plan/utsending').expect(200)).text).not.toContain('uten dag');
});

test('a step that was asked for can be asked for again', async () => {
  await stop?.();
  stop = null;
  const [coordinator] = await readRows<{ id: string }>(
    restored.context,
    `SELECT id FROM actor WHERE email LIKE 'coordinator-lukk%'`,
  );
  await requestClosing(restored.context, await loadActor(restored.context, coordinator!.id), { waveKey: 'lukk' });
  expect(await readRows(restored.context, 'SELECT state, error_code FROM wave_job')).toEqual([
    { state: 'waiting', error_code: null },
  ]);
  expect(
    await readRows(restored.context, `SELECT task_identifier FROM graphile_worker.jobs WHERE key LIKE 'wave %'`),
  ).toHaveLength(1);
});
