import request from 'supertest';
import { computeRelease } from '../../src/domain/benchmark/compute-release';
import { operator } from '../../src/domain/permissions';
import { eraseSoleResponse } from '../../src/usecases/administrator/erase-sole-response';
import { grantRole } from '../../src/usecases/administrator/grant-role';
import { createSignInLink } from '../../src/usecases/administrator/create-sign-in-link';
import { correctRelease } from '../../src/usecases/coordinator/correct-release';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { attackLaterRelease, findGone } from '../support/attacker/two-releases';
import { loadSolver } from '../support/attacker/linear-bounds';
import { withDatabase } from '../support/database';
import { catchFault } from '../support/fieldwork';
import { attackAnswers, attackBounds, attackCounts, findFollowUps } from '../support/harvest/attack';
import { collectWave } from '../support/harvest/collect';
import { findContradictions, joinHarvests, type Harvest } from '../support/harvest/figures';
import { knowHarvest, loadReleaseInput } from '../support/harvest/known-answers';
import { storeRelease } from '../support/harvest/store-release';
import { createWaveWithLoneAnswer, loneUnit } from '../support/lone-answer';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs, type Agent } from '../support/results-network';
import { runWaveJobs } from '../support/run-wave-jobs';
import { postAs } from '../support/wave-setup';

const database = withDatabase();
const reason = 'Usikkerheten var regnet ut med feil formel.';
const toNetwork = { visibility: 'network', embargoUntil: null } as const;
let site: RespondentApp;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
});

async function query<Row>(sql: string, bindings: Readonly<Record<string, string>> = {}): Promise<readonly Row[]> {
  return (await database.db().raw<{ rows: Row[] }>(sql, bindings)).rows;
}

async function numbersOf(key: string): Promise<readonly number[]> {
  const sql = `SELECT release.number FROM release JOIN wave ON wave.id = release.wave_id
                WHERE wave.key = :key AND release.audience = 'network' ORDER BY release.number`;
  return (await query<{ number: number }>(sql, { key })).map(({ number }) => number);
}

async function readFigures(key: string, number: number) {
  const from = (table: string) => `SELECT to_jsonb(figure) - 'release_id' AS row FROM ${table} AS figure
    JOIN release ON release.id = figure.release_id JOIN wave ON wave.id = release.wave_id
   WHERE wave.key = :key AND release.number = CAST(:number AS integer)
   ORDER BY release.audience, CAST(to_jsonb(figure) - 'release_id' AS text) COLLATE "C"`;
  const bindings = { key, number: String(number) };
  const tables = ['release_estimate', 'release_comparison', 'release_hidden_reason'];
  return Promise.all(tables.map((table) => query<{ row: object }>(from(table), bindings)));
}

async function person(networkKey: string, email: string): Promise<Agent> {
  const name = email.split('@')[0] ?? '';
  const { actorId } = await grantRole(site.context, operator, { email, name, role: 'coordinator', networkKey });
  const agent = request.agent(site.app);
  const { path } = await createSignInLink(site.context, operator, { actorId });
  await agent.post(path).type('form').send({}).expect(303);
  return agent;
}

const form = { correction: reason, k: '', visibility: 'network', embargo: '', release: '1' };

