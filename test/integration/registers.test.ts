import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { operator } from '../../src/domain/permissions';
import { packageRoot } from '../../src/platform/package-root';
import { createRegisterClient } from '../../src/registers/create-register-client';
import { forgetRegisterImports } from '../../src/usecases/administrator/forget-register-imports';
import { importRegister } from '../../src/usecases/administrator/import-register';
import { countDifference } from '../../src/usecases/register-difference';
import type { RegisterRequest } from '../../src/usecases/register-content';
import { createNetwork } from '../../src/usecases/coordinator/create-network';
import { withDatabase } from '../support/database';
import { catchFault, listFaults } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { signInAs, type Agent } from '../support/results-network';

const folder = join(packageRoot, 'test', 'support', 'registers');
const database = withDatabase();
let site: RespondentApp;
let register: Server;
let answered: { url: string; accept: string | undefined }[] = [];
let answer: (url: string) => { status: number; file?: string; text?: string; isSilent?: boolean };

function readFileOf(name: string): Buffer {
  return readFileSync(join(folder, name));
}

beforeAll(async () => {
  register = createServer((incoming, outgoing) => {
    const url = incoming.url ?? '';
    answered.push({ url, accept: incoming.headers.accept });
    const { status, file, text, isSilent } = answer(url);
    if (isSilent === true) return;
    outgoing.writeHead(status, { location: 'http://127.0.0.1:9/' });
    outgoing.end(file === undefined ? text : readFileOf(file));
  });
  await new Promise<void>((resolve) => register.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(register.address() as AddressInfo).port}`;
  site = await createRespondentApp(database.db(), { REGISTER_URL: `${base}/er/`, KLASS_URL: `${base}/klass` });
  await createNetwork(site.context, operator, { key: 'nett', name: 'Nett', isOpen: false });
});
afterAll(() => {
  register.closeAllConnections();
  register.close();
});
beforeEach(() => {
  answered = [];
  answer = () => ({ status: 404 });
});

function importFile(name: string, wanted: RegisterRequest, isTrial = false) {
  const file = { name, bytes: readFileOf(name), language: 'en' as const };
  return importRegister(site.context, operator, { files: [file], request: wanted, isTrial });
}

const municipalities = { kind: 'regions', classification: 'municipality', date: '2026-11-22' } as const;
const counties = { kind: 'regions', classification: 'county', date: '2026-11-22' } as const;
const organisations = { kind: 'organisations', isOnlyKnown: false } as const;

async function selectRows(sql: string): Promise<readonly Record<string, unknown>[]> {
  return (await database.db().raw<{ rows: Record<string, unknown>[] }>(sql)).rows;
}

describe('an import of a register, at once', () => {
  test('stores codes and changes, and finds nothing new the second time', async () => {
    expect(countDifference(await importFile('klass-131-codes.csv', municipalities))).toMatchObject({ added: 12 });
    expect(countDifference(await importFile('klass-131-changes.json', municipalities))).toMatchObject({ added: 9 });
    expect(countDifference(await importFile('klass-131-codes.json', municipalities))).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 21,
    });
    expect(
      await selectRows(
        `SELECT from_code, kind FROM region_change WHERE changed_on = '2020-01-01' ORDER BY from_code, to_code`,
      ),
    ).toEqual([
      { from_code: '0220', kind: 'merge' },
      { from_code: '0627', kind: 'merge' },
      { from_code: '0628', kind: 'merge' },
      { from_code: '5012', kind: 'split' },
      { from_code: '5012', kind: 'split' },
      { from_code: '5013', kind: 'merge' },
      { from_code: '5024', kind: 'merge' },
    ]);
  });

  test('a list of one day changes nothing that is known', async () => {
    const difference = await importFile('klass-131-codes-at.json', municipalities);
    expect(countDifference(difference)).toMatchObject({ added: 0, changed: 0 });
  });

  test('municipalities and counties become organisations, each county with the code of its name', async () => {
    await importFile('klass-104-codes.json', counties);
    await importFile('klass-104-changes.json', counties);
    expect(countDifference(await importFile('enheter-page.json', organisations, true))).toMatchObject({ added: 4 });
    expect(await selectRows('SELECT key FROM organisation')).toEqual([]);
    await importFile('enheter-page.json', organisations);
    expect(await selectRows('SELECT key, name, kind, region_code FROM organisation ORDER BY key')).toEqual([
      { key: 'akershus', name: 'Akershus fylkeskommune', kind: 'county', region_code: '32' },
      { key: 'asker', name: 'Asker kommune', kind: 'municipality', region_code: '3203' },
      { key: 'more-og-romsdal', name: 'Møre og Romsdal fylkeskommune', kind: 'county', region_code: '15' },
      { key: 'nordre-follo', name: 'Nordre Follo kommune', kind: 'municipality', region_code: '3207' },
    ]);
    expect(countDifference(await importFile('enheter.csv', organisations))).toMatchObject({ added: 0, unchanged: 4 });
  });

  test('KOSTRA groups become facts with year and source, also for a year in which the code was another one', async () => {
    const groups = { kind: 'kostra_groups', year: 2026 } as const;
    expect(countDifference(await importFile('klass-112-131.json', groups))).toMatchObject({ added: 2, leftOut: 0 });
    expect(countDifference(await importFile('klass-112-131.csv', groups))).toMatchObject({ added: 0, unchanged: 2 });
    const earlier = {
      name: 'x.csv',
      bytes: Buffer.from('sourceCode,targetCode\nEKG97,3025\nEKG97,1103'),
      language: 'en' as const,
    };
    const difference = await importRegister(site.context, operator, {
      files: [earlier],
      request: { kind: 'kostra_groups', year: 2022 },
      isTrial: false,
    });
    expect(countDifference(difference)).toMatchObject({ added: 1, leftOut: 1 });
    expect(await selectRows('SELECT kind, year, value, source FROM organisation_fact ORDER BY year, value')).toEqual([
      {
        kind: 'kostra_group',
        year: 2022,
        value: 'EKG97',
        source: 'Statistisk sentralbyrå, Klass 112 mot 131 per 2022-01-01',
      },
      {
        kind: 'kostra_group',
        year: 2026,
        value: 'EKG98',
        source: 'Statistisk sentralbyrå, Klass 112 mot 131 per 2026-01-01',
      },
      {
        kind: 'kostra_group',
        year: 2026,
        value: 'EKG99',
        source: 'Statistisk sentralbyrå, Klass 112 mot 131 per 2026-01-01',
      },
    ]);
  });

  test('a wrong file is told in words, with what was expected, and stores nothing', async () => {
    const before = await selectRows('SELECT count(*) AS count FROM region_code');
    expect(await listFaults(importFile('enheter.csv', municipalities))).toEqual([
      '1:: This is not a list from Klass; expected the answer of classifications/131/codes, codesAt or changes as JSON or CSV.',
    ]);
    expect(await listFaults(importFile('klass-104-codes.json', municipalities))).toHaveLength(8);
    expect(await selectRows('SELECT count(*) AS count FROM region_code')).toEqual(before);
  });

  test('every import is an audit event with counts', async () => {
    const events = await selectRows(
      `SELECT subject, detail FROM audit_event WHERE action = 'imported register' ORDER BY id LIMIT 1`,
    );
    expect(events).toEqual([{ subject: 'municipality', detail: { added: 12, changed: 0, unchanged: 0 } }]);
  });
});

describe('an import on the pages', () => {
  let administrator: Agent;
  let token = '';
  beforeAll(async () => {
    administrator = await signInAs(site, { role: 'administrator', networkKey: 'nett' });
    token = /name="_csrf" value="([^"]+)"/.exec((await administrator.get('/administrasjon/registre')).text)?.[1] ?? '';
    await database
      .db()
      .raw(`UPDATE organisation SET region_code = '3025', region_code_on = '2022-01-01' WHERE key = 'asker'`);
  });

  const upload = (agent: Agent, name: string, fields: Record<string, string>) => {
    let post = agent.post('/administrasjon/registre/fil');
    for (const [field, value] of Object.entries(fields)) post = post.field(field, value);
    return post.attach('file', readFileOf(name), name);
  };

  test('is shown first, stored by a button, and is then gone', async () => {
    const sent = await upload(administrator, 'enheter-page.json', { _csrf: token, part: 'organisations' });
    expect(sent.status).toBe(303);
    const path = sent.headers['location'] ?? '';
    const { text } = await administrator.get(path).expect(200);
    expect(text).toContain('Asker kommune: 3025 → 3203');
    expect(await selectRows(`SELECT region_code FROM organisation WHERE key = 'asker'`)).toEqual([
      { region_code: '3025' },
    ]);
    const name = /name="name" value="([^"]+)"/.exec(text)?.[1] ?? '';
    await administrator.post(`${path}/lagre`).type('form').send({ _csrf: token, name }).expect(303);
    expect(await selectRows(`SELECT region_code FROM organisation WHERE key = 'asker'`)).toEqual([
      { region_code: '3203' },
    ]);
    await administrator.get(path).expect(404);
  });

  test('that would now change something else than was shown is refused', async () => {
    await database.db().raw(`UPDATE organisation SET region_code = '3025' WHERE key = 'asker'`);
    const sent = await upload(administrator, 'enheter-list.json', { _csrf: token, part: 'organisations' });
    const path = sent.headers['location'] ?? '';
    const name = /name="name" value="([^"]+)"/.exec((await administrator.get(path)).text)?.[1] ?? '';
    await database.db().raw(`UPDATE organisation SET region_code = '3203' WHERE key = 'asker'`);
    await administrator.post(`${path}/lagre`).type('form').send({ _csrf: token, name }).expect(409);
    await administrator.get(path).expect(200);
    await administrator.post(`${path}/forkast`).type('form').send({ _csrf: token }).expect(303);
    await administrator.get(path).expect(404);
  });

  test('that nobody confirms within a day is forgotten', async () => {
    const sent = await upload(administrator, 'enheter-list.json', { _csrf: token, part: 'organisations' });
    const path = sent.headers['location'] ?? '';
    const hoursLater = (hours: number) => ({ ...site.context, now: () => new Date(Date.now() + hours * 3_600_000) });
    await forgetRegisterImports(hoursLater(23));
    await administrator.get(path).expect(200);
    await forgetRegisterImports(hoursLater(25));
    await administrator.get(path).expect(404);
  });

  test('of a wrong file shows what was expected, and of none asks for one', async () => {
    const wrong = await upload(administrator, 'enheter.csv', { _csrf: token, part: 'county' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('forventet svaret fra classifications/104/codes');
    const none = await administrator.post('/administrasjon/registre/fil').field('_csrf', token).field('part', 'county');
    expect([none.status, none.text.includes('Velg en fil.')]).toEqual([422, true]);
  });

  test('without the form’s token is refused before the file is looked at', async () => {
    expect((await upload(administrator, 'enheter.csv', { part: 'organisations' })).status).toBe(403);
  });

  test('is shown to nobody else, and only administrators see these pages', async () => {
    const sent = await upload(administrator, 'klass-104-codes.json', { _csrf: token, part: 'county' });
    const path = sent.headers['location'] ?? '';
    const coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'nett' });
    for (const page of [path, '/administrasjon/registre']) {
      await coordinator.get(page).expect(403);
      await request(site.app).get(page).expect(401);
    }
    expect((await upload(request.agent(site.app), 'enheter.csv', { part: 'organisations' })).status).toBe(401);
    const page = await coordinator.get('/nettverk');
    const own = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    expect((await upload(coordinator, 'enheter.csv', { _csrf: own, part: 'organisations' })).status).toBe(403);
  });

  test('can be fetched from the register’s address, page after page', async () => {
    const first = readFileOf('enheter-page.json').toString().replace('"totalPages": 1', '"totalPages": 2');
    answer = (url) =>
      url.endsWith('page=0') ? { status: 200, text: first } : { status: 200, file: 'enheter-page.json' };
    const sent = await administrator
      .post('/administrasjon/registre/hent')
      .type('form')
      .send({ _csrf: token, part: 'organisations' });
    expect(sent.status).toBe(303);
    expect(answered.map(({ url }) => url)).toEqual([
      '/er/enheter?organisasjonsform=KOMM,FYLK&size=1000&page=0',
      '/er/enheter?organisasjonsform=KOMM,FYLK&size=1000&page=1',
    ]);
    expect(answered[0]?.accept).toBe('application/json');
  });

  test('codes and changes are fetched together', async () => {
    answer = (url) => ({
      status: 200,
      file: url.includes('/codes?') ? 'klass-104-codes.json' : 'klass-104-changes.json',
    });
    const sent = await administrator
      .post('/administrasjon/registre/hent')
      .type('form')
      .send({ _csrf: token, part: 'county' });
    const { text } = await administrator.get(sent.headers['location'] ?? '');
    expect(text).toContain('Alt stemmer fra før.');
    expect(answered.map(({ url }) => url)).toEqual([
      '/klass/classifications/104/codes?from=1800-01-01',
      '/klass/classifications/104/changes?from=1800-01-01',
    ]);
  });

  test.each([
    ['has no such list', { status: 404 }, 404, 'Registeret har ikke dette'],
    ['fails', { status: 500 }, 502, 'Registeret svarer ikke'],
    ['sends elsewhere', { status: 302 }, 502, 'Registeret svarer ikke'],
  ])('a register that %s is told plainly', async (_what, reply, status, words) => {
    answer = () => reply;
    const form = { _csrf: token, part: 'kostra_groups', year: '2026' };
    const sent = await administrator.post('/administrasjon/registre/hent').type('form').send(form);
    expect([sent.status, sent.text.includes(words)]).toEqual([status, true]);
  });

  test('an installation that never fetches says so and offers no button', async () => {
    const closed = await createRespondentApp(database.db(), { REGISTER_FETCH: 'off' });
    const agent = await signInAs(closed, { role: 'administrator', networkKey: 'nett' });
    const { text } = await agent.get('/administrasjon/registre').expect(200);
    expect([text.includes('Denne installasjonen henter ikke over nettet.'), text.includes('/hent"')]).toEqual([
      true,
      false,
    ]);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
    await agent.post('/administrasjon/registre/hent').type('form').send({ _csrf: csrf, part: 'county' }).expect(403);
  });
});

describe('fetching', () => {
  test('gives up on a silent register, and on an endless answer', async () => {
    const base = `http://127.0.0.1:${(register.address() as AddressInfo).port}`;
    const client = createRegisterClient({ registerUrl: base, klassUrl: base }, { milliseconds: 300, bytes: 1_000 });
    answer = () => ({ status: 200, isSilent: true });
    expect((await catchFault(client.fetch(`${base}/x`))).code).toBe('register_unreachable');
    answer = () => ({ status: 200, text: 'x'.repeat(1_001) });
    expect((await catchFault(client.fetch(`${base}/x`))).code).toBe('register_too_large');
    expect(
      (await catchFault(createRegisterClient({ registerUrl: '', klassUrl: '' }).fetch('http://127.0.0.1:9/x'))).code,
    ).toBe('register_unreachable');
  });
});
