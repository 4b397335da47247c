import request from 'supertest';
import { toDate } from '../../src/domain/fieldwork/wave-state';
import { operator } from '../../src/domain/permissions';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { createLinks } from '../../src/usecases/coordinator/create-links';
import { createWave } from '../../src/usecases/coordinator/create-wave';
import { importFrame } from '../../src/usecases/coordinator/import-frame';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { readBoard } from '../../src/usecases/coordinator/read-board';
import { withDatabase } from '../support/database';
import { createDraftWave, csvFile, makeFrameCsv } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs, type Agent } from '../support/results-network';

const database = withDatabase();
let site: RespondentApp;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
});

const run = (sql: string, bindings: Readonly<Record<string, string | number>> = {}): Promise<unknown> =>
  database.db().raw(sql, bindings);

/** Rows of a board's tables by name: what stands under each heading. */
function readTables(html: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  return new Map(
    [...html.matchAll(/<tr role="row"><th role="rowheader" scope="row">(.*?)<\/th>(.*?)<\/tr>/gs)].map(
      ([, name = '', cells = '']) => [
        name,
        Object.fromEntries(
          [...cells.matchAll(/data-label="([^"]*)">([^<]*)/g)].map(([, label = '', text = '']) => [label, text]),
        ),
      ],
    ),
  );
}

/** An open wave of two organisations with 24 invited each, in which one of everything has happened. */
async function openBoard(key: string): Promise<void> {
  await createDraftWave(site.context, key, { level: 'anonym', units: 24 });
  const opened = { ...site.context, now: () => new Date(Date.now() - 5 * 86_400_000) };
  await openWave(opened, operator, { waveKey: key });
  await createLinks(opened, operator, { waveKey: key });
  const of = `FROM unit JOIN wave ON wave.id = unit.wave_id WHERE invitation.unit_id = unit.id AND wave.key = '${key}'`;
  const set = (unit: string, what: string): Promise<unknown> =>
    run(`UPDATE invitation SET ${what} ${of} AND unit.key = :unit`, { unit });
  const today = `CAST('${toDate(new Date())}' AS date)`;
  await set('asker-0', `disposition = 'answered', opened_on = ${today} - 3, answered_on = ${today} - 3`);
  await set('asker-1', `disposition = 'answered', opened_on = ${today} - 1, answered_on = ${today} - 1`);
  await set('asker-2', "disposition = 'R'");
  await set('asker-3', "disposition = 'UE'");
  await set('asker-4', "disposition = 'NE'");
  await set('asker-5', `opened_on = ${today}`);
  await run(
    `INSERT INTO draft (invitation_id, answers, page, language) SELECT invitation.id, '{}', 'tools', 'nb'
       FROM invitation JOIN unit ON unit.id = invitation.unit_id JOIN wave ON wave.id = unit.wave_id
      WHERE wave.key = '${key}' AND unit.key = 'asker-5'`,
  );
  await run(
    `INSERT INTO mailing (wave_id, number, state, started_at) SELECT id, 0, 'done', now() - interval '5 days' FROM wave WHERE key = '${key}'`,
  );
  await run(
    `INSERT INTO mail_item (mailing_id, invitation_id, message_id, state)
     SELECT mailing.id, invitation.id, invitation.id::text, CASE WHEN unit.key = 'asker-3' THEN 'bounced' WHEN unit.key = 'asker-6' THEN 'waiting' ELSE 'sent' END
       FROM invitation JOIN unit ON unit.id = invitation.unit_id JOIN wave ON wave.id = unit.wave_id
       JOIN mailing ON mailing.wave_id = wave.id WHERE wave.key = '${key}'`,
  );
}

