import request from 'supertest';
import { operator } from '../../src/domain/permissions';
import { readEstimates } from '../../src/usecases/researcher/read-estimates';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { withDatabase } from '../support/database';
import { catchFault } from '../support/fieldwork';
import { readRows } from '../support/results-page';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs, type Agent } from '../support/results-network';
import { runWaveJobs } from '../support/run-wave-jobs';
import { createSignInLink } from '../../src/usecases/administrator/create-sign-in-link';
import { grantRole } from '../../src/usecases/administrator/grant-role';
import { postAs } from '../support/wave-setup';

const database = withDatabase();
let site: RespondentApp;
let now = new Date();

beforeAll(async () => {
  site = await createRespondentApp(database.db());
  Object.assign(site.context, { now: () => now });
});

async function person(networkKeys: readonly string[], email: string): Promise<Agent> {
  let actorId = '';
  for (const networkKey of networkKeys) {
    const grant = { email, name: email.split('@')[0] ?? '', role: 'coordinator', networkKey } as const;
    ({ actorId } = await grantRole(site.context, operator, grant));
  }
  return openSession(actorId);
}

async function openSession(actorId: string): Promise<Agent> {
  const agent = request.agent(site.app);
  const { path } = await createSignInLink(site.context, operator, { actorId });
  await agent.post(path).type('form').send({}).expect(303);
  return agent;
}

async function query<Row>(sql: string, bindings: Readonly<Record<string, string>> = {}): Promise<readonly Row[]> {
  return (await database.db().raw<{ rows: Row[] }>(sql, bindings)).rows;
}

async function stateOf(key: string): Promise<string | undefined> {
  return (await query<{ state: string }>('SELECT state FROM wave WHERE key = :key', { key }))[0]?.state;
}

async function readRequest(agent: Agent, key: string): Promise<string> {
  const { text } = await agent.get(`/runder/${key}`);
  return /name="request" value="([^"]+)"/.exec(text)?.[1] ?? '';
}

/** A closed wave of a network where two people release. */
async function createTwoPersonWave(key: string): Promise<void> {
  await createResultsNetwork(site.context, key, { isReleased: false });
  await query('UPDATE network SET release_needs_two = true WHERE key = :key', { key });
}

describe('a release by two people', () => {
  test('is asked for by one, approved by another, and told to both', async () => {
    await createTwoPersonWave('to');
    const [kari, ola] = [await person(['to'], 'kari@example.org'), await person(['to'], 'ola@example.org')];
    expect((await postAs(kari, '/runder/to/frigi', { visibility: 'network' })).status).toBe(303);
    await runWaveJobs(site.context, database.url());
    expect(await stateOf('to')).toBe('closed');
    expect((await kari.get('/runder/to')).text).toContain('En annen må godkjenne.');
    expect((await kari.get('/runder/to')).text).not.toContain('action="/runder/to/frigi/godkjenn"');
    const page = (await ola.get('/runder/to')).text;
    expect(page).toContain('kari ba om frigiving');
    const id = await readRequest(ola, 'to');

    expect((await postAs(kari, '/runder/to/frigi/godkjenn', { request: id })).status).toBe(409);
    expect(
      (await postAs(ola, '/runder/to/frigi/godkjenn', { request: '00000000-0000-0000-0000-000000000000' })).status,
    ).toBe(409);
    expect((await postAs(ola, '/runder/to/frigi/godkjenn', { request: id })).status).toBe(303);
    await runWaveJobs(site.context, database.url());
    expect(await stateOf('to')).toBe('released');
    const actions = await query<{ action: string; name: string | null }>(
      `SELECT action, actor.name FROM audit_event LEFT JOIN actor ON actor.id = actor_id
        WHERE subject = 'to' AND action LIKE '%release%' ORDER BY audit_event.id`,
    );
    expect(actions).toEqual([
      { action: 'asked for release', name: 'kari' },
      { action: 'approved release', name: 'ola' },
      { action: 'released wave', name: 'ola' },
    ]);
    expect(await query('SELECT 1 FROM release_request')).toEqual([]);
  });

  test('is not approved by the one who asked, neither in another session nor with another role', async () => {
    await createTwoPersonWave('alene');
    const kari = await person(['alene'], 'alene@example.org');
    await postAs(kari, '/runder/alene/frigi', { visibility: 'network' });
    const [row] = await query<{ id: string; actor: string }>('SELECT id, requested_by AS actor FROM release_request');
    const elsewhere = await openSession(row!.actor);
    await query(`INSERT INTO role_grant (actor_id, role) VALUES (CAST(:actor AS uuid), 'administrator')`, {
      actor: row!.actor,
    });
    for (const session of [kari, elsewhere]) {
      const reply = await postAs(session, '/runder/alene/frigi/godkjenn', { request: row!.id });
      expect(reply.status).toBe(409);
      expect(reply.text).toContain('Du kan ikke godkjenne din egen frigiving');
    }
    await expect(query('UPDATE release_request SET approved_by = requested_by')).rejects.toThrow(
      'release_request_two_people',
    );
    await expect(query("UPDATE wave SET state = 'released', released_on = now() WHERE key = 'alene'")).rejects.toThrow(
      'two people',
    );
    expect((await catchFault(releaseWave(site.context, operator, { waveKey: 'alene' }))).code).toBe(
      'release_needs_two',
    );
    expect(await stateOf('alene')).toBe('closed');

    expect((await postAs(elsewhere, '/runder/alene/frigi/avslag', { request: row!.id })).status).toBe(303);
    expect((await kari.get('/runder/alene')).text).toContain('Trakk tilbake ønsket om frigiving');
    expect(await query('SELECT 1 FROM release_request')).toEqual([]);
  });

  test('is declined with a reason, which the history tells', async () => {
    await createTwoPersonWave('avslag');
    const [kari, ola] = [await person(['avslag'], 'k2@example.org'), await person(['avslag'], 'o2@example.org')];
    await postAs(kari, '/runder/avslag/frigi', { visibility: 'network' });
    const id = await readRequest(ola, 'avslag');
    expect((await postAs(ola, '/runder/avslag/frigi/avslag', { request: id, reason: ' ' })).status).toBe(422);
    expect((await postAs(ola, '/runder/avslag/frigi/avslag', { request: id, reason: 'Vent til mandag' })).status).toBe(
      303,
    );
    expect((await kari.get('/runder/avslag')).text).toContain('Avslo frigivingen: Vent til mandag');
    expect((await postAs(ola, '/runder/avslag/frigi/godkjenn', { request: id })).status).toBe(409);
    expect(await stateOf('avslag')).toBe('closed');
  });

  test('what was asked for is what is approved', async () => {
    await createTwoPersonWave('uendret');
    const kari = await person(['uendret'], 'k3@example.org');
    await postAs(kari, '/runder/uendret/frigi', { visibility: 'network' });
    await expect(query("UPDATE release_request SET visibility = 'public'")).rejects.toThrow('what was asked for');
    await postAs(kari, '/runder/uendret/frigi', { visibility: 'public' });
    expect(await query('SELECT visibility FROM release_request')).toEqual([{ visibility: 'network' }]);
  });
});

