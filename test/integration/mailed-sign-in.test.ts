import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import request from 'supertest';
import { operator } from '../../src/domain/permissions';
import { startJobs } from '../../src/jobs/start-jobs';
import { forgetPeople } from '../../src/usecases/administrator/forget-people';
import { grantRole } from '../../src/usecases/administrator/grant-role';
import { createNetwork } from '../../src/usecases/coordinator/create-network';
import { importOrganisations } from '../../src/usecases/coordinator/import-organisations';
import { withDatabase } from '../support/database';
import { csvFile, organisationsCsv } from '../support/fieldwork';
import { openForm, postForm } from '../support/forms';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { signInAs, type Agent } from '../support/results-network';

const database = withDatabase();
const folder = mkdtempSync(join(tmpdir(), 'barometer-mail-'));
let site: RespondentApp;

beforeAll(async () => {
  site = await createRespondentApp(database.db(), { DATA_DIR: folder });
  await createNetwork(site.context, operator, { key: 'fjord', name: 'Fjordnettverket', isOpen: true });
  await importOrganisations(site.context, operator, { networkKey: 'fjord', file: csvFile(organisationsCsv) });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function readRows(sql: string): Promise<readonly Record<string, unknown>[]> {
  return (await database.db().raw<{ rows: Record<string, unknown>[] }>(sql)).rows;
}

/** A queue that is stopped while it starts leaves a timer behind. */
const startMilliseconds = 500;

interface ReadMail {
  readonly to: string | undefined;
  readonly subject: string | undefined;
  readonly text: string;
}

/** Does what is on the queue, as a running server would, and gives the mails that came of it. */
async function runJobs(): Promise<readonly ReadMail[]> {
  const stop = startJobs(site.context, database.url());
  await new Promise((resolve) => setTimeout(resolve, startMilliseconds));
  const count = 'SELECT count(*) FROM graphile_worker.jobs';
  while (Number((await readRows(count))[0]?.['count']) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  await stop();
  const mails = join(folder, 'mail');
  if (!existsSync(mails)) return [];
  const files = readdirSync(mails);
  const parsed = await Promise.all(files.map((file) => PostalMime.parse(readFileSync(join(mails, file)))));
  rmSync(mails, { recursive: true });
  return parsed.map(({ to, subject, text }) => ({ to: to?.[0]?.address, subject, text: text ?? '' }));
}

function askForLink(email: string, next?: string): request.Test {
  return request(site.app)
    .post('/logg-inn')
    .type('form')
    .send({ email, ...(next === undefined ? {} : { videre: next }) });
}

/** Everything of an answer but its number and its time. */
function withoutNumber({ status, headers, text }: request.Response): unknown {
  const own = ['x-request-id', 'date'];
  const rest = Object.entries(headers as Record<string, unknown>).filter(([name]) => !own.includes(name));
  return { status, text, rest };
}

describe('a mailed link', () => {
  test('comes in the language of its person, works once, and leads where one wanted to go', async () => {
    const grant = {
      email: 'anne@example.org',
      name: 'Anne Ås',
      role: 'researcher',
      networkKey: 'fjord',
      language: 'nn',
    } as const;
    await grantRole(site.context, operator, grant);
    await askForLink(' Anne@Example.org ', '/konto').expect(303);
    const [mail, ...others] = await runJobs();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to: 'anne@example.org', subject: 'Innlogging til Innovasjonsbarometer' });
    expect(mail?.text).toContain('opne denne lenkja');
    const link = new URL(/http:\S+/.exec(mail?.text ?? '')?.[0] ?? '');
    const path = `${link.pathname}${link.search}`;
    await request(site.app).get(path).expect(200);
    const agent = request.agent(site.app);
    expect((await agent.post(path).expect(303)).headers['location']).toBe('/konto');
    await agent.get('/konto').expect(200);
    await request(site.app).post(path).expect(410);
    const [stored] = await readRows('SELECT extract(epoch FROM expires_at - now()) AS seconds FROM sign_in_link');
    expect(Number(stored?.['seconds'])).toBeLessThanOrEqual(15 * 60);
    expect(JSON.stringify(await readRows('SELECT * FROM audit_event'))).not.toContain('anne@');
    expect(site.logged()).not.toContain(link.pathname.split('/').at(-1));
  });

  test('is asked for with the same answer whether or not the address is known; nobody else gets mail', async () => {
    const known = await askForLink('anne@example.org');
    const unknown = await askForLink('ingen@example.org');
    expect(withoutNumber(known)).toEqual(withoutNumber(unknown));
    expect((await runJobs()).map(({ to }) => to)).toEqual(['anne@example.org']);
  });

  test('is not sent to somebody whose role has ended', async () => {
    const grant = { email: 'slutt@example.org', name: 'Slutt', role: 'researcher', networkKey: 'fjord' } as const;
    const { actorId } = await grantRole(site.context, operator, grant);
    await database.db().raw(`UPDATE role_grant SET ends_on = '2020-01-01' WHERE actor_id = :actorId`, { actorId });
    await askForLink('slutt@example.org').expect(303);
    expect(await runJobs()).toEqual([]);
  });

  test('never leads to another site', async () => {
    for (const next of ['https://ond.example', '//ond.example', '/\\ond.example', '/logg-ut', 'konto']) {
      const { text } = await request(site.app).get(`/logg-inn?${new URLSearchParams({ videre: next }).toString()}`);
      expect(text).not.toContain('name="videre"');
    }
  });

  test('is limited for one address and for one sender, and keeps neither', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) statuses.push((await askForLink('ofte@example.org')).status);
    expect(statuses).toContain(429);
    expect(JSON.stringify(await readRows('SELECT * FROM attempt'))).not.toContain('ofte');
  });

  test('is not asked for by the page of another site', async () => {
    await askForLink('anne@example.org').set('Sec-Fetch-Site', 'cross-site').expect(403);
  });
});

