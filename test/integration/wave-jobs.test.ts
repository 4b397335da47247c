import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import request from 'supertest';
import { startJobs } from '../../src/jobs/start-jobs';
import { operator } from '../../src/domain/permissions';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { createLinks } from '../../src/usecases/coordinator/create-links';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { withDatabase } from '../support/database';
import { createDraftWave } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs, type Agent } from '../support/results-network';
import { postAs } from '../support/wave-setup';
import { startProgram } from './start/programs';

const pollMilliseconds = 50;
const patienceMilliseconds = 150_000;

const database = withDatabase();
let site: RespondentApp;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  site = await createRespondentApp(database.db());
});

afterEach(async () => {
  await stopJobs();
});

function start(): void {
  stops.push(startJobs(site.context, database.url()));
}

async function stopJobs(): Promise<void> {
  await Promise.all(stops.splice(0).map((stop) => stop()));
}

async function query<Row>(sql: string, bindings: Readonly<Record<string, string>> = {}): Promise<readonly Row[]> {
  return (await database.db().raw<{ rows: Row[] }>(sql, bindings)).rows;
}

async function readState(key: string): Promise<string | undefined> {
  return (await query<{ state: string }>('SELECT state FROM wave WHERE key = :key', { key }))[0]?.state;
}

async function readJobState(key: string): Promise<string | undefined> {
  const sql = 'SELECT wave_job.state FROM wave_job JOIN wave ON wave.id = wave_job.wave_id WHERE wave.key = :key';
  return (await query<{ state: string }>(sql, { key }))[0]?.state;
}

async function waitUntil(isTrue: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + patienceMilliseconds;
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`waited in vain; ${site.logged().slice(-2000)}`);
    await sleep(pollMilliseconds);
  }
}

function waitForState(key: string, state: string): Promise<void> {
  return waitUntil(async () => (await readState(key)) === state && (await readJobState(key)) === undefined);
}

async function press(agent: Agent, key: string, step: 'steng' | 'frigi'): Promise<number> {
  const { text } = await agent.get(`/runder/${key}`);
  const [, token = ''] = /name="_csrf" value="([^"]+)"/.exec(text) ?? [];
  return (await agent.post(`/runder/${key}/${step}`).type('form').send({ _csrf: token })).status;
}

/** Holds a wave, so that whoever works on it stops in the middle. */
async function holdWave(key: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: database.url() });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('BEGIN');
  await client.query('SELECT FROM wave WHERE key = $1 FOR SHARE', [key]);
  return () => client.end();
}

async function createOpenWave(key: string): Promise<Agent> {
  await createDraftWave(site.context, key, { units: 12 });
  await openWave(site.context, operator, { waveKey: key });
  return signInAs(site, { role: 'coordinator', networkKey: key });
}

async function createClosed(key: string): Promise<Agent> {
  await createResultsNetwork(site.context, key, { isReleased: false });
  return signInAs(site, { role: 'coordinator', networkKey: key });
}

test('a wave is released in the background, once however often the button is pressed', async () => {
  const coordinator = await createClosed('frigis');
  const statuses = [await press(coordinator, 'frigis', 'frigi')];
  const page = (await coordinator.get('/runder/frigis')).text;
  const [, token = ''] = /name="_csrf" value="([^"]+)"/.exec(page) ?? [];
  const again = () => coordinator.post('/runder/frigis/frigi').type('form').send({ _csrf: token });
  statuses.push(...(await Promise.all([again(), again()])).map(({ status }) => status));
  expect(statuses).toEqual([303, 303, 303]);
  expect(
    await query('SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = :task', { task: 'wave-step' }),
  ).toHaveLength(1);

  expect(page).toContain('Tallene frigis');
  expect(page).toContain('Venter på å begynne.');
  expect(page).toContain('<noscript><meta http-equiv="refresh" content="5"></noscript>');
  expect(page).not.toContain('action="/runder/frigis/frigi"');
  expect((await coordinator.get('/runder/frigis/fremdrift')).body).toEqual({
    text: 'Venter på å begynne.',
    percent: null,
  });

  start();
  await waitForState('frigis', 'released');
  expect((await coordinator.get('/runder/frigis/fremdrift')).body).toBeNull();
  const done = (await coordinator.get('/runder/frigis')).text;
  expect(done).toContain('Tallene er frigitt.');
  expect(done).not.toContain('refresh');
  expect(
    await query('SELECT 1 FROM release JOIN wave ON wave.id = release.wave_id WHERE wave.key = :key', {
      key: 'frigis',
    }),
  ).toHaveLength(1);
  expect(await press(coordinator, 'frigis', 'frigi')).toBe(409);
});