describe('an embargo', () => {
  const until = '2026-12-01T10:00';
  const paths = ['sammenligning', 'sammenligning.csv', 'tall.csv'].map((page) => `/runder/sperret/${page}`);
  const people = new Map<string, Agent>();

  beforeAll(async () => {
    now = new Date('2026-11-23T08:00:00Z');
    await createResultsNetwork(site.context, 'sperret', { isReleased: false });
    const agent = await person(['sperret'], 'sperre@example.org');
    for (const embargo of ['i morgen', '2026-11-22T10:00', '2031-01-01T10:00']) {
      expect((await postAs(agent, '/runder/sperret/frigi', { visibility: 'public', embargo })).status).toBe(422);
    }
    expect((await postAs(agent, '/runder/sperret/frigi', { visibility: 'public', embargo: until })).status).toBe(303);
    await runWaveJobs(site.context, database.url());
    now = new Date('2026-11-23T08:00:00Z');
    people.set('coordinator', await signInAs(site, { role: 'coordinator', networkKey: 'sperret' }));
    people.set('researcher', await signInAs(site, { role: 'researcher', networkKey: 'sperret' }));
    const contact = { role: 'organisation_contact', networkKey: 'sperret', organisationKey: 'asker' } as const;
    people.set('contact', await signInAs(site, contact));
    people.set('nobody', request.agent(site.app));
  });

  afterAll(() => {
    now = new Date();
  });

  const statuses = async (who: string): Promise<readonly number[]> =>
    Promise.all(paths.map(async (path) => (await people.get(who)!.get(path)).status));

  test('holds everything back from all but those who run the wave, on every path', async () => {
    expect(await statuses('coordinator')).toEqual([200, 200, 200]);
    expect(await statuses('researcher')).toEqual([404, 404, 404]);
    expect(await statuses('contact')).toEqual([404, 404, 404]);
    expect(await statuses('nobody')).toEqual([401, 401, 401]);
    const { text } = await people.get('coordinator')!.get('/runder/sperret/sammenligning');
    expect(text).toContain('Tallene holdes tilbake til 1. desember 2026 kl. 10:00');
    expect((await people.get('contact')!.get('/runder/sperret')).text).not.toContain('/runder/sperret/sammenligning');
    expect((await people.get('researcher')!.get('/nettverk')).text).not.toContain('/runder/sperret/');
    expect((await people.get('coordinator')!.get('/runder/sperret')).text).toContain('Etterpå er de offentlige.');
  });

  test('ends by itself to the second, also for pages that were drawn before', async () => {
    now = new Date('2026-12-01T08:59:59Z');
    expect(await statuses('nobody')).toEqual([401, 401, 401]);
    now = new Date('2026-12-01T09:00:00Z');
    expect(await statuses('nobody')).toEqual([200, 200, 200]);
    const later = await signInAs(site, { role: 'researcher', networkKey: 'sperret' });
    const page = await later.get('/runder/sperret/sammenligning?organisasjon=asker');
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('holdes tilbake');
  });

  test('cannot be changed afterwards', async () => {
    await expect(query('UPDATE release SET embargo_until = NULL')).rejects.toThrow('a release never changes');
  });
});