describe('people of a network', () => {
  let coordinator: Agent;
  beforeAll(async () => {
    coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'fjord' });
  });
  const path = '/nettverk/fjord/folk';
  const invite = async (fields: Readonly<Record<string, string>>): Promise<request.Response> =>
    postForm(coordinator, path, { ...(await openForm(coordinator, path)), ...fields });

  test('are invited with a role, told by mail without any secret, and shown with the end of their role', async () => {
    const reply = await invite({
      name: 'Åse Ask',
      email: 'aase@example.org',
      role: 'organisation_contact',
      organisation: 'asker',
      language: 'da',
    });
    expect(reply.status).toBe(303);
    const [mail] = await runJobs();
    expect(mail?.to).toBe('aase@example.org');
    expect(mail?.text).toContain('Rolle: kontaktperson\nGælder: Asker');
    expect(mail?.text).toContain('http://localhost:3000/logg-inn,');
    const { text } = await coordinator.get(path).expect(200);
    expect(text).toContain('Åse Ask');
    expect(text).toMatch(/Til og med \d+\. \w+ 20\d\d/);
  });

  test('are refused with what must be put right; what was written stays', async () => {
    const { status, text } = await invite({ name: 'X <b>', email: 'feil', role: 'organisation_contact' });
    expect(status).toBe(422);
    expect(text).toContain('href="#email"');
    expect(text).toContain('href="#organisation"');
    expect(text).toContain('value="X &lt;b&gt;"');
  });

  test('are never made administrators by a coordinator', async () => {
    expect((await invite({ name: 'Frekk', email: 'frekk@example.org', role: 'administrator' })).status).toBe(422);
    expect(await readRows(`SELECT id FROM actor WHERE email = 'frekk@example.org'`)).toEqual([]);
  });

  test('lose their rights with the next click when the role is ended', async () => {
    const contact = await signInAs(site, {
      role: 'organisation_contact',
      networkKey: 'fjord',
      organisationKey: 'oslo',
    });
    expect((await contact.get('/nettverk')).text).toContain('Fjordnettverket');
    const [held] = await readRows(`SELECT role_grant.id FROM role_grant JOIN actor ON actor.id = actor_id
                                    WHERE email = 'organisation_contact-fjord-oslo@example.org'`);
    const form = await openForm(coordinator, path);
    expect(
      (await postForm(coordinator, `${path}/${String(held?.['id'])}/forleng`, { ...form, ends_on: '2020-01-01' }))
        .status,
    ).toBe(422);
    expect((await postForm(coordinator, `${path}/${String(held?.['id'])}/avslutt`, form)).status).toBe(303);
    expect((await contact.get('/nettverk')).text).not.toContain('Fjordnettverket');
    expect((await postForm(coordinator, `${path}/${String(held?.['id'])}/avslutt`, form)).status).toBe(404);
  });

  test('of another network cannot be touched through this one', async () => {
    await createNetwork(site.context, operator, { key: 'nabo', name: 'Nabo', isOpen: true });
    await grantRole(site.context, operator, {
      email: 'nabo@example.org',
      name: 'Nabo',
      role: 'researcher',
      networkKey: 'nabo',
    });
    const [held] = await readRows(
      `SELECT role_grant.id FROM role_grant JOIN actor ON actor.id = actor_id WHERE email = 'nabo@example.org'`,
    );
    for (const step of ['avslutt', 'forleng', 'lenke']) {
      const form = { ...(await openForm(coordinator, path)), ends_on: '2027-01-01' };
      expect((await postForm(coordinator, `${path}/${String(held?.['id'])}/${step}`, form)).status).toBe(404);
    }
  });
});

