import request from 'supertest';
import { createApp } from '../../../src/app';
import type { Context } from '../../../src/context';
import { moveContext } from '../../../src/context';
import { operator } from '../../../src/domain/permissions';
import { startJobs } from '../../../src/jobs/start-jobs';
import { closeWave } from '../../../src/usecases/coordinator/close-wave';
import { inviteMissing, requestMailing } from '../../../src/usecases/coordinator/request-mailing';
import { readMailings } from '../../../src/usecases/coordinator/read-mailings';
import { steerMailing } from '../../../src/usecases/coordinator/steer-mailing';
import { runMailing } from '../../../src/usecases/administrator/run-mailing';
import { withDatabase } from '../../support/database';
import { catchFault } from '../../support/fieldwork';
import { startMailServer, type MailServer, type MailServerRequest, type Treatment } from '../../support/mail-server';
import { countMails, createMailWave, findLink, readMailing, readRows, waitUntil } from '../../support/mailings';
import { createRespondentApp, type RespondentApp } from '../../support/respondent-app';

const database = withDatabase();
let site: RespondentApp;
let context: Context;
let server: MailServer;
let treatment: MailServerRequest = {};
let stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  server = await startMailServer({
    onRecipient: (address) => treatment.onRecipient?.(address) ?? 'take',
    onMessage: (mail) => treatment.onMessage?.(mail) ?? 'take',
    onSender: (address) => treatment.onSender?.(address) ?? 'take',
  });
  site = await createRespondentApp(database.db(), {
    SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    MAIL_FROM: 'Nettverket <nett@example.org>',
    MAIL_PER_MINUTE: '60000',
    BOUNCE_ADDRESS: 'retur@example.org',
    PUBLIC_URL: 'http://barometer.example.org',
  });
  context = site.context;
});

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  treatment = {};
});
afterAll(async () => {
  stops = [];
  site.context.mailer?.close();
  await server.close();
});

function start(): void {
  stops.push(startJobs(context, database.url()));
}

function mailsTo(key: string) {
  return server.received.filter(({ raw }) => raw.includes(`@${key}.example.org`));
}

async function createWave(key: string, units = 6): Promise<void> {
  await createMailWave(context, key, units);
  await context.db.raw(
    `UPDATE invitation SET email = replace(email, '@example.org', '@' || :key || '.example.org')
       FROM wave WHERE wave.id = invitation.wave_id AND wave.key = :key`,
    { key },
  );
}

const send = (waveKey: string) => requestMailing(context, operator, { waveKey, plannedOn: null });

async function waitForState(key: string, state: string): Promise<void> {
  await waitUntil(
    async () => (await readMailing(context, key))?.state === state,
    () => site.logged().slice(-1500),
  );
}

async function setOutcome(key: string, unit: string, outcome: string): Promise<void> {
  await context.db.raw(
    `UPDATE invitation SET disposition = :outcome FROM unit, wave
      WHERE unit.id = invitation.unit_id AND wave.id = invitation.wave_id AND wave.key = :key AND unit.key = :unit`,
    { key, unit, outcome },
  );
}