test('two servers on one database do every job once', async () => {
  const keys = ['kapp-1', 'kapp-2', 'kapp-3', 'kapp-4'];
  for (const key of keys) expect(await press(await createOpenWave(key), key, 'steng')).toBe(303);
  start();
  start();
  for (const key of keys) await waitForState(key, 'closed');
  const closed = await query<{ subject: string }>(
    `SELECT subject FROM audit_event WHERE action = 'closed wave' AND subject LIKE 'kapp-%' ORDER BY subject`,
  );
  expect(closed.map(({ subject }) => subject)).toEqual(keys);
});

test('what went wrong is told in the language of the reader, and can be tried again', async () => {
  const coordinator = await createOpenWave('tomt');
  await closeWave(site.context, operator, { waveKey: 'tomt' });
  await press(coordinator, 'tomt', 'frigi');
  start();
  await waitUntil(async () => (await readJobState('tomt')) === 'failed');
  const page = (await coordinator.get('/runder/tomt')).text;
  expect(page).toContain('Tallene ble ikke frigitt');
  expect(page).toContain('Ingen organisasjon har nok svar til at tall kan vises.');
  expect(page).toContain('Runden er fortsatt stengt');
  expect(page).toContain('action="/runder/tomt/frigi"');
  expect((await coordinator.get('/runder/tomt?lang=en')).text).toContain('The figures were not released');
  expect(await readState('tomt')).toBe('closed');

  await stopJobs();
  expect(await press(coordinator, 'tomt', 'frigi')).toBe(303);
  expect(await readJobState('tomt')).toBe('waiting');
});

test('somebody without the right can neither ask for it nor follow it, and a right that is taken away counts', async () => {
  const coordinator = await createClosed('rett');
  const contact = await signInAs(site, { role: 'organisation_contact', networkKey: 'rett', organisationKey: 'asker' });
  expect(await press(contact, 'rett', 'frigi')).toBe(403);
  expect((await contact.get('/runder/rett/fremdrift')).status).toBe(403);
  await press(coordinator, 'rett', 'frigi');
  expect((await contact.get('/runder/rett')).text).not.toContain('Tallene frigis');
  await query(`DELETE FROM role_grant USING actor WHERE actor.id = role_grant.actor_id AND actor.email = :email`, {
    email: 'coordinator-rett-@example.org',
  });
  start();
  await waitUntil(async () => (await readJobState('rett')) === 'failed');
  expect(await query(`SELECT 1 FROM wave_job WHERE error_code = 'wave_unknown'`)).toHaveLength(1);
  expect(await readState('rett')).toBe('closed');
});

test('from the moment somebody asks for a wave to be closed nobody can answer it, and nobody waits for it', async () => {
  const coordinator = await createOpenWave('stenges');
  const [link] = await createLinks(site.context, operator, { waveKey: 'stenges' });
  const respondent = request.agent(site.app);
  const path = new URL(link?.link ?? '').pathname;
  expect((await respondent.post(path).type('form').send({})).status).toBe(303);
  const release = await holdWave('stenges');
  await press(coordinator, 'stenges', 'steng');
  start();
  await waitUntil(async () => (await readJobState('stenges')) === 'running');
  const answers = await respondent.get('/undersokelse');
  expect([303, 410]).toContain(answers.status);
  expect((await respondent.get(path)).status).toBe(410);
  await release();
  await waitForState('stenges', 'closed');
});

