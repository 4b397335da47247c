import request from 'supertest';
import { nameConstraintFaults } from '../../src/db/constraint-faults';
import { operator } from '../../src/domain/permissions';
import { addInstrument } from '../../src/usecases/coordinator/add-instrument';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { createWave } from '../../src/usecases/coordinator/create-wave';
import { moveDeadline } from '../../src/usecases/coordinator/move-deadline';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { changeWavePlan } from '../../src/usecases/coordinator/plan-wave';
import { saveOrganisationPrivacy, saveWavePrivacy } from '../../src/usecases/coordinator/save-wave-privacy';
import { withDatabase } from '../support/database';
import { catchFault, createDraftWave, readExample } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { signInAs, type Agent } from '../support/results-network';
import { completePrivacy, organisationForm, postAs, privacyForm } from '../support/wave-setup';

const database = withDatabase();
const today = new Date('2026-03-02T11:00:00Z');
let site: RespondentApp;

const plan = {
  period: '2025-2026',
  instrument: 'example/1',
  level: 'fortrolig',
  k: '7',
  mayBePublic: '1',
  publicK: '10',
  population: 'managers',
  opensOn: '2026-03-02',
  closesOn: '2026-04-01',
  target: '50',
  retentionDays: '90',
  members: ['asker', 'oslo'],
};
const form = { ...plan, mayBePublic: true };

beforeAll(async () => {
  const app = await createRespondentApp(database.db());
  Object.assign(app.context, { now: () => today });
  site = app;
});

function coordinator(networkKey: string): Promise<Agent> {
  return signInAs(site, { role: 'coordinator', networkKey });
}

async function readWaveRow(key: string): Promise<Record<string, unknown>> {
  const sql = `SELECT *, opened_on::text AS opened, delete_addresses_on::text AS deletes, closes_on::text AS closes
                 FROM wave WHERE key = :key`;
  return (await database.db().raw<{ rows: Record<string, unknown>[] }>(sql, { key })).rows[0]!;
}

async function readActions(key: string): Promise<readonly string[]> {
  const sql = 'SELECT action FROM audit_event WHERE subject = :key ORDER BY id';
  return (await database.db().raw<{ rows: { action: string }[] }>(sql, { key })).rows.map(({ action }) => action);
}