test('everybody gets one invitation with a working link, an identifier, a return address and a way to say no', async () => {
  await createWave('alle');
  await send('alle');
  start();
  await waitForState('alle', 'done');
  const mails = mailsTo('alle');
  expect(mails.map(({ to }) => to).sort()).toEqual(
    ['asker', 'oslo'].flatMap((name) => [0, 1, 2, 3, 4, 5].map((index) => `${name}${index}@alle.example.org`)),
  );
  expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(12);
  const items = await readRows<{ id: string; message_id: string }>(context, 'SELECT id, message_id FROM mail_item');
  expect(
    mails.every(({ messageId, from }) => {
      const item = items.find((each) => each.message_id === messageId);
      return item !== undefined && from === `retur+${item.id}@example.org`;
    }),
  ).toBe(true);
  const [mail] = mails;
  expect(mail?.raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  expect(mail?.raw).toContain('Reply-To: ingrid@example.org');
  expect(mail?.raw).not.toMatch(/<img|<script|<link/i);
  await request(site.app)
    .get(findLink(mail?.raw ?? '', 'svar'))
    .expect(200);
  await request(site.app)
    .get(findLink(mail?.raw ?? '', 'nei'))
    .expect(200);
  const stored = JSON.stringify(await readRows(context, 'SELECT payload FROM graphile_worker._private_jobs'));
  expect(stored + site.logged()).not.toContain(findLink(mail?.raw ?? '', 'svar').slice(6));
  expect(site.logged()).not.toContain('@alle.example.org');
});

test('a reminder goes to exactly those who have not answered, not declined and can be reached', async () => {
  await createWave('purring');
  await send('purring');
  start();
  await waitForState('purring', 'done');
  const before = server.received.length;
  await setOutcome('purring', 'asker-0', 'answered');
  await setOutcome('purring', 'asker-1', 'R');
  await setOutcome('purring', 'asker-2', 'UE');
  await setOutcome('purring', 'asker-3', 'NE');
  await context.db.raw(`UPDATE invitation SET email = NULL WHERE email = 'asker4@purring.example.org'`);
  await send('purring');
  await waitUntil(async () => (await readMailing(context, 'purring'))?.state === 'done');
  expect(
    server.received
      .slice(before)
      .map(({ to }) => to)
      .sort(),
  ).toEqual(['asker5@purring.example.org', ...[0, 1, 2, 3, 4, 5].map((index) => `oslo${index}@purring.example.org`)]);
  expect(server.received.at(-1)?.raw).toMatch(/Subject: =\?UTF-8\?Q\?P=C3=A5minnelse/);
});

test('whoever answers between the listing and the sending gets nothing', async () => {
  await createWave('sist');
  await send('sist');
  await setOutcome('sist', 'oslo-0', 'answered');
  start();
  await waitForState('sist', 'done');
  expect(mailsTo('sist').map(({ to }) => to)).not.toContain('oslo0@sist.example.org');
  expect(await countMails(context, 'sist')).toEqual({ sent: 11, skipped: 1 });
});

test('450, 550 and policy are told apart, and only a dead address becomes undeliverable', async () => {
  await createWave('svar');
  const codes: Readonly<Record<string, Treatment>> = {
    'asker0@svar.example.org': { code: 450 },
    'asker1@svar.example.org': { code: 550, text: '5.1.1 no such user' },
    'asker2@svar.example.org': { code: 550, text: '5.7.1 not you' },
    'asker3@svar.example.org': 'hang up',
  };
  treatment = { onRecipient: (address) => codes[address] ?? 'take' };
  await send('svar');
  start();
  await waitUntil(async () => (await countMails(context, 'svar'))['sent'] === 8);
  await waitUntil(async () => (await countMails(context, 'svar'))['waiting'] === undefined);
  expect(await countMails(context, 'svar')).toEqual({ deferred: 2, refused: 2, sent: 8 });
  const outcomes = await readRows(
    context,
    `SELECT unit.key, invitation.disposition, mail_item.reply_code FROM mail_item
       JOIN invitation ON invitation.id = mail_item.invitation_id JOIN unit ON unit.id = invitation.unit_id
       JOIN wave ON wave.id = unit.wave_id WHERE wave.key = 'svar' AND mail_item.state <> 'sent' ORDER BY unit.key`,
  );
  expect(outcomes).toEqual([
    { key: 'asker-0', disposition: null, reply_code: 450 },
    { key: 'asker-1', disposition: 'UE', reply_code: 550 },
    { key: 'asker-2', disposition: null, reply_code: 550 },
    { key: 'asker-3', disposition: null, reply_code: null },
  ]);
  expect((await readMailing(context, 'svar'))?.state).toBe('sending');

  treatment = {};
  await steerMailing(context, operator, { waveKey: 'svar', number: 0, step: 'pause' });
  await steerMailing(context, operator, { waveKey: 'svar', number: 0, step: 'continue' });
  await waitForState('svar', 'done');
  expect(await countMails(context, 'svar')).toEqual({ refused: 2, sent: 10 });
});

test('a mail that is refused for now is tried a limited number of times, with growing pauses', async () => {
  await createWave('tider', 1);
  treatment = { onRecipient: (address) => (address.startsWith('asker0') ? { code: 450 } : 'take') };
  await send('tider');
  const [mailing] = await readRows<{ id: string }>(
    context,
    `SELECT mailing.id FROM mailing JOIN wave ON wave.id = mailing.wave_id WHERE wave.key = 'tider'`,
  );
  let now = context.now();
  const pauses: number[] = [];
  for (let run = 0; run < 10; run += 1) {
    await runMailing({ ...context, now: () => now }, mailing!.id, new AbortController().signal);
    const [item] = await readRows<{ try_after: Date | null }>(
      context,
      `SELECT try_after FROM mail_item WHERE mailing_id = :id AND state IN ('deferred', 'refused')`,
      { id: mailing!.id },
    );
    if (item === undefined || item.try_after === null) break;
    pauses.push((item.try_after.getTime() - now.getTime()) / 60_000);
    now = item.try_after;
  }
  expect(pauses).toEqual([1, 5, 15, 60, 180, 480]);
  expect(await countMails(context, 'tider')).toEqual({ refused: 1, sent: 1 });
  expect((await readMailing(context, 'tider'))?.state).toBe('done');
  expect(
    await readRows(context, `SELECT 1 FROM invitation WHERE disposition = 'UE' AND email LIKE '%@tider%'`),
  ).toEqual([]);
});

test('a fault of the server itself condemns nobody: the mailing pauses, says why, and goes on', async () => {
  await createWave('avsender');
  treatment = { onSender: () => ({ code: 550 }) };
  await send('avsender');
  start();
  await waitForState('avsender', 'paused');
  expect(await readMailing(context, 'avsender')).toMatchObject({ fault: 'sender' });
  expect(await countMails(context, 'avsender')).toEqual({ waiting: 12 });
  treatment = {};
  await steerMailing(context, operator, { waveKey: 'avsender', number: 0, step: 'continue' });
  await waitForState('avsender', 'done');
  expect(await countMails(context, 'avsender')).toEqual({ sent: 12 });
});

test('ten refusals in a row stop the mailing before more addresses are condemned', async () => {
  await createWave('rekke', 30);
  treatment = { onRecipient: () => ({ code: 550 }) };
  await send('rekke');
  start();
  await waitForState('rekke', 'paused');
  expect(await readMailing(context, 'rekke')).toMatchObject({ fault: 'refusals' });
  const { refused } = await countMails(context, 'rekke');
  expect(refused).toBeGreaterThanOrEqual(10);
  expect(refused).toBeLessThan(15);
});

test('a mailing can be paused, continued and cancelled, and a wave has one at a time', async () => {
  await createWave('styr', 30);
  let taken = 0;
  treatment = {
    onMessage: async (): Promise<Treatment> => {
      taken += 1;
      if (taken === 5) await steerMailing(context, operator, { waveKey: 'styr', number: 0, step: 'pause' });
      return 'take';
    },
  };
  await send('styr');
  start();
  await waitForState('styr', 'paused');
  await waitUntil(async () => (await countMails(context, 'styr'))['sent'] === taken);
  expect(taken).toBeLessThan(15);
  expect((await catchFault(send('styr'))).code).toBe('mailing_under_way');
  expect((await catchFault(inviteMissing(context, operator, { waveKey: 'styr' }))).code).toBe('mailing_under_way');
  expect((await catchFault(steerMailing(context, operator, { waveKey: 'styr', number: 0, step: 'pause' }))).code).toBe(
    'mailing_state',
  );
  await steerMailing(context, operator, { waveKey: 'styr', number: 0, step: 'cancel' });
  expect(await countMails(context, 'styr')).toEqual({ sent: taken, skipped: 60 - taken });

  await inviteMissing(context, operator, { waveKey: 'styr' });
  await waitForState('styr', 'done');
  expect(await countMails(context, 'styr')).toEqual({ sent: 60 });
  expect(mailsTo('styr')).toHaveLength(60);
});

test('somebody new gets the invitation, by the button or with the next reminder', async () => {
  await createWave('nye');
  await send('nye');
  start();
  await waitForState('nye', 'done');
  const replace = (from: string, to: string) =>
    context.db.raw(
      `WITH gone AS (DELETE FROM mail_item USING invitation WHERE invitation.id = mail_item.invitation_id AND email = :from)
       UPDATE invitation SET email = :to WHERE email = :from`,
      { from, to },
    );
  await replace('oslo0@nye.example.org', 'ny0@nye.example.org');
  expect((await readMailings(context, operator, { waveKey: 'nye' })).audience).toMatchObject({ ready: 12, first: 1 });
  await inviteMissing(context, operator, { waveKey: 'nye' });
  await waitForState('nye', 'done');
  await waitUntil(() => server.received.some(({ to }) => to === 'ny0@nye.example.org'));
  await replace('oslo1@nye.example.org', 'ny1@nye.example.org');
  await send('nye');
  await waitUntil(async () => (await countMails(context, 'nye'))['sent'] === 23);
  const subjects = (to: string) =>
    server.received.filter((mail) => mail.to === to).map(({ raw }) => /^Subject: .*P=C3=A5minnelse/m.test(raw));
  expect(subjects('ny1@nye.example.org')).toEqual([false]);
  expect(subjects('ny0@nye.example.org')).toEqual([false, true]);
});

test('a planned mailing begins on its morning and not before; three reminders are the last', async () => {
  await createWave('plan', 2);
  await send('plan');
  start();
  await waitForState('plan', 'done');
  const plan = (plannedOn: string) => requestMailing(context, operator, { waveKey: 'plan', plannedOn });
  const faults = async (day: string) => (await catchFault(plan(day))).details.fields?.map(({ key }) => key);
  expect(await faults('2020-01-01')).toEqual(['mailing.fault.date_past']);
  expect(await faults('tulldag')).toEqual(['mailing.fault.date']);
  await plan('2030-01-10');
  expect(await faults('2030-01-10')).toEqual(['mailing.fault.date_order']);
  await plan('2030-07-20');
  const jobs = await readRows<{ run_at: Date }>(
    context,
    `SELECT run_at FROM graphile_worker.jobs WHERE task_identifier = 'send-mailing' ORDER BY run_at`,
  );
  expect(jobs.slice(-2).map(({ run_at }) => run_at.toISOString())).toEqual([
    '2030-01-10T06:30:00.000Z',
    '2030-07-20T05:30:00.000Z',
  ]);
  const [first] = await readRows<{ id: string }>(
    context,
    `SELECT mailing.id FROM mailing JOIN wave ON wave.id = mailing.wave_id WHERE wave.key = 'plan' AND number = 1`,
  );
  const at = (moment: string) => ({ ...context, now: () => new Date(moment) });
  await runMailing(at('2030-01-09T12:00:00Z'), first!.id, new AbortController().signal);
  expect(mailsTo('plan')).toHaveLength(4);
  await runMailing(at('2030-01-10T06:30:00Z'), first!.id, new AbortController().signal);
  expect(mailsTo('plan')).toHaveLength(8);
  await steerMailing(context, operator, { waveKey: 'plan', number: 2, step: 'cancel' });
  expect((await readMailings(context, operator, { waveKey: 'plan' })).next).toBe(2);
  await send('plan');
  await waitForState('plan', 'done');
  await send('plan');
  await waitForState('plan', 'done');
  expect((await catchFault(send('plan'))).code).toBe('mailing_state');
});

test('closing a wave stops its mail', async () => {
  await createWave('stengt', 12);
  let taken = 0;
  treatment = {
    onMessage: async (): Promise<Treatment> => {
      taken += 1;
      if (taken === 3) await closeWave(context, operator, { waveKey: 'stengt' });
      return 'take';
    },
  };
  await send('stengt');
  start();
  await waitForState('stengt', 'cancelled');
  await waitUntil(async () => (await countMails(context, 'stengt'))['sent'] === taken);
  expect(await countMails(context, 'stengt')).toEqual({ sent: taken, skipped: 24 - taken });
  expect(mailsTo('stengt')).toHaveLength(taken);
  expect((await catchFault(send('stengt'))).code).toBe('wave_state');
});

test('jobs stand in the transaction of whoever asked: rolled back, nothing is sent', async () => {
  await createWave('angret', 1);
  const jobs = () => readRows(context, `SELECT id FROM graphile_worker.jobs WHERE task_identifier = 'send-mailing'`);
  const before = (await jobs()).length;
  await context.db
    .transaction(async (transaction) => {
      await requestMailing(moveContext(context, transaction), operator, { waveKey: 'angret', plannedOn: null });
      throw new Error('changed my mind');
    })
    .catch(() => undefined);
  expect((await jobs()).length).toBe(before);
  expect(await readMailing(context, 'angret')).toBeUndefined();
});

test('the demo never writes to a real server', async () => {
  await createWave('demoen', 1);
  await context.db.raw(`UPDATE network SET is_demo = true WHERE key = 'demoen'`);
  expect((await catchFault(send('demoen'))).code).toBe('mail_unavailable');
  expect((await readMailings(context, operator, { waveKey: 'demoen' })).mailKind).toBeNull();
});

test('an installation without mail says so', async () => {
  await createWave('uten', 1);
  const without = { ...context, mailer: null };
  expect((await catchFault(requestMailing(without, operator, { waveKey: 'uten', plannedOn: null }))).code).toBe(
    'mail_unavailable',
  );
  expect(createApp(without)).toBeDefined();
});