describe('sessions', () => {
  test('are listed without secrets, and ended from another one at once', async () => {
    const person = { role: 'researcher', networkKey: 'fjord' } as const;
    const [one, two] = [await signInAs(site, person), await signInAs(site, person)];
    const { text } = await one.get('/konto').expect(200);
    expect(text.match(/Denne økten/g)).toHaveLength(1);
    expect(text.match(/En annen økt/g)).toHaveLength(1);
    const secrets = await readRows('SELECT sid FROM session');
    for (const { sid } of secrets) expect(text).not.toContain(String(sid));
    const end = /action="(\/konto\/okter\/[0-9a-f-]+\/avslutt)"/.exec(text)?.[1] ?? '';
    const stranger = await signInAs(site, { role: 'coordinator', networkKey: 'fjord' });
    expect((await postForm(stranger, end, await openForm(stranger, '/konto'))).status).toBe(404);
    await two.get('/konto').expect(200);
    expect((await postForm(one, end, await openForm(one, '/konto'))).status).toBe(303);
    await two.get('/konto').expect(401);
    await one.get('/konto').expect(200);
  });

  test('change at sign-in: one that was fixed beforehand is worth nothing', async () => {
    const agent = await signInAs(site, { role: 'researcher', networkKey: 'fjord' });
    const before = await readRows('SELECT sid FROM session');
    await grantRole(site.context, operator, {
      email: 'ny@example.org',
      name: 'Ny',
      role: 'researcher',
      networkKey: 'fjord',
    });
    await postForm(agent, '/konto/okter/avslutt-andre', await openForm(agent, '/konto'));
    expect((await readRows('SELECT sid FROM session')).length).toBeLessThan(before.length);
  });
});

describe('the register of people', () => {
  test('ends roles on their day and forgets who has none, but not who did what', async () => {
    const roles = `SELECT count(*) FROM role_grant WHERE ends_on < CURRENT_DATE`;
    await grantRole(site.context, operator, {
      email: 'kort@example.org',
      name: 'Kort Tid',
      role: 'researcher',
      networkKey: 'fjord',
    });
    await signInAs(site, { role: 'coordinator', networkKey: 'nabo' });
    await database.db().raw(`UPDATE role_grant SET ends_on = '2020-01-01' FROM actor
                              WHERE actor.id = actor_id AND email IN ('kort@example.org', 'coordinator-nabo-@example.org')`);
    await forgetPeople(site.context);
    expect(await readRows(roles)).toEqual([{ count: 0 }]);
    expect(await readRows(`SELECT id FROM actor WHERE name = 'Kort Tid'`)).toEqual([]);
    expect(await readRows(`SELECT email FROM actor WHERE name = 'coordinator i nabo'`)).toEqual([{ email: null }]);
    const sessions = 'SELECT count(*)::int AS count FROM session';
    expect(await readRows(sessions)).not.toEqual([{ count: 0 }]);
    const later = { ...site.context, now: () => new Date(Date.now() + 800 * 86_400_000) };
    await forgetPeople(later);
    expect(await readRows(sessions)).toEqual([{ count: 0 }]);
    expect(await readRows(`SELECT email FROM actor WHERE name = 'coordinator i nabo'`)).toEqual([{ email: null }]);
  });
});

describe('events', () => {
  test('are read and exported by administrators, filtered, without addresses', async () => {
    const administrator = await signInAs(site, { role: 'administrator', networkKey: 'fjord' });
    const { text } = await administrator
      .get('/administrasjon/hendelser?nettverk=fjord&handling=granted+role')
      .expect(200);
    expect(text).toContain('ga en rolle');
    expect(text.slice(text.indexOf('<main'))).not.toContain('@');
    const none = await administrator.get('/administrasjon/hendelser?til=2020-01-01').expect(200);
    expect(none.text).toContain('Ingen hendelser');
    const file = await administrator.get('/administrasjon/hendelser.csv?handling=granted+role').expect(200);
    expect(file.text).toMatch(/^\uFEFF?"?occurred_at/);
    expect(file.text).not.toContain('signed in');
    expect(file.text).toContain('granted role');
  });
});
