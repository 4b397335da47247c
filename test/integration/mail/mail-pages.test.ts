import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import type { Role } from '../../../src/domain/permissions';
import { operator } from '../../../src/domain/permissions';
import { deleteExpiredAddresses } from '../../../src/usecases/administrator/delete-expired-addresses';
import { runMailing } from '../../../src/usecases/administrator/run-mailing';
import { takeInBounces } from '../../../src/usecases/administrator/take-in-bounces';
import { closeWave } from '../../../src/usecases/coordinator/close-wave';
import { readMailings } from '../../../src/usecases/coordinator/read-mailings';
import { requestMailing } from '../../../src/usecases/coordinator/request-mailing';
import { confirmTestMail } from '../../../src/usecases/visitor/confirm-test-mail';
import { withDatabase } from '../../support/database';
import { createDraftWave } from '../../support/fieldwork';
import { openForm, postForm } from '../../support/forms';
import { countMails, createMailWave, findLink, readMailing, readRows } from '../../support/mailings';
import { createRespondentApp, type RespondentApp } from '../../support/respondent-app';
import { signInAs, type Agent } from '../../support/results-network';

const secret = 'et-langt-hemmelig-ord-for-retur';
const database = withDatabase();
let site: RespondentApp;
let folder: string;
const people = new Map<string, Agent>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'barometer-mail-'));
  site = await createRespondentApp(database.db(), {
    DATA_DIR: folder,
    MAIL_PER_MINUTE: '60000',
    PUBLIC_URL: 'http://barometer.example.org',
    BOUNCE_ADDRESS: 'retur@example.org',
    BOUNCE_MAILBOX: join(folder, 'retur'),
    BOUNCE_SECRET: secret,
  });
  await createMailWave(site.context, 'nett');
  await createDraftWave(site.context, 'annet');
  const join_ = async (name: string, role: Role, networkKey: string, organisationKey?: string) => {
    const person = { role, networkKey, ...(organisationKey === undefined ? {} : { organisationKey }) };
    people.set(name, await signInAs(site, person));
  };
  people.set('anonymous', request.agent(site.app));
  await join_('contact', 'organisation_contact', 'nett', 'asker');
  await join_('researcher', 'researcher', 'nett');
  await join_('coordinator', 'coordinator', 'nett');
  await join_('other coordinator', 'coordinator', 'annet');
  await join_('administrator', 'administrator', 'nett');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function as(who: string): Agent {
  const agent = people.get(who);
  if (agent === undefined) throw new RangeError(who);
  return agent;
}

async function csrfOf(agent: Agent): Promise<string> {
  const { text } = await agent.get('/nettverk');
  return /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
}

async function sendAll(waveKey: string): Promise<void> {
  await requestMailing(site.context, operator, { waveKey, plannedOn: null });
  const [mailing] = await readRows<{ id: string }>(
    site.context,
    `SELECT mailing.id FROM mailing JOIN wave ON wave.id = mailing.wave_id WHERE wave.key = :waveKey
      ORDER BY number DESC LIMIT 1`,
    { waveKey },
  );
  await runMailing(site.context, mailing!.id, new AbortController().signal);
}

async function readFolderMailTo(address: string): Promise<{ readonly path: string; readonly text: string }> {
  const { text } = await as('administrator').get('/post');
  const found = [...text.matchAll(/<a class="ds-link" href="(\/post\/[^"]+)">[^<]*<\/a>\s*<span>([^<]*)<\/span>/g)];
  const path = found.find(([, , to = '']) => to.includes(address))?.[1] ?? '';
  return { path, text: (await as('administrator').get(path)).text };
}

async function readDisposition(email: string): Promise<string | null | undefined> {
  const rows = await readRows<{ disposition: string | null }>(
    site.context,
    "SELECT disposition FROM invitation WHERE email = :email AND wave_id = (SELECT id FROM wave WHERE key = 'nett')",
    { email },
  );
  return rows[0]?.disposition;
}