describe('the board of an open wave', () => {
  let coordinator: Agent;
  let html: string;
  beforeAll(async () => {
    await openBoard('felt');
    await run("UPDATE wave SET target_response_rate = 60 WHERE key = 'felt'");
    coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'felt' });
    html = (await coordinator.get('/runder/felt/deltakelse').expect(200)).text;
  });

  test('counts every stage and outcome, and RR2 of the eligible', () => {
    expect(readTables(html).get('Asker')).toEqual({
      Invitert: '24',
      'Fått e-post': '23',
      Åpnet: '3',
      Begynt: '3',
      Svart: '2',
      'Takket nei': '1',
      'Ikke levert': '1',
      'Utenfor målgruppen': '1',
      Svarprosent: '9 %',
    });
    expect(readTables(html).get('I alt')).toMatchObject({ Invitert: '48', Svart: '2', Svarprosent: '4 %' });
    expect(html).toContain('2 av 47 inviterte har svart.');
  });

  test('tells the day, the target and the curve, without names or clock times', () => {
    expect(html).toContain('Dag 6');
    expect(html).toContain('60 %. Det mangler 27 svar.');
    const json = /<script type="application\/json">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    const model = JSON.parse(json) as { now: { day: number; percent: number }[]; mailings: unknown[]; target: number };
    expect(model.now.map(({ percent }) => Math.round((percent * 47) / 100))).toEqual([0, 0, 1, 1, 2, 2]);
    expect(model.mailings).toEqual([{ day: 1, label: 'Invitasjon' }]);
    expect(model.target).toBe(60);
    expect(html).not.toMatch(/Kari|@example\.org|asker-\d|\d{2}:\d{2}/);
  });

  test('the organisation asked for gives its own parts, an unknown one the network', async () => {
    const asker = await coordinator.get('/runder/felt/deltakelse?organisasjon=asker').expect(200);
    expect(asker.text).toContain('2 av 23 inviterte har svart.');
    expect(asker.text).toContain('Asker, etter sektor');
    const other = await coordinator.get('/runder/felt/deltakelse?organisasjon=finnes-ikke').expect(200);
    expect(other.text).toContain('Hele nettverket, etter sektor');
  });

  test('a contact sees the own organisation only, on the page and in the file', async () => {
    const contact = await signInAs(site, { role: 'organisation_contact', networkKey: 'felt', organisationKey: 'oslo' });
    const page = await contact.get('/runder/felt/deltakelse?organisasjon=asker').expect(200);
    expect([...readTables(page.text).keys()]).toContain('Oslo');
    expect(page.text).not.toContain('Asker');
    expect(page.text).not.toContain('I alt');
    const file = await contact.get('/runder/felt/deltakelse.csv').expect(200);
    const groups = file.text.trim().split('\n').slice(1);
    expect(groups.length).toBeGreaterThan(2);
    for (const line of groups) expect(line).toMatch(/^felt,2026,felt,(?:organisation|sector|size),oslo,/);
  });

  test('the file has one line a group with counts and rates', async () => {
    const { text, headers } = await coordinator.get('/runder/felt/deltakelse.csv').expect(200);
    expect(headers['content-disposition']).toBe('attachment; filename="felt-participation.csv"');
    const lines = text.replace('\uFEFF', '').trim().split('\n');
    expect(lines).toContain('felt,2026,felt,organisation,asker,Asker,,,24,23,23,3,3,2,,,1,,0,1,1,,8.7,,,,');
  });
});

test('the same groups and outcomes stand when the wave has closed, and outlive its invitations', async () => {
  await openBoard('stengt');
  await run(`INSERT INTO response (wave_id, stratum, answers)
    SELECT wave.id, unit.stratum, '{"uses_tool": "no", "training": "agree", "hours": 3}'::jsonb FROM unit JOIN wave ON wave.id = unit.wave_id
     WHERE wave.key = 'stengt' AND unit.key = 'asker-0'`);
  await run("INSERT INTO withdrawal (wave_id, withdrawals) SELECT id, 1 FROM wave WHERE key = 'stengt'");
  await closeWave(site.context, operator, { waveKey: 'stengt' });
  const before = await readBoard(site.context, operator, { waveKey: 'stengt', organisation: null });
  await run("DELETE FROM invitation USING wave WHERE wave.id = invitation.wave_id AND wave.key = 'stengt'");
  const after = await readBoard(site.context, operator, { waveKey: 'stengt', organisation: null });
  expect(after.organisations).toEqual(before.organisations);
  expect(after.days).toEqual(before.days);
  const [asker] = after.organisations;
  // Two were handed in, one of them was taken back: a refusal beside the one who declined and the one who broke off.
  expect(asker?.counts).toMatchObject({
    invited: 24,
    answered: 1,
    refused: 3,
    notContacted: 18,
    undeliverable: 1,
    ineligible: 1,
  });
  expect(asker?.rates.rr2).toBeCloseTo(1 / 23);
  expect(asker?.rates.rr6).toBeCloseTo(1 / 22);
  const coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'stengt' });
  const { text } = await coordinator.get('/runder/stengt/deltakelse').expect(200);
  expect(text).toContain('RR1');
  expect(text).toContain('Standard Definitions');
  expect(text).toContain('Ett svar ble trukket før runden stengte.');
});

test('RR2 at closing is the response rate that the release tells', async () => {
  await createResultsNetwork(site.context, 'likt', { isReleased: false });
  await releaseWave(site.context, operator, { waveKey: 'likt' });
  const board = await readBoard(site.context, operator, { waveKey: 'likt', organisation: null });
  const { rows } = await database.db().raw<{
    rows: {
      participation: { organisations: Record<string, { responseRate: number }>; total: { responseRate: number } };
    }[];
  }>("SELECT participation FROM release JOIN wave ON wave.id = release.wave_id WHERE wave.key = 'likt'");
  const { organisations, total } = rows[0]!.participation;
  expect(Object.keys(organisations).sort()).toEqual(board.organisations.map(({ organisation }) => organisation));
  for (const { organisation, rates } of board.organisations) {
    expect(rates.rr2).toBe(organisations[organisation ?? '']?.responseRate);
  }
  expect(board.total?.rates.rr2).toBe(total.responseRate);
  expect(board.total?.rates.rr1).toBeLessThanOrEqual(board.total?.rates.rr2 ?? 0);
});