test('a program that stops hands its job back, and another one does it', async () => {
  const coordinator = await createOpenWave('tilbake');
  const release = await holdWave('tilbake');
  await press(coordinator, 'tilbake', 'steng');
  start();
  await waitUntil(async () => (await readJobState('tilbake')) === 'running');
  const began = Date.now();
  await stopJobs();
  expect(Date.now() - began).toBeLessThan(15_000);
  expect(await readJobState('tilbake')).toBe('waiting');
  expect(await readState('tilbake')).toBe('open');
  await release();
  start();
  await waitForState('tilbake', 'closed');
});

test('a program that is killed leaves the wave as it was, and its job is taken over', async () => {
  const coordinator = await createOpenWave('drept');
  const release = await holdWave('drept');
  await press(coordinator, 'drept', 'steng');
  const program = startProgram({
    args: ['bin/server.js'],
    environment: { DATABASE_URL: database.url(), PORT: '0', NODE_ENV: 'production', PUBLIC_URL: 'http://localhost' },
  });
  await waitUntil(async () => (await readJobState('drept')) === 'running');
  await program.kill('SIGKILL');
  await release();
  expect(await readState('drept')).toBe('open');
  start();
  await waitForState('drept', 'closed');
});

test('a correction whose program is killed is made by another one, once', async () => {
  await createResultsNetwork(site.context, 'rettes');
  const coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'rettes' });
  const numbers = async () =>
    (
      await query<{ number: number }>(
        `SELECT release.number FROM release JOIN wave ON wave.id = release.wave_id WHERE wave.key = 'rettes' ORDER BY 1`,
      )
    ).map(({ number }) => number);
  const release = await holdWave('rettes');
  const form = { correction: 'Feil formel.', visibility: 'network', release: '1' };
  expect((await postAs(coordinator, '/runder/rettes/rett', form)).status).toBe(303);
  const program = startProgram({
    args: ['bin/server.js'],
    environment: { DATABASE_URL: database.url(), PORT: '0', NODE_ENV: 'production', PUBLIC_URL: 'http://localhost' },
  });
  await waitUntil(async () => (await readJobState('rettes')) === 'running');
  await program.kill('SIGKILL');
  await release();
  expect(await numbers()).toEqual([1]);
  start();
  await waitUntil(async () => (await readJobState('rettes')) === undefined);
  expect(await numbers()).toEqual([1, 2]);
});

test('a job goes on when the database was away', async () => {
  const coordinator = await createOpenWave('borte');
  start();
  await sleep(500);
  const release = await holdWave('borte');
  await press(coordinator, 'borte', 'steng');
  await waitUntil(async () => (await readJobState('borte')) === 'running');
  await query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  await release();
  await waitForState('borte', 'closed');
});

test('the same answers give the same bytes', async () => {
  const keys = ['lik-1', 'lik-2'];
  for (const key of keys) await createResultsNetwork(site.context, key);
  const digests = await Promise.all(
    keys.map(async (key) => {
      const ofWave =
        'JOIN release ON release.id = figure.release_id JOIN wave ON wave.id = release.wave_id AND wave.key = :key';
      const digest = (table: string, columns: string) =>
        query(
          `SELECT md5(string_agg(CAST((${columns}) AS text), ';' ORDER BY figure.group_key, figure.indicator, figure.option)) AS digest,
                  count(*) AS rows, min(release.input_sha256) AS input
             FROM ${table} AS figure ${ofWave}`,
          { key },
        );
      const address = 'figure.group_key, figure.indicator, figure.option, figure.is_suppressed';
      return [
        await digest('release_estimate', `${address}, n, share, se, se_no_fpc, df, low, high, flags`),
        await digest('release_comparison', `${address}, comparator, difference, low, high, p, q, verdict`),
      ];
    }),
  );
  expect(digests[0]).toEqual(digests[1]);
});