describe('rights', () => {
  const pages = [
    '/runder/nett/utsending',
    '/runder/nett/utsending/maler',
    '/runder/nett/utsending/maler/invitasjon/nb',
    '/runder/nett/utsending/maler/paminnelse/en/visning',
  ];
  const forms = [
    '/runder/nett/utsending',
    '/runder/nett/utsending/manglende',
    '/runder/nett/utsending/test',
    '/runder/nett/utsending/lenker.csv',
    '/runder/nett/utsending/brev',
    '/runder/nett/utsending/0/stans',
    '/runder/nett/utsending/maler/invitasjon/nb',
  ];
  test.each(pages)('GET %s is for those who run the wave', async (path) => {
    const statuses = await Promise.all([...people].map(async ([who, agent]) => [who, (await agent.get(path)).status]));
    const { 'other coordinator': other, ...rest } = Object.fromEntries(statuses) as Record<string, number>;
    expect(rest).toEqual({ anonymous: 401, contact: 403, researcher: 403, coordinator: 200, administrator: 200 });
    expect([403, 404]).toContain(other);
  });

  test.each(forms)('POST %s refuses everybody else and changes nothing', async (path) => {
    const count = async () =>
      (
        await readRows(site.context, 'SELECT (SELECT count(*) FROM invitation_token) + (SELECT count(*) FROM mailing)')
      )[0];
    const before = await count();
    for (const who of ['anonymous', 'contact', 'researcher', 'other coordinator']) {
      const { status } = await postForm(as(who), path, { _csrf: await csrfOf(as(who)), subject: 'x', body: '{lenke}' });
      expect([who, [401, 403, 404].includes(status)]).toEqual([who, true]);
    }
    expect((await postForm(as('coordinator'), path, {})).status).toBe(403);
    expect(await count()).toEqual(before);
  });

  test('the folder is for administrators, and for coordinators what belongs to their waves', async () => {
    await sendAll('nett');
    const statuses = await Promise.all(
      [...people].map(async ([who, agent]) => [who, (await agent.get('/post')).status]),
    );
    expect(Object.fromEntries(statuses)).toEqual({
      anonymous: 401,
      contact: 403,
      researcher: 403,
      coordinator: 200,
      'other coordinator': 200,
      administrator: 200,
    });
    const { path } = await readFolderMailTo('asker0@example.org');
    expect((await as('coordinator').get(path)).status).toBe(200);
    expect((await as('other coordinator').get(path)).status).toBe(404);
    expect((await as('other coordinator').get('/post')).text).toContain('Ingen e-post ennå.');
    expect((await as('researcher').get(path)).status).toBe(404);
    expect((await as('administrator').get('/post/..%2f..%2fpassword')).status).toBe(404);
  });
});

test('a mail in the folder is shown so that nothing in it runs, and its links can be followed', async () => {
  const { path, text } = await readFolderMailTo('asker1@example.org');
  const link = /href="http:\/\/barometer\.example\.org(\/svar\/[^"]+)"/.exec(text)?.[1] ?? '';
  await request(site.app).get(link).expect(200);
  const frame = await as('administrator').get(`${path}/html`).expect(200);
  expect(frame.headers['content-security-policy']).toContain('sandbox');
  expect(frame.headers['content-security-policy']).toContain("default-src 'none'");
  expect(frame.text).toContain('Svar på undersøkelsen');
});