test('the last wave of the network stands beside this one, on the same day and in the end', async () => {
  await openBoard('forrige');
  await run(`INSERT INTO response (wave_id, stratum, answers)
    SELECT wave.id, unit.stratum, '{"uses_tool": "no"}'::jsonb FROM unit JOIN wave ON wave.id = unit.wave_id
     WHERE wave.key = 'forrige' AND unit.key IN ('asker-0', 'asker-1')`);
  await closeWave(site.context, operator, { waveKey: 'forrige' });
  await createWave(site.context, operator, {
    key: 'neste',
    networkKey: 'forrige',
    instrument: 'example/1',
    period: '2027',
    anonymityLevel: 'anonym',
  });
  await importFrame(site.context, operator, { waveKey: 'neste', file: csvFile(makeFrameCsv(24)) });
  const opened = { ...site.context, now: () => new Date(Date.now() - 2 * 86_400_000) };
  await openWave(opened, operator, { waveKey: 'neste' });
  const board = await readBoard(site.context, operator, { waveKey: 'neste', organisation: null });
  expect(board.lastPeriod).toBe('2026');
  const [asker, oslo] = board.organisations;
  // Day 3 of fieldwork: one of two had answered.
  expect(asker?.last?.sameDay).toBeCloseTo(1 / 23);
  expect(asker?.last?.final).toBeCloseTo(2 / 23);
  expect(oslo?.last).toMatchObject({ final: 0 });
  expect(board.lastDays?.days.at(-1)?.cumulative).toBe(2);
});

test('of a draft wave and of organisations that are too small there is nothing to see', async () => {
  await createDraftWave(site.context, 'kladd', { units: 12 });
  const coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'kladd' });
  expect((await coordinator.get('/runder/kladd/deltakelse').expect(200)).text).toContain('Runden er ikke åpnet ennå');
  await createDraftWave(site.context, 'smatt', { units: 6 });
  await openWave(site.context, operator, { waveKey: 'smatt' });
  const small = await signInAs(site, { role: 'coordinator', networkKey: 'smatt' });
  const { text } = await small.get('/runder/smatt/deltakelse').expect(200);
  expect(text).toContain('ingen er så store');
  expect(readTables(text).size).toBe(0);
});

describe('who may see it', () => {
  const people = new Map<string, Agent>();
  beforeAll(async () => {
    await createResultsNetwork(site.context, 'retter');
    await createResultsNetwork(site.context, 'andre');
    people.set('anonymous', request.agent(site.app));
    people.set(
      'contact',
      await signInAs(site, { role: 'organisation_contact', networkKey: 'retter', organisationKey: 'asker' }),
    );
    people.set('researcher', await signInAs(site, { role: 'researcher', networkKey: 'retter' }));
    people.set('coordinator', await signInAs(site, { role: 'coordinator', networkKey: 'retter' }));
    people.set('other coordinator', await signInAs(site, { role: 'coordinator', networkKey: 'andre' }));
    people.set('administrator', await signInAs(site, { role: 'administrator', networkKey: 'retter' }));
  });

  const ofBoard = {
    anonymous: 401,
    contact: 200,
    researcher: 403,
    coordinator: 200,
    'other coordinator': 404,
    administrator: 200,
  };
  const cases = [
    ['/runder/retter/deltakelse', ofBoard],
    ['/runder/retter/deltakelse.csv', ofBoard],
    [
      '/runder',
      { anonymous: 401, contact: 200, researcher: 200, coordinator: 200, 'other coordinator': 200, administrator: 200 },
    ],
    [
      '/runder/retter/sletting',
      { anonymous: 401, contact: 403, researcher: 403, coordinator: 403, 'other coordinator': 404, administrator: 200 },
    ],
  ] as const;
  test.each(
    cases.flatMap(([path, statuses]) => Object.entries(statuses).map(([who, status]) => [path, who, status] as const)),
  )('GET %s: %s gets %i', async (path, who, status) => {
    expect((await people.get(who)!.get(path)).status).toBe(status);
  });

  test('to people of another network a wave does not exist', async () => {
    const page = await people.get('other coordinator')!.get('/runder/retter/deltakelse');
    const none = await people.get('other coordinator')!.get('/runder/finnes-ikke/deltakelse');
    const clean = (text: string): string => text.replaceAll(/[0-9a-f-]{36}|retter|finnes-ikke|value="[^"]*"/g, '');
    expect(clean(page.text)).toBe(clean(none.text));
  });

  test('the list of waves holds what is the reader’s, with the rates they may see', async () => {
    const contact = (await people.get('contact')!.get('/runder')).text;
    expect(contact).toContain('Network retter');
    expect(contact).not.toContain('Network andre');
    expect(contact).toContain('Asker <span class="soft">73 %</span>');
    expect(contact).not.toContain('Drammen <span');
    const researcher = (await people.get('researcher')!.get('/runder')).text;
    expect(researcher).toContain('/runder/retter/sammenligning');
    expect(researcher).not.toContain('%</');
    expect((await people.get('coordinator')!.get('/runder')).text).toContain('<strong>70 %</strong>');
    expect((await people.get('administrator')!.get('/runder')).text).toContain('Network andre');
  });
});