describe('correcting a release on the page of its wave', () => {
  let coordinator: Agent;

  beforeAll(async () => {
    await createResultsNetwork(site.context, 'rettes');
    coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'rettes' });
  });

  test('needs a reason of at most 500 characters, and keeps what was filled in', async () => {
    for (const correction of ['', '  ', 'x'.repeat(501)]) {
      const reply = await postAs(coordinator, '/runder/rettes/rett', { ...form, correction });
      expect(reply.status).toBe(422);
      expect(reply.text).toContain('Skriv hva som er rettet, med høyst 500 tegn.');
    }
    expect(await numbersOf('rettes')).toEqual([1]);
  });

  test('raises the smallest number of answers, and never lowers it', async () => {
    for (const k of ['6', '101', 'ti', '7.5']) {
      const reply = await postAs(coordinator, '/runder/rettes/rett', { ...form, k });
      expect(reply.status).toBe(422);
      expect(reply.text).toContain('Skriv et helt tall fra 7 til 100.');
      expect(reply.text).toContain(reason);
    }
  });

  test('is done once however often the form is sent, with the figures as they were', async () => {
    const page = (await coordinator.get('/runder/rettes')).text;
    expect(page).toContain('Rett offentliggjøringen');
    expect(page).toContain('name="release" value="1"');
    expect((await postAs(coordinator, '/runder/rettes/rett', form)).status).toBe(303);
    expect((await postAs(coordinator, '/runder/rettes/rett', form)).status).toBe(303);
    expect((await coordinator.get('/runder/rettes')).text).toContain('Tallene rettes');
    await runWaveJobs(site.context, database.url());
    expect((await postAs(coordinator, '/runder/rettes/rett', form)).status).toBe(303);
    await runWaveJobs(site.context, database.url());
    expect(await numbersOf('rettes')).toEqual([1, 2]);
    expect(await readFigures('rettes', 2)).toEqual(await readFigures('rettes', 1));
    expect(await query('SELECT 1 FROM release_request')).toEqual([]);
    expect(await query(`SELECT state FROM wave WHERE key = 'rettes'`)).toEqual([{ state: 'released' }]);
  });

  test('is told with number, day and reason wherever the figures are, and in the list of releases', async () => {
    for (const path of ['sammenligning', 'metode', 'spredning']) {
      const { text } = await coordinator.get(`/runder/rettes/${path}?lang=nb`);
      expect(text).toMatch(new RegExp(`Rettelse 2, \\d+\\. \\p{L}+ \\d{4}: ${reason}`, 'u'));
    }
    const answer = await coordinator.get('/api/v1/waves/rettes/estimates');
    expect(answer.body).toMatchObject({ release: { number: 2, correction: reason } });
    const page = (await coordinator.get('/runder/rettes?lang=nb')).text;
    expect(page).toContain('Frigiving 2');
    expect(page).toContain('Frigiving 1');
    expect(page).toContain(reason);
    expect(page).toContain('Rettet tallene for nettverket (frigiving 2)');
    const events = await query<{ action: string; detail: object }>(
      `SELECT action, detail FROM audit_event WHERE subject = 'rettes' AND action LIKE '%correct%' ORDER BY id`,
    );
    expect(events).toEqual([
      {
        action: 'asked for correction',
        detail: { reason, minimumCellSize: 7, visibility: 'network', embargoUntil: null },
      },
      { action: 'corrected release', detail: expect.objectContaining({ number: 2, reason }) as object },
    ]);
  });

  test('leaves earlier releases as they are', async () => {
    await expect(query('UPDATE release SET reason = number::text')).rejects.toThrow('a release never changes');
    await expect(query('DELETE FROM release_estimate')).rejects.toThrow('a release never changes');
  });

  test('is for those who run the wave, and for released waves', async () => {
    const researcher = await signInAs(site, { role: 'researcher', networkKey: 'rettes' });
    expect((await postAs(researcher, '/runder/rettes/rett', form)).status).toBe(403);
    await createResultsNetwork(site.context, 'stengt', { isReleased: false });
    const other = await signInAs(site, { role: 'coordinator', networkKey: 'stengt' });
    expect((await postAs(other, '/runder/rettes/rett', form)).status).toBe(404);
    expect((await postAs(other, '/runder/stengt/rett', form)).status).toBe(409);
    const correction = { reason, choice: toNetwork };
    const early = correctRelease(site.context, operator, { waveKey: 'stengt', correction });
    expect((await catchFault(early)).code).toBe('wave_state');
    expect((await catchFault(releaseWave(site.context, operator, { waveKey: 'rettes' }))).code).toBe('wave_state');
  });
});

describe('a correction by two people', () => {
  test('is asked for by one and approved by another, whatever the command line says', async () => {
    await createResultsNetwork(site.context, 'to');
    await query(`UPDATE network SET release_needs_two = true WHERE key = 'to'`);
    const [kari, ola] = [await person('to', 'kari@example.org'), await person('to', 'ola@example.org')];
    const correction = { reason, choice: toNetwork };
    const alone = correctRelease(site.context, operator, { waveKey: 'to', correction });
    expect((await catchFault(alone)).code).toBe('release_needs_two');
    expect((await postAs(kari, '/runder/to/rett', form)).status).toBe(303);
    await runWaveJobs(site.context, database.url());
    expect(await numbersOf('to')).toEqual([1]);
    await expect(query(`UPDATE release_request SET reason = 'noe annet'`)).rejects.toThrow('what was asked for');
    const page = (await ola.get('/runder/to')).text;
    expect(page).toContain('kari ba om å rette tallene');
    expect(page).toContain(reason);
    const id = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect((await postAs(kari, '/runder/to/frigi/godkjenn', { request: id })).status).toBe(409);
    expect((await postAs(ola, '/runder/to/frigi/godkjenn', { request: id })).status).toBe(303);
    await runWaveJobs(site.context, database.url());
    expect(await numbersOf('to')).toEqual([1, 2]);
    expect((await ola.get('/runder/to')).text).toContain('ola');
    await expect(
      query(`INSERT INTO release SELECT (jsonb_populate_record(release,
               jsonb_build_object('id', gen_random_uuid(), 'number', 3))).* FROM release WHERE number = 2
                AND wave_id = (SELECT id FROM wave WHERE key = 'to')`),
    ).rejects.toThrow('two people release');
  });

  test('can be declined with a reason', async () => {
    await createResultsNetwork(site.context, 'nei');
    await query(`UPDATE network SET release_needs_two = true WHERE key = 'nei'`);
    const [kari, ola] = [await person('nei', 'k4@example.org'), await person('nei', 'o4@example.org')];
    await postAs(kari, '/runder/nei/rett', form);
    const id = /name="request" value="([^"]+)"/.exec((await ola.get('/runder/nei')).text)?.[1] ?? '';
    const decline = { request: id, reason: 'Vent' };
    expect((await postAs(ola, '/runder/nei/frigi/avslag', decline)).status).toBe(303);
    expect((await kari.get('/runder/nei')).text).toContain('Rett offentliggjøringen');
    expect(await numbersOf('nei')).toEqual([1]);
  });
});