describe('saying no', () => {
  test('GET shows a button and writes nothing; POST declines; it can be taken back', async () => {
    const { text } = await readFolderMailTo('asker2@example.org');
    const path = findLink(text, 'nei');
    const page = await request(site.app).get(path).expect(200);
    expect(page.text).toContain('Jeg vil ikke svare');
    expect(page.text).not.toContain(path.split('/').at(-1));
    expect(await readDisposition('asker2@example.org')).toBeNull();
    await request(site.app).post(path).type('form').send({ action: 'decline' }).expect(303).expect('location', path);
    expect(await readDisposition('asker2@example.org')).toBe('R');
    expect((await request(site.app).get(path)).text).toContain('Du får ikke flere e-poster');
    await request(site.app).post(path).type('form').send({ action: 'undo' }).expect(303);
    expect(await readDisposition('asker2@example.org')).toBeNull();
  });

  test('a mail program declines with one click, without cookies and without being led elsewhere', async () => {
    const path = findLink((await readFolderMailTo('asker3@example.org')).text, 'nei');
    await request(site.app).post(path).type('form').send({ 'List-Unsubscribe': 'One-Click' }).expect(200);
    expect(await readDisposition('asker3@example.org')).toBe('R');
    const other = findLink((await readFolderMailTo('asker4@example.org')).text, 'nei');
    await request(site.app).post(other).field('List-Unsubscribe', 'One-Click').expect(200);
    expect(await readDisposition('asker4@example.org')).toBe('R');
  });

  test('somebody who declined, or whose address failed, can answer all the same', async () => {
    const text = (await readFolderMailTo('asker3@example.org')).text;
    const agent = request.agent(site.app);
    await agent.post(findLink(text, 'svar')).expect(303);
    const page = '/undersokelse/side/tools';
    expect(
      (await postForm(agent, page, { ...(await openForm(agent, page)), uses_tool: 'no', _action: 'next' })).status,
    ).toBe(303);
    const rest = '/undersokelse/side/training_page';
    const next = await agent.get(rest);
    if (next.status === 200) {
      await postForm(agent, rest, { ...(await openForm(agent, rest)), training: 'agree', _action: 'next' });
    }
    const sent = await postForm(agent, '/undersokelse/send', await openForm(agent, '/undersokelse/oversikt'));
    expect(sent.headers['location']).toBe('/undersokelse/kvittering');
    expect(await readDisposition('asker3@example.org')).toBe('answered');
    const refusal = findLink(text, 'nei');
    await request(site.app).post(refusal).type('form').send({ action: 'decline' }).expect(303);
    expect(await readDisposition('asker3@example.org')).toBe('answered');
    expect((await request(site.app).get(refusal)).text).toContain('Du har allerede svart');
  });

  test('a forged link, or that of somebody who has been replaced, is unknown', async () => {
    const path = findLink((await readFolderMailTo('oslo5@example.org')).text, 'nei');
    await request(site.app)
      .get(`${path.slice(0, -3)}AAA`)
      .expect(404);
    await request(site.app)
      .post(`${path.slice(0, -3)}AAA`)
      .expect(404);
    await site.context.db.raw(`UPDATE invitation SET email = 'ny@example.org' WHERE email = 'oslo5@example.org'`);
    await request(site.app).post(path).expect(404);
    expect(await readDisposition('ny@example.org')).toBeNull();
  });
});