describe('a public release', () => {
  let visitor: Agent;

  beforeAll(async () => {
    await createResultsNetwork(site.context, 'offentlig', { isReleased: false });
    await releaseWave(site.context, operator, {
      waveKey: 'offentlig',
      choice: { visibility: 'public', embargoUntil: null },
    });
    await createResultsNetwork(site.context, 'internt');
    visitor = request.agent(site.app);
  });

  test('is open to anybody, in every language, and says what it is', async () => {
    const { status, text } = await visitor.get('/runder/offentlig/sammenligning?organisasjon=asker');
    expect(status).toBe(200);
    expect(text).toContain('hvert tall bygger på minst 10 svar');
    expect(text).not.toContain('href="/nettverk"');
    expect(readRows(text).length).toBeGreaterThan(0);
    expect((await visitor.get('/runder/offentlig/sammenligning?organisasjon=asker&lang=en')).text).toContain(
      'public edition',
    );
    expect((await visitor.get('/runder/offentlig/tall.csv')).status).toBe(200);
  });

  test('a wave that is not public looks to visitors like one that does not exist', async () => {
    const replies = await Promise.all(
      ['internt', 'finnes-ikke'].map(async (key) => (await visitor.get(`/runder/${key}/sammenligning`)).text),
    );
    const blank = (html: string): string =>
      html.replaceAll(/internt|finnes-ikke/g, '').replaceAll(/nonce="[^"]*"/g, '');
    expect(blank(replies[0]!)).toBe(blank(replies[1]!));
  });

  test('people of other networks see what everybody sees, members what members see, whoever came first', async () => {
    const path = '/runder/offentlig/sammenligning?organisasjon=asker&lang=nb';
    const stranger = await signInAs(site, { role: 'coordinator', networkKey: 'internt' });
    const member = await signInAs(site, { role: 'coordinator', networkKey: 'offentlig' });
    for (const agent of [visitor, member, stranger, member, visitor]) {
      const isPublic = (await agent.get(path)).text.includes('minst 10 svar');
      expect(isPublic).toBe(agent !== member);
    }
    expect((await stranger.get('/runder/offentlig')).status).toBe(404);
  });

  test('the editions carry the same figures, and the public one no more of them', async () => {
    const read = (audience: 'network' | 'public') =>
      readEstimates(site.context, operator, { waveKey: 'offentlig', precision: 'full', audience });
    const [network, open] = [await read('network'), await read('public')];
    expect(open).toHaveLength(network.length);
    let hiddenMore = 0;
    open.forEach((row, index) => {
      const own = network[index]!;
      expect([row.group, row.indicator, row.option]).toEqual([own.group, own.indicator, own.option]);
      if (row.n === null) hiddenMore += own.n === null ? 0 : 1;
      else expect(row).toEqual(own);
      if (row.n !== null) expect(row.n).toBeGreaterThanOrEqual(10);
    });
    expect(hiddenMore).toBeGreaterThan(0);
    const shown = open.filter(({ n }) => n !== null);
    expect(shown.length).toBeGreaterThan(0);
  });

  test('its rows never change', async () => {
    const publicRows = "release_id IN (SELECT id FROM release WHERE audience = 'public')";
    await expect(query(`UPDATE release_estimate SET n = 1 WHERE ${publicRows}`)).rejects.toThrow('never changes');
    await expect(query(`DELETE FROM release_comparison WHERE ${publicRows}`)).rejects.toThrow('never changes');
    await expect(query("UPDATE release SET audience = 'public' WHERE audience = 'network'")).rejects.toThrow(
      'never changes',
    );
  });

  test('needs that respondents were told of it, and an open network', async () => {
    await createResultsNetwork(site.context, 'lukket', { isOpen: false, isReleased: false });
    const choice = { visibility: 'public', embargoUntil: null } as const;
    const refused = releaseWave(site.context, operator, { waveKey: 'lukket', choice });
    expect((await catchFault(refused)).code).toBe('release_not_public');
    await createResultsNetwork(site.context, 'usagt', { isReleased: false });
    await query("UPDATE wave SET public_cell_size = NULL WHERE key = 'usagt'");
    const untold = releaseWave(site.context, operator, { waveKey: 'usagt', choice });
    expect((await catchFault(untold)).code).toBe('release_not_public');
    const agent = await person(['usagt'], 'usagt@example.org');
    expect((await agent.get('/runder/usagt')).text).toContain('ble ikke fortalt at tall kan bli offentlige');
    expect((await postAs(agent, '/runder/usagt/frigi', { visibility: 'public' })).status).toBe(422);
  });
});