describe('planning a wave', () => {
  test('a coordinator creates a draft, sees what is wrong in a field, and changes it', async () => {
    await createDraftWave(site.context, 'plan');
    const agent = await coordinator('plan');
    const page = await agent.get('/nettverk/plan/ny-runde');
    expect(page.status).toBe(200);
    const refused = await postAs(agent, '/nettverk/plan/ny-runde', { ...plan, key: 'plan', period: '', k: '4' });
    expect(refused.status).toBe(422);
    for (const text of [
      'Nøkkelen er i bruk.',
      'Skriv hvilken periode',
      'Skriv et helt tall fra 5 til 100.',
      '2026-04-01',
    ]) {
      expect(refused.text).toContain(text);
    }
    const made = await postAs(agent, '/nettverk/plan/ny-runde', { ...plan, key: 'plan-2', members: ['asker'] });
    expect([made.status, made.headers['location']]).toEqual([303, '/runder/plan-2']);
    expect(await readWaveRow('plan-2')).toMatchObject({
      state: 'draft',
      period: '2025-2026',
      minimum_cell_size: 7,
      public_cell_size: 10,
      retention_days: 90,
      target_response_rate: 50,
      closes: '2026-04-01',
    });
    const changed = { ...plan, members: ['asker', 'oslo'], k: '9', level: 'anonym', mayBePublic: '' };
    expect((await postAs(agent, '/runder/plan-2/innstillinger', changed)).status).toBe(303);
    expect(await readWaveRow('plan-2')).toMatchObject({
      minimum_cell_size: 9,
      public_cell_size: null,
      anonymity_level: 'anonym',
      policy: { minimumCellSize: 9, isOpenNetwork: true },
    });
    expect(await readActions('plan-2')).toEqual(['created wave', 'changed wave']);
  });

  test('a member with workplaces in the frame is not left out by a tick', async () => {
    await createDraftWave(site.context, 'tatt-ut');
    const refused = await postAs(await coordinator('tatt-ut'), '/runder/tatt-ut/innstillinger', {
      ...plan,
      members: ['asker'],
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('kan ikke tas ut før de er fjernet derfra: Oslo');
  });
});

describe('opening', () => {
  test('on the page it is refused with what is missing, link by link, and done when all is there', async () => {
    await createDraftWave(site.context, 'klar');
    await database
      .db()
      .raw("DELETE FROM unit WHERE wave_id = (SELECT id FROM wave WHERE key = 'klar') AND key LIKE 'oslo%'");
    const agent = await coordinator('klar');
    const before = await agent.get('/runder/klar');
    expect(before.text).not.toContain('action="/runder/klar/apne"');
    expect(before.text).toContain('Uten inviterte arbeidsplasser: Oslo');
    for (const place of ['innstillinger', 'ramme', 'personvern'])
      expect(before.text).toContain(`href="/runder/klar/${place}"`);
    const refused = await postAs(agent, '/runder/klar/apne');
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('inviterte arbeidsplasser hos alle som deltar');
    expect(refused.text).toContain('et fullstendig personvernoppsett');
    expect(await readWaveRow('klar')).toMatchObject({ state: 'draft' });

    expect((await postAs(agent, '/runder/klar/innstillinger', { ...plan, members: ['asker'] })).status).toBe(303);
    await completePrivacy(site.context, 'klar');
    const after = await agent.get('/runder/klar');
    expect(after.text).toContain('action="/runder/klar/apne"');
    expect((await postAs(agent, '/runder/klar/apne')).status).toBe(303);
    expect(await readWaveRow('klar')).toMatchObject({ state: 'open', opened: '2026-03-02', deletes: '2026-05-31' });
    const open = await agent.get('/runder/klar');
    expect(open.text).toContain('Åpnet runden');
    expect(open.text).toContain('Endret personvernoppsettet');
  });

  test('from the command line a wave with a frame opens, and what was missing is told', async () => {
    await createDraftWave(site.context, 'linje');
    const { missing } = await openWave(site.context, operator, { waveKey: 'linje' });
    expect(missing.map(({ name }) => name)).toEqual(['privacy', 'privacy_organisations']);
    expect(await readWaveRow('linje')).toMatchObject({ state: 'open' });
  });

  test('what the network says about openness on that day is what holds', async () => {
    await createDraftWave(site.context, 'apenhet');
    await database.db().raw("UPDATE network SET is_open = false, release_needs_two = true WHERE key = 'apenhet'");
    await openWave(site.context, operator, { waveKey: 'apenhet' });
    await database.db().raw("UPDATE network SET is_open = true, release_needs_two = false WHERE key = 'apenhet'");
    expect(await readWaveRow('apenhet')).toMatchObject({ policy: { isOpenNetwork: false }, release_needs_two: true });
  });
});

describe('what was promised', () => {
  const fixed = [
    "anonymity_level = 'anonym'",
    "population = 'employees'",
    'retention_days = 700',
    "delete_addresses_on = '2099-01-01'",
    "opens_on = '2026-01-01'",
    "opened_on = '2020-01-01'",
    "period = 'annet'",
    "key = 'annet'",
    'minimum_cell_size = 6',
    "policy = jsonb_set(policy, '{minimumCellSize}', '6'), minimum_cell_size = 6",
    "policy = jsonb_set(policy, '{isOpenNetwork}', 'false')",
    "policy = jsonb_set(policy, '{minimumOrganisations}', '2')",
    "policy = jsonb_set(policy, '{maximumOrganisationShare}', '0.9')",
    'minimum_cell_size = 12',
    'public_cell_size = 10',
  ];

  beforeAll(async () => {
    await createDraftWave(site.context, 'lovet');
    await changeWavePlan(site.context, operator, { waveKey: 'lovet', form: { ...form, publicK: '12' } });
    await completePrivacy(site.context, 'lovet');
    await openWave(site.context, operator, { waveKey: 'lovet' });
  });

  const update = (change: string): Promise<unknown> =>
    nameConstraintFaults({ key: 'lovet', floor: 5 }, () =>
      database.db().raw(`UPDATE wave SET ${change} WHERE key = 'lovet'`),
    );

  test.each(fixed)('the database refuses %s', async (change) => {
    const before = await readWaveRow('lovet');
    expect((await catchFault(update(change))).code).toBe('wave_fixed');
    expect(await readWaveRow('lovet')).toEqual(before);
  });

  test.each([
    "UPDATE wave_privacy SET processor = 'andre'",
    'DELETE FROM wave_privacy',
    "UPDATE wave_privacy_organisation SET controller = 'andre'",
    'DELETE FROM wave_privacy_organisation',
    'INSERT INTO wave_left_out SELECT wave.id, organisation.id FROM wave, organisation WHERE wave.key = :key',
  ])('the database refuses %s', async (sql) => {
    const work = database
      .db()
      .transaction((transaction) => transaction.raw(sql, sql.includes(':key') ? { key: 'lovet' } : {}));
    expect((await catchFault(nameConstraintFaults({}, () => work))).code).toBe('wave_fixed');
  });

  test('the smallest groups may rise', async () => {
    await update("minimum_cell_size = 8, policy = jsonb_set(policy, '{minimumCellSize}', '8'), public_cell_size = 15");
    expect(await readWaveRow('lovet')).toMatchObject({ minimum_cell_size: 8, public_cell_size: 15 });
    await update('public_cell_size = NULL');
    expect((await catchFault(update('public_cell_size = 20'))).code).toBe('wave_fixed');
  });

  test('no use case and no form changes it', async () => {
    const { context } = site;
    const input = { waveKey: 'lovet' };
    const refusals = [
      changeWavePlan(context, operator, { ...input, form }),
      saveWavePrivacy(context, operator, { ...input, form: privacyForm }),
      saveOrganisationPrivacy(context, operator, { ...input, organisationKey: 'asker', form: organisationForm }),
      openWave(context, operator, input),
    ];
    for (const refusal of refusals) expect((await catchFault(refusal)).code).toBe('wave_state');
    const again = { key: 'lovet', networkKey: 'lovet', instrument: 'example/1', period: '2026' };
    expect((await catchFault(createWave(context, operator, again))).code).toBe('wave_exists');
    const agent = await coordinator('lovet');
    const before = await readWaveRow('lovet');
    expect((await postAs(agent, '/runder/lovet/innstillinger', plan)).status).toBe(409);
    expect((await postAs(agent, '/runder/lovet/personvern', { legalBasis: 'public_task' })).status).toBe(409);
    expect((await postAs(agent, '/runder/lovet/personvern/asker', organisationForm)).status).toBe(409);
    expect(await readWaveRow('lovet')).toEqual(before);
    expect((await agent.get('/runder/lovet/personvern')).text).toContain('Dette ble fastsatt da runden åpnet.');
    expect((await agent.get('/runder/lovet/innstillinger')).text).toContain('Dette er lovet dem som svarer');
  });
});

describe('the deadline', () => {
  beforeAll(async () => {
    await createDraftWave(site.context, 'frist');
    await changeWavePlan(site.context, operator, { waveKey: 'frist', form });
    await openWave(site.context, operator, { waveKey: 'frist' });
  });

  test('moves to today or later, before addresses are deleted, and everybody sees who moved it', async () => {
    const agent = await coordinator('frist');
    const move = async (closesOn: string) => (await postAs(agent, '/runder/frist/frist', { closesOn })).status;
    expect(await move('2026-03-01')).toBe(422);
    expect(await move('2026-05-31')).toBe(422);
    expect(await move('snart')).toBe(422);
    expect(await move('2026-04-20')).toBe(303);
    expect(await move('2026-03-02')).toBe(303);
    expect(await readWaveRow('frist')).toMatchObject({ closes: '2026-03-02' });
    const { text } = await agent.get('/runder/frist');
    expect(text).toContain('Flyttet svarfristen til 20. april 2026');
    expect(text).toContain('coordinator i frist');
  });

  test('that has passed closes nothing, and the page says so', async () => {
    const later = { ...site.context, now: () => new Date('2026-03-05T12:00:00Z') };
    const app = await createRespondentApp(database.db());
    Object.assign(app.context, { now: later.now });
    const agent = await signInAs(app, { role: 'coordinator', networkKey: 'frist' });
    expect((await agent.get('/runder/frist')).text).toContain('Runden stenger ikke av seg selv');
    expect(await readWaveRow('frist')).toMatchObject({ state: 'open' });
  });

  test('is fixed once the wave is closed', async () => {
    await closeWave(site.context, operator, { waveKey: 'frist' });
    const moved = moveDeadline(site.context, operator, { waveKey: 'frist', closesOn: '2026-04-02' });
    expect((await catchFault(moved)).code).toBe('wave_state');
    const sql = "UPDATE wave SET closes_on = '2026-04-02' WHERE key = 'frist'";
    expect((await catchFault(nameConstraintFaults({}, () => database.db().raw(sql)))).code).toBe('wave_fixed');
  });
});

describe('who may', () => {
  const pages = [
    '/nettverk/rett/ny-runde',
    '/runder/rett/innstillinger',
    '/runder/rett/personvern',
    '/runder/rett/personvern/asker',
    '/runder/rett/forhandsvisning',
    '/runder/rett/forhandsvisning/side/tools',
  ];
  const forms = [
    '/nettverk/rett/ny-runde',
    '/runder/rett/innstillinger',
    '/runder/rett/frist',
    '/runder/rett/personvern',
    '/runder/rett/personvern/asker',
    '/runder/rett/apne',
    '/runder/rett/frigi',
    '/runder/rett/frigi/godkjenn',
    '/runder/rett/frigi/avslag',
    '/runder/rett/forhandsvisning/side/tools',
  ];
  const people = new Map<string, Agent>();
  const refused = [
    ['contact', 403],
    ['researcher', 403],
    ['other coordinator', 404],
  ] as const;

  beforeAll(async () => {
    await createDraftWave(site.context, 'rett');
    await createDraftWave(site.context, 'andre');
    await addInstrument(site.context, operator, readExample());
    const contact = { role: 'organisation_contact', networkKey: 'rett', organisationKey: 'asker' } as const;
    people.set('contact', await signInAs(site, contact));
    people.set('researcher', await signInAs(site, { role: 'researcher', networkKey: 'rett' }));
    people.set('other coordinator', await coordinator('andre'));
    people.set('coordinator', await coordinator('rett'));
    people.set('administrator', await signInAs(site, { role: 'administrator', networkKey: 'rett' }));
  });

  test.each(pages)('GET %s', async (path) => {
    expect((await request(site.app).get(path)).status).toBe(401);
    for (const [who, status] of refused)
      expect([who, (await people.get(who)!.get(path)).status]).toEqual([who, status]);
    for (const who of ['coordinator', 'administrator']) {
      expect([who, (await people.get(who)!.get(path)).status]).toEqual([who, 200]);
    }
  });

  test.each(forms)('POST %s', async (path) => {
    expect((await request(site.app).post(path).type('form').send({})).status).toBe(401);
    for (const [who, status] of refused)
      expect([who, (await postAs(people.get(who)!, path)).status]).toEqual([who, status]);
    expect(await readWaveRow('rett')).toMatchObject({ state: 'draft' });
  });
});