describe('bounces', () => {
  async function itemOf(email: string): Promise<{ readonly id: string; readonly message_id: string }> {
    const rows = await readRows<{ id: string; message_id: string }>(
      site.context,
      `SELECT mail_item.id, message_id FROM mail_item JOIN invitation ON invitation.id = mail_item.invitation_id
        WHERE email = :email`,
      { email },
    );
    return rows[0]!;
  }

  function writeReport(to: string, messageId: string, action: string, status: string): string {
    return [
      'From: MAILER-DAEMON@mx.example.org',
      `To: ${to}`,
      'Subject: Undelivered Mail Returned to Sender',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Your mail could not be delivered.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.org',
      '',
      'Final-Recipient: rfc822; someone@example.org',
      `Action: ${action}`,
      `Status: ${status}`,
      '',
      '--b',
      'Content-Type: message/rfc822',
      '',
      'From: nett@example.org',
      `Message-ID: <${messageId}>`,
      'Subject: Invitasjon',
      '',
      'Hei',
      '--b--',
      '',
    ].join('\r\n');
  }

  test('a mailbox of reports is read once: only what was given up for good makes an address undeliverable', async () => {
    const mailbox = join(folder, 'retur');
    for (const name of ['new', 'cur', 'tmp']) mkdirSync(join(mailbox, name), { recursive: true });
    const [dead, delayed, blocked, byId] = await Promise.all(
      ['oslo0', 'oslo1', 'oslo2', 'oslo3'].map((name) => itemOf(`${name}@example.org`)),
    );
    const put = (name: string, text: string) => {
      writeFileSync(join(mailbox, 'new', name), text);
    };
    put('1', writeReport(`retur+${dead!.id}@example.org`, 'lost@example.org', 'failed', '5.1.1'));
    put('2', writeReport(`retur+${delayed!.id}@example.org`, delayed!.message_id, 'delayed', '4.4.1'));
    put('3', writeReport(`retur+${blocked!.id}@example.org`, blocked!.message_id, 'failed', '5.7.1'));
    put('4', writeReport('retur@example.org', byId!.message_id, 'failed', '5.1.10'));
    put(
      '5',
      'From: kari@example.org\r\nSubject: Ute av kontoret\r\nAuto-Submitted: auto-replied\r\n\r\nTilbake mandag.\r\n',
    );
    put('6', 'rubbish');
    expect(await takeInBounces(site.context)).toBe(3);
    expect(
      await Promise.all(['oslo0', 'oslo1', 'oslo2', 'oslo3'].map((name) => readDisposition(`${name}@example.org`))),
    ).toEqual(['UE', null, null, 'UE']);
    expect(await countMails(site.context, 'nett')).toMatchObject({ bounced: 3 });
    expect(readdirSync(join(mailbox, 'new'))).toEqual([]);
    expect(
      readdirSync(join(mailbox, 'cur'))
        .map((name) => name.slice(0, 1))
        .sort(),
    ).toEqual(['5', '6']);
    expect(await takeInBounces(site.context)).toBe(0);
  });

  test('a mail service reports with the secret or a signature, and nobody else can', async () => {
    const { message_id } = await itemOf('oslo4@example.org');
    const body = JSON.stringify([
      { messageId: `<${message_id}>`, status: '5.1.1' },
      { messageId: 'x@y', status: 'bounced' },
    ]);
    const post = (headers: Record<string, string>, text = body) =>
      request(site.app).post('/api/v1/bounces').set('Content-Type', 'application/json').set(headers).send(text);
    await post({}).expect(401);
    await post({ Authorization: 'Bearer noe annet' }).expect(401);
    await post({ Authorization: `Bearer ${secret}` }, '{"messageId": 5}').expect(400);
    await post({ Authorization: `Bearer ${secret}` }, '{').expect(400);
    expect(await readDisposition('oslo4@example.org')).toBeNull();
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const { body: reply } = (await post({ 'X-Signature': `sha256=${signature}` }).expect(200)) as { body: unknown };
    expect(reply).toEqual({ received: 2, matched: 1 });
    expect(await readDisposition('oslo4@example.org')).toBe('UE');
    await post({ 'X-Signature': `sha256=${signature}` }, body.replace('oslo', 'x')).expect(200);
    await post({ 'X-Signature': `sha256=${signature}` }, `${body} `).expect(401);
  });
});

test('templates: a fault stays in its field, a sound text is kept and shown, the standard text comes back', async () => {
  const path = '/runder/nett/utsending/maler/invitasjon/nn';
  const coordinator = as('coordinator');
  const post = async (fields: Record<string, string>) =>
    postForm(coordinator, path, { _csrf: await csrfOf(coordinator), ...fields });
  const faulty = await post({ subject: 'Hei {fornavn}', body: 'Utan lenkje' });
  expect(faulty.status).toBe(422);
  expect(faulty.text).toContain('{fornavn} er ikke et kjent felt');
  expect(faulty.text).toContain('value="Hei {fornavn}"');
  expect((await post({ subject: 'Hei', body: 'Utan lenkje' })).text).toContain('mangler den personlige lenken');
  const sound = { subject: 'Hei frå {nettverk}', body: 'Hei {navn},\r\n\r\n<b>Svar</b> no:\r\n\r\n{lenke}' };
  expect((await post(sound)).headers['location']).toBe(`${path}?lagret=1`);
  const preview = (await coordinator.get(`${path}/visning`)).text;
  expect(preview).toContain('&lt;b&gt;Svar&lt;/b&gt; no:');
  expect(preview).toContain('Jeg vil ikke svare'.replace('Jeg', 'Eg').replace('ikke', 'ikkje'));
  expect(preview).toContain('lang="nn"');
  expect((await coordinator.get('/runder/nett/utsending/maler')).text).toContain('Hei frå Nettverk Viken');
  expect((await post({ action: 'standard' })).status).toBe(303);
  expect(await readRows(site.context, 'SELECT 1 FROM mail_template')).toEqual([]);
  expect((await coordinator.get('/runder/nett/utsending/maler/annet/nb')).status).toBe(404);
});