describe('an attacker who has read a release and its correction', () => {
  let coordinator: Agent;
  const harvests: Harvest[] = [];
  const readAll = async (): Promise<Harvest> => (await collectWave(coordinator, 'strengt', { every: 1 })).harvest;

  beforeAll(async () => {
    await createResultsNetwork(site.context, 'strengt', { isReleased: false });
    await releaseWave(site.context, operator, {
      waveKey: 'strengt',
      choice: { visibility: 'public', embargoUntil: null },
    });
    coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'strengt' });
    harvests.push(await readAll(), (await collectWave(request.agent(site.app), 'strengt', { every: 1 })).harvest);
    await query(`UPDATE wave SET public_cell_size = 25 WHERE key = 'strengt'`);
    const choice = { visibility: 'public', embargoUntil: null } as const;
    await correctRelease(site.context, operator, { waveKey: 'strengt', correction: { reason, k: '21', choice } });
    harvests.push(await readAll(), (await collectWave(request.agent(site.app), 'strengt', { every: 1 })).harvest);
  });

  test('finds that it tells less, and no figure that was not there', async () => {
    const input = await loadReleaseInput(site.context, 'strengt');
    const [first, firstPublic, second, secondPublic] = harvests.map((one) => knowHarvest(input, one).figures);
    expect(second!.length).toBeGreaterThan(10);
    expect(second!.length).toBeLessThan(first!.length);
    expect(Math.min(...second!.map(({ n }) => n))).toBeGreaterThanOrEqual(21);
    expect(attackLaterRelease(first!, second!)).toEqual([]);
    expect(attackLaterRelease(firstPublic!, secondPublic!)).toEqual([]);
    for (const harvest of harvests) expect(findContradictions(harvest)).toEqual([]);
  });

  test('finds no small set in everything together', async () => {
    const input = await loadReleaseInput(site.context, 'strengt');
    const knowledge = { ...knowHarvest(input, joinHarvests(harvests)), k: 7 };
    expect(attackCounts(knowledge)).toEqual([]);
    expect(attackAnswers(knowledge)).toEqual([]);
    expect(attackBounds(await loadSolver(), knowledge, findFollowUps(input))).toEqual([]);
  });
});

describe('when a response has been erased since', () => {
  let coordinator: Agent;
  let before: Harvest;
  const readAll = async (): Promise<Harvest> => (await collectWave(coordinator, 'slettet', { every: 1 })).harvest;

  beforeAll(async () => {
    await createWaveWithLoneAnswer(site.context, 'slettet');
    coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'slettet' });
    before = await readAll();
    await eraseSoleResponse(site.context, operator, { waveKey: 'slettet', unit: loneUnit });
  });

  test('nothing more is released, on the page or at the command line, and the page says why', async () => {
    const page = (await coordinator.get('/runder/slettet?lang=nb')).text;
    expect(page).toContain('Et svar er slettet etter at tallene ble frigitt');
    expect(page).not.toContain('action="/runder/slettet/rett"');
    const reply = await postAs(coordinator, '/runder/slettet/rett', form);
    expect(reply.status).toBe(409);
    expect(reply.text).toContain('Svarene er ikke lenger de samme');
    const correction = { reason, choice: toNetwork };
    const refused = correctRelease(site.context, operator, { waveKey: 'slettet', correction });
    expect((await catchFault(refused)).code).toBe('release_answers_changed');
    expect(await numbersOf('slettet')).toEqual([1]);
    expect((await coordinator.get('/runder/slettet/sammenligning')).status).toBe(200);
  });

  test('an attacker would have found whose it was', async () => {
    const input = await loadReleaseInput(site.context, 'slettet');
    const figures = computeRelease(input);
    await storeRelease(site.context, 'slettet', [{ audience: 'network', figures, policy: input.policy }]);
    const [told, leaked] = [before, await readAll()].map((one) => knowHarvest(input, one).figures);
    const gone = findGone(attackLaterRelease(told!, leaked!), 7);
    expect(new Set(gone.map(({ n }) => n))).toEqual(new Set([1]));
    expect(gone.map(({ address }) => address)).toContain('training.agree organisation=asker');
  });
});