test('a test mail goes to whoever asks, and its link notes that it arrived', async () => {
  const coordinator = as('coordinator');
  const sent = await postForm(coordinator, '/runder/nett/utsending/test', { _csrf: await csrfOf(coordinator) });
  expect(sent.status).toBe(303);
  const { text } = await readFolderMailTo('coordinator-nett');
  expect(text).toContain('[Prøve]');
  const path = findLink(text, 'testpost');
  const readDay = async () => (await readMailings(site.context, operator, { waveKey: 'nett' })).testMailReceivedOn;
  await request(site.app).get(path).expect(200);
  expect(await readDay()).toBeNull();
  await request(site.app).post(path).expect(303);
  expect(await readDay()).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  await request(site.app).post(`${path}x`).expect(410);
  const later = { ...site.context, now: () => new Date(Date.now() + 8 * 86_400_000) };
  await expect(confirmTestMail(later, path.split('/').at(-1)!)).rejects.toMatchObject({ code: 'test_link_invalid' });
});

test('somebody without an address of their own says where a test mail goes', async () => {
  const coordinator = as('coordinator');
  const { db } = site.context;
  const found = await db.raw<{ rows: { id: string; email: string }[] }>(
    `SELECT id, email FROM actor WHERE email LIKE 'coordinator-nett%'`,
  );
  const [actor] = found.rows;
  const changeAddress = (email: string | null) =>
    db.raw('UPDATE actor SET email = :email WHERE id = :id', { email, id: actor!.id });
  await changeAddress(null);
  const post = async (address: string) =>
    postForm(coordinator, '/runder/nett/utsending/test', { _csrf: await csrfOf(coordinator), address });
  for (const address of ['', 'ingen']) {
    const { status, text } = await post(address);
    expect([status, /id="address-fault">([^<]+)/.exec(text)?.[1]]).toEqual([
      422,
      'Skriv en e-postadresse, for eksempel navn@kommune.no.',
    ]);
  }
  expect((await post('kollega@example.org')).status).toBe(303);
  expect((await readFolderMailTo('kollega')).text).toContain('/testpost/');
  await changeAddress(actor!.email);
});

test('links come as a file and letters as pages with a code each; both leave an audit event and fresh links', async () => {
  const coordinator = as('coordinator');
  const csv = await postForm(coordinator, '/runder/nett/utsending/lenker.csv', { _csrf: await csrfOf(coordinator) });
  expect(csv.headers['content-disposition']).toContain('nett-lenker.csv');
  const rows = csv.text.trim().split('\n');
  expect(rows[0]).toContain('organisation_name,unit,unit_name,name,email,language,link');
  expect(csv.text).not.toContain('asker-3,');
  const link = /\/svar\/[\w-]+/.exec(rows[1] ?? '')?.[0] ?? '';
  await request(site.app).get(link).expect(200);
  const letters = await postForm(coordinator, '/runder/nett/utsending/brev', { _csrf: await csrfOf(coordinator) });
  expect(letters.text.match(/<article class="letter"/g)).toHaveLength(rows.length - 1);
  expect(letters.text.match(/<path d="M/g)).toHaveLength(rows.length - 1);
  expect(letters.text).not.toContain(link);
  expect(letters.text).not.toMatch(/ style="/);
  const events = await readRows<{ detail: { purpose: string } }>(
    site.context,
    `SELECT detail FROM audit_event WHERE action = 'created links' ORDER BY id`,
  );
  expect(events.map(({ detail }) => detail.purpose)).toEqual(['file', 'letters']);
});

test('on the promised day everything that names a person goes, and the counts of mails stay', async () => {
  await closeWave(site.context, operator, { waveKey: 'nett' });
  const before = await countMails(site.context, 'nett');
  const [wave] = await readRows<{ day: string }>(
    site.context,
    `SELECT delete_addresses_on::text AS day FROM wave WHERE key = 'nett'`,
  );
  const day = new Date(`${wave!.day}T12:00:00Z`);
  await deleteExpiredAddresses({ ...site.context, now: () => new Date(day.getTime() - 86_400_000) });
  await deleteExpiredAddresses({ ...site.context, now: () => day });
  expect(await readRows(site.context, 'SELECT 1 FROM mail_item')).toEqual([]);
  const { mailings } = await readMailings(site.context, operator, { waveKey: 'nett' });
  expect(mailings[0]?.counts).toMatchObject(before);
  expect((await readMailing(site.context, 'nett'))?.state).toBe('done');
  expect(site.logged()).not.toMatch(/@example\.org/);
});
