import request, { type Agent } from 'supertest';
import { operator, type Role } from '../../src/domain/permissions';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { createLinks } from '../../src/usecases/coordinator/create-links';
import { importFrame } from '../../src/usecases/coordinator/import-frame';
import { importResponses } from '../../src/usecases/coordinator/import-responses';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { readEstimates } from '../../src/usecases/researcher/read-estimates';
import { withDatabase } from '../support/database';
import { catchFault, createDraftWave, csvFile } from '../support/fieldwork';
import { postForm, type Fields } from '../support/forms';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { signInAs } from '../support/results-network';

const database = withDatabase();
let site: RespondentApp;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
});

async function rows<Row>(sql: string, bindings: Record<string, string> = {}): Promise<Row[]> {
  return (await database.db().raw<{ rows: Row[] }>(sql, bindings)).rows;
}

async function idOf(wave: string, unit: string): Promise<string> {
  const sql =
    'SELECT unit.id FROM unit JOIN wave ON wave.id = unit.wave_id WHERE wave.key = :wave AND unit.key = :unit';
  return (await rows<{ id: string }>(sql, { wave, unit }))[0]!.id;
}

interface Invited {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly disposition: string | null;
}

const invitedTo = (wave: string, unit: string) =>
  rows<Invited>(
    `SELECT invitation.id, invitation.name, invitation.email, invitation.disposition
       FROM invitation JOIN unit ON unit.id = invitation.unit_id JOIN wave ON wave.id = unit.wave_id
      WHERE wave.key = :wave AND unit.key = :unit ORDER BY invitation.email`,
    { wave, unit },
  );

async function post(agent: Agent, path: string, fields: Fields = {}) {
  const page = await agent.get('/nettverk');
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  return postForm(agent, path, { _csrf: csrf, ...fields });
}

const known = new Map<string, Promise<Agent>>();

/** Everybody signs in once: sign-in links are counted. */
function as(role: Role, networkKey: string): Promise<Agent> {
  const key = `${role} ${networkKey}`;
  const person = { role, networkKey, ...(role === 'organisation_contact' && { organisationKey: 'asker' }) };
  const agent = known.get(key) ?? signInAs(site, person);
  known.set(key, agent);
  return agent;
}

const asCoordinator = (key: string) => as('coordinator', key);
const asContact = (key: string) => as('organisation_contact', key);

const unitForm = {
  unit_name: 'Nordlia barnehage',
  organisation: 'asker',
  sector: 'education',
  type: 'barnehage',
  size: 'S',
  invited: '1',
  name: 'Kari Nordmann',
  email: 'kari@example.org',
  language: 'nn',
};

describe('the page of a frame', () => {
  beforeAll(() => createDraftWave(site.context, 'side', { units: 60 }));

  test('counts, pages and searches', async () => {
    const agent = await asCoordinator('side');
    const first = await agent.get('/runder/side/ramme');
    expect(first.text).toContain('120 arbeidsplasser');
    expect(first.text.match(/class="frame-units__edit"/g)).toHaveLength(50);
    expect(first.text).toContain('Side 1 av 3');
    const found = await agent.get('/runder/side/ramme?sok=OSLO7%40example&organisasjon=oslo&invitert=1');
    expect(found.text).toContain('Én arbeidsplass');
    expect(found.text).toContain('oslo7@example.org');
    expect((await agent.get('/runder/side/ramme?sok=%25&side=99')).text).toContain('Ingen arbeidsplasser passer');
  });

  test('a contact sees and changes the own part only', async () => {
    const contact = await asContact('side');
    const page = await contact.get('/runder/side/ramme');
    expect(page.text).toContain('60 arbeidsplasser');
    expect(page.text).not.toContain('oslo');
    expect((await contact.get('/runder/side/ramme?organisasjon=oslo')).text).not.toContain('oslo0@example.org');
    const foreign = `/runder/side/ramme/arbeidsplass/${await idOf('side', 'oslo-1')}`;
    expect((await contact.get(foreign)).status).toBe(404);
    expect((await post(contact, foreign, unitForm)).status).toBe(404);
    expect((await post(contact, `${foreign}/fjern`)).status).toBe(404);
    expect((await post(contact, '/runder/side/ramme/ny', { ...unitForm, organisation: 'oslo' })).status).toBe(422);
    expect((await contact.get('/runder/side/ramme/utvalg')).status).toBe(403);
    expect((await post(contact, '/runder/side/ramme/utvalg', { kind: 'census' })).status).toBe(403);
    const own = `/runder/side/ramme/arbeidsplass/${await idOf('side', 'asker-1')}`;
    expect((await post(contact, own, unitForm)).status).toBe(303);
    expect((await invitedTo('side', 'asker-1'))[0]).toMatchObject({ name: 'Kari Nordmann', email: 'kari@example.org' });
  });

  test('units are added, changed and removed; nobody is kept for a unit that is not invited', async () => {
    const agent = await asCoordinator('side');
    expect((await post(agent, '/runder/side/ramme/ny', { ...unitForm, unit: 'ny-1' })).status).toBe(303);
    expect((await post(agent, '/runder/side/ramme/ny', { ...unitForm, unit: 'ny-1' })).text).toContain('er i bruk');
    const wrong = await post(agent, '/runder/side/ramme/ny', { ...unitForm, email: 'kari', sector: '' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('er ikke en e-postadresse');
    expect(wrong.text).toContain('value="Nordlia barnehage"');
    const path = `/runder/side/ramme/arbeidsplass/${await idOf('side', 'ny-1')}`;
    const left = { ...unitForm, invited: '' };
    expect((await post(agent, path, left)).status).toBe(303);
    expect(await invitedTo('side', 'ny-1')).toEqual([]);
    expect((await post(agent, `${path}/fjern`)).status).toBe(303);
    expect((await agent.get(path)).status).toBe(404);
  });

  test('a manager of two units is two invitations with the same address, which is shown', async () => {
    const agent = await asCoordinator('side');
    for (const unit of ['to-a', 'to-b']) {
      await post(agent, '/runder/side/ramme/ny', { ...unitForm, unit, email: 'To@example.org' });
    }
    const { text } = await agent.get('/runder/side/ramme?sok=to%40example.org');
    expect(text).toContain('2 arbeidsplasser');
    expect(text.match(/Samme adresse flere steder/g)).toHaveLength(2);
  });
});

describe('rights', () => {
  beforeAll(async () => {
    await createDraftWave(site.context, 'retter', { units: 5 });
    await createDraftWave(site.context, 'andre', { units: 5 });
  });

  const people: Record<string, () => Promise<Agent>> = {
    anonymous: () => Promise.resolve(request.agent(site.app)),
    researcher: () => as('researcher', 'retter'),
    contact: () => asContact('retter'),
    coordinator: () => asCoordinator('retter'),
    'other coordinator': () => asCoordinator('andre'),
    administrator: () => as('administrator', 'retter'),
  };
  const shared = {
    anonymous: 401,
    researcher: 403,
    contact: 200,
    coordinator: 200,
    'other coordinator': 404,
    administrator: 200,
  };
  const whole = { ...shared, contact: 403 };
  const cells = Object.entries({
    '/runder/retter/ramme': shared,
    '/runder/retter/ramme/ny': shared,
    '/runder/retter/ramme/import': shared,
    '/runder/retter/ramme/mal.csv': shared,
    '/runder/retter/ramme/mal.xlsx': shared,
    '/runder/retter/ramme/utvalg': whole,
  }).flatMap(([path, statuses]) => Object.entries(statuses).map(([who, status]) => [path, who, status] as const));

  test.each(cells)('GET %s by %s is answered %i', async (path, who, status) => {
    expect((await (await people[who]!()).get(path)).status).toBe(status);
  });

  const posts = [
    '/ny',
    '/utvalg',
    '/arbeidsplass/00000000-0000-0000-0000-000000000000',
    '/arbeidsplass/00000000-0000-0000-0000-000000000000/fjern',
    '/arbeidsplass/00000000-0000-0000-0000-000000000000/person',
    '/arbeidsplass/00000000-0000-0000-0000-000000000000/person/x/fjern',
    '/arbeidsplass/00000000-0000-0000-0000-000000000000/person/x/bytt',
    '/arbeidsplass/00000000-0000-0000-0000-000000000000/person/x/utga',
    '/arbeidsplass/00000000-0000-0000-0000-000000000000/person/x/igjen',
    '/import/00000000-0000-0000-0000-000000000000',
    '/import/00000000-0000-0000-0000-000000000000/ord',
    '/import/00000000-0000-0000-0000-000000000000/bekreft',
    '/import/00000000-0000-0000-0000-000000000000/forkast',
  ];
  test.each(posts)(
    'POST %s is refused to those without the right, and to strangers looks as if it were not there',
    async (path) => {
      expect((await post(await people['anonymous']!(), `/runder/retter/ramme${path}`, unitForm)).status).toBe(401);
      expect((await post(await people['researcher']!(), `/runder/retter/ramme${path}`, unitForm)).status).toBe(403);
      const stranger = await people['other coordinator']!();
      const there = await post(stranger, `/runder/retter/ramme${path}`, unitForm);
      const nowhere = await post(stranger, `/runder/finnes-ikke/ramme${path}`, unitForm);
      expect(there.status).toBe(404);
      expect(there.text.replaceAll('retter', 'finnes-ikke').replaceAll(/value="[^"]+"/g, '')).toBe(
        nowhere.text.replaceAll(/value="[^"]+"/g, ''),
      );
    },
  );
});

describe('a frame whose wave has opened', () => {
  let agent: Agent;
  beforeAll(async () => {
    await createDraftWave(site.context, 'frosset', { units: 12 });
    await openWave(site.context, operator, { waveKey: 'frosset' });
    agent = await asCoordinator('frosset');
  });

  const ofWave = "(SELECT id FROM wave WHERE key = 'frosset')";
  test.each([
    `INSERT INTO unit (wave_id, organisation_id, key, sector, type, size, is_invited) SELECT wave_id, organisation_id, 'ny', sector, type, size, true FROM unit WHERE wave_id = ${ofWave} LIMIT 1`,
    `DELETE FROM unit WHERE wave_id = ${ofWave}`,
    `UPDATE unit SET sector = 'culture' WHERE wave_id = ${ofWave}`,
    `UPDATE unit SET size = 'L' WHERE wave_id = ${ofWave}`,
    `UPDATE unit SET is_invited = false WHERE wave_id = ${ofWave}`,
    `UPDATE unit SET invited_count = 0 WHERE wave_id = ${ofWave}`,
    `UPDATE unit SET organisation_id = organisation_id WHERE wave_id = ${ofWave}`,
    `UPDATE stratum SET frame_count = frame_count + 1 WHERE wave_id = ${ofWave}`,
    `UPDATE stratum SET invited_count = invited_count - 1 WHERE wave_id = ${ofWave}`,
    `INSERT INTO stratum (wave_id, code, organisation_id, cells, frame_count, invited_count) SELECT wave_id, 'x', organisation_id, '[]', 1, 1 FROM stratum WHERE wave_id = ${ofWave} LIMIT 1`,
    `INSERT INTO invitation (wave_id, unit_id, language) SELECT wave_id, id, 'nb' FROM unit WHERE wave_id = ${ofWave} LIMIT 1`,
    `UPDATE wave SET sample_seed = 'x', sample_plan = '{}' WHERE key = 'frosset'`,
  ])('the database refuses: %s', async (sql) => {
    await expect(database.db().raw(sql)).rejects.toMatchObject({ constraint: 'frame_fixed_at_opening' });
  });

  test('strata that have been taken away stop the wave from closing', async () => {
    await database
      .db()
      .transaction(async (transaction) => {
        await transaction.raw(`DELETE FROM stratum WHERE wave_id = ${ofWave} AND code LIKE 'asker%'`);
        const close = transaction.raw(`UPDATE wave SET state = 'closed', closed_on = now() WHERE key = 'frosset'`);
        await expect(close).rejects.toMatchObject({ constraint: 'frame_fixed_at_opening' });
        await transaction.rollback();
      })
      .catch(() => undefined);
    expect(
      (await rows(`SELECT 1 FROM stratum WHERE wave_id = ${ofWave} AND code LIKE 'asker%'`)).length,
    ).toBeGreaterThan(0);
  });

  test('the pages refuse changes of units, from contacts and coordinators alike', async () => {
    const path = `/runder/frosset/ramme/arbeidsplass/${await idOf('frosset', 'asker-1')}`;
    for (const person of [agent, await asContact('frosset')]) {
      expect((await post(person, path, unitForm)).status).toBe(409);
      expect((await post(person, `${path}/fjern`)).status).toBe(409);
      expect((await person.get('/runder/frosset/ramme/ny')).status).toBe(409);
    }
  });

  test('a replaced manager: old link, open browser and draft of the former one lead nowhere', async () => {
    const link = (await createLinks(site.context, operator, { waveKey: 'frosset' })).find(
      ({ unit }) => unit === 'asker-2',
    )!;
    const former = request.agent(site.app);
    const token = new URL(link.link).pathname;
    await former.post(token).type('form').send({}).expect(303);
    const [before] = await invitedTo('frosset', 'asker-2');
    await database
      .db()
      .raw(
        `INSERT INTO draft (invitation_id, answers, page, language) VALUES (:id, '{"wish": "hemmelig"}', 'tools', 'nb')`,
        { id: before!.id },
      );
    const unit = await idOf('frosset', 'asker-2');
    const path = `/runder/frosset/ramme/arbeidsplass/${unit}/person/${before!.id}/bytt`;
    expect((await post(agent, path, { name: 'Ny Leder', email: 'feil', language: 'nb' })).status).toBe(422);
    expect((await post(agent, path, { name: 'Ny Leder', email: 'ny@example.org', language: 'da' })).status).toBe(303);
    const after = await invitedTo('frosset', 'asker-2');
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ name: 'Ny Leder', email: 'ny@example.org', disposition: null });
    expect(after[0]!.id).not.toBe(before!.id);
    expect(await rows('SELECT 1 FROM draft WHERE invitation_id = :id', { id: before!.id })).toEqual([]);
    expect((await request(site.app).get(token)).status).toBe(404);
    expect((await former.get('/undersokelse')).status).toBeGreaterThanOrEqual(400);
    expect((await post(agent, path, { name: 'X', email: 'x@example.org', language: 'nb' })).status).toBe(404);
  });

  test('a unit that is gone becomes not eligible, and eligible again when that was wrong', async () => {
    const unit = await idOf('frosset', 'asker-3');
    const person = async () =>
      `/runder/frosset/ramme/arbeidsplass/${unit}/person/${(await invitedTo('frosset', 'asker-3'))[0]!.id}`;
    expect((await post(agent, `${await person()}/utga`)).status).toBe(303);
    expect((await invitedTo('frosset', 'asker-3'))[0]).toMatchObject({
      disposition: 'NE',
      email: 'asker3@example.org',
    });
    expect((await agent.get(`/runder/frosset/ramme/arbeidsplass/${unit}`)).text).toContain(
      'Arbeidsplassen finnes likevel',
    );
    expect((await post(agent, `${await person()}/igjen`)).status).toBe(303);
    expect((await invitedTo('frosset', 'asker-3'))[0]).toMatchObject({ disposition: null });
  });

  test('once answered nothing can be replaced, and a contact may not do it at all', async () => {
    const [answered] = await invitedTo('frosset', 'asker-4');
    await database
      .db()
      .raw("UPDATE invitation SET disposition = 'answered', answered_on = '2026-11-22' WHERE id = :id", {
        id: answered!.id,
      });
    const path = `/runder/frosset/ramme/arbeidsplass/${await idOf('frosset', 'asker-4')}/person/${answered!.id}`;
    const successor = { name: 'X', email: 'x@example.org', language: 'nb' };
    expect((await post(agent, `${path}/bytt`, successor)).status).toBe(409);
    expect((await post(agent, `${path}/utga`)).status).toBe(409);
    expect((await post(await asContact('frosset'), `${path}/bytt`, successor)).status).toBe(403);
    expect((await invitedTo('frosset', 'asker-4'))[0]).toMatchObject({ id: answered!.id, disposition: 'answered' });
  });

  test('closing merges strata, and N and n stay', async () => {
    await createDraftWave(site.context, 'stenges', { level: 'anonym', units: 30 });
    await openWave(site.context, operator, { waveKey: 'stenges' });
    const totals = () =>
      rows(
        "SELECT sum(frame_count) AS n, sum(invited_count) AS m FROM stratum JOIN wave ON wave.id = wave_id WHERE key = 'stenges'",
      );
    const before = await totals();
    await closeWave(site.context, operator, { waveKey: 'stenges' });
    expect(await totals()).toEqual(before);
    const change = database.db().raw("DELETE FROM stratum USING wave WHERE wave.id = wave_id AND key = 'stenges'");
    await expect(change).rejects.toMatchObject({ constraint: 'frame_fixed_at_opening' });
  });
});

describe('a sample', () => {
  /** Asker has 40 kindergartens and 10 libraries; Oslo has 10 kindergartens. */
  const frame = [
    'unit,organisation,sector,type,size,invited,name,email',
    ...Array.from({ length: 40 }, (_, n) => `a-${n},asker,education,barnehage,S,1,Kari,a${n}@example.org`),
    ...Array.from({ length: 10 }, (_, n) => `b-${n},asker,culture,bibliotek,S,1,Kari,b${n}@example.org`),
    ...Array.from({ length: 10 }, (_, n) => `o-${n},oslo,education,barnehage,S,1,Kari,o${n}@example.org`),
  ].join('\n');
  const invited = async (wave: string) =>
    (
      await rows<{ key: string }>(
        'SELECT unit.key FROM unit JOIN wave ON wave.id = wave_id WHERE wave.key = :wave AND is_invited ORDER BY unit.key',
        { wave },
      )
    ).map(({ key }) => key);
  const form = { kind: 'sample', size_asker: '15', size_oslo: '', minimum: '5', seed: 'høst-2026' };

  async function prepare(wave: string): Promise<Agent> {
    await createDraftWave(site.context, wave, { units: 5 });
    await importFrame(site.context, operator, { waveKey: wave, file: csvFile(frame), replace: true });
    return asCoordinator(wave);
  }

  test('is drawn by stratum with its seed, the same again, and all are back with a census', async () => {
    const agent = await prepare('trekk');
    expect((await post(agent, '/runder/trekk/ramme/utvalg', { ...form, size_asker: '51' })).status).toBe(422);
    expect((await post(agent, '/runder/trekk/ramme/utvalg', form)).status).toBe(303);
    const drawn = await invited('trekk');
    expect(drawn.map((key) => key[0]).join('')).toBe(`${'a'.repeat(10)}${'b'.repeat(5)}${'o'.repeat(10)}`);
    expect((await agent.get('/runder/trekk/ramme/utvalg')).text).toContain('høst-2026');
    await post(agent, '/runder/trekk/ramme/utvalg', { ...form, seed: 'en annen' });
    expect(await invited('trekk')).not.toEqual(drawn);
    await post(agent, '/runder/trekk/ramme/utvalg', form);
    expect(await invited('trekk')).toEqual(drawn);
    await post(agent, '/runder/trekk/ramme/utvalg', { kind: 'census' });
    expect(await invited('trekk')).toHaveLength(60);
  });

  test('cannot be opened when the frame was changed afterwards', async () => {
    const agent = await prepare('endret');
    await post(agent, '/runder/endret/ramme/utvalg', form);
    await post(agent, '/runder/endret/ramme/ny', { ...unitForm, unit: 'ny' });
    expect((await agent.get('/runder/endret/ramme')).text).toContain('Trekk på nytt');
    expect((await catchFault(openWave(site.context, operator, { waveKey: 'endret' }))).code).toBe('sample_outdated');
  });

  test('keeps addresses of those who are not drawn until opening only; N and n are those of the sample and weigh the answers', async () => {
    const agent = await prepare('vekt');
    await post(agent, '/runder/vekt/ramme/utvalg', form);
    const addresses = () =>
      rows("SELECT 1 FROM invitation JOIN wave ON wave.id = wave_id WHERE wave.key = 'vekt' AND email IS NOT NULL");
    expect(await addresses()).toHaveLength(60);
    await openWave(site.context, operator, { waveKey: 'vekt' });
    expect(await addresses()).toHaveLength(25);
    expect(
      await rows(
        "SELECT code, frame_count AS n, invited_count AS m FROM stratum JOIN wave ON wave.id = wave_id WHERE key = 'vekt' ORDER BY 1",
      ),
    ).toEqual([
      { code: 'asker:culture:S', n: 10, m: 5 },
      { code: 'asker:education:S', n: 40, m: 10 },
      { code: 'oslo:education:S', n: 10, m: 10 },
    ]);
    const yes = new Set(['a', 'o']);
    const lines = (await invited('vekt')).map((unit) =>
      yes.has(unit[0]!) ? `${unit},I,yes,1,0,0,0,0,agree` : `${unit},I,no,,,,,,agree`,
    );
    await importResponses(site.context, operator, {
      waveKey: 'vekt',
      file: csvFile(
        [
          'unit,disposition,uses_tool,purposes__planning,purposes__writing,purposes__contact,purposes__none,purposes__dont_know,training',
          ...lines,
        ].join('\n'),
      ),
    });
    await closeWave(site.context, operator, { waveKey: 'vekt' });
    await releaseWave(site.context, operator, { waveKey: 'vekt' });
    const estimates = await readEstimates(site.context, operator, { waveKey: 'vekt', precision: 'full' });
    const own = estimates.find(({ group, indicator, option }) =>
      JSON.stringify([group, indicator, option]).match(/asker.*uses_tool.*yes/),
    );
    // 10 of 15 answered yes; weighted 40 of 50.
    expect(own).toMatchObject({ n: 15, share: expect.closeTo(0.8, 10) as number });
  });
});

describe('a wave that asks employees', () => {
  const head = 'unit,organisation,sector,type,size,invited,employees,name,email';
  const frame = [
    head,
    ...Array.from({ length: 6 }, (_, n) => `skole,asker,education,grunnskole,M,1,30,Ansatt ${n},s${n}@example.org`),
    ...Array.from({ length: 5 }, (_, n) => `hjem,asker,health,sykehjem,L,1,,Ansatt ${n},h${n}@example.org`),
    'tom,oslo,education,grunnskole,M,0,25,,',
    ...Array.from({ length: 5 }, (_, n) => `stab,oslo,administration,stab,S,1,,Ansatt ${n},t${n}@example.org`),
  ].join('\n');

  async function prepare(wave: string): Promise<void> {
    await createDraftWave(site.context, wave, { units: 5 });
    await database.db().raw("UPDATE wave SET population = 'employees' WHERE key = :wave", { wave });
    await importFrame(site.context, operator, { waveKey: wave, file: csvFile(frame), replace: true });
  }

  test('has several invitations a unit; strata count people, as many as work there', async () => {
    await prepare('ansatte');
    const agent = await asCoordinator('ansatte');
    const page = await agent.get('/runder/ansatte/ramme');
    expect(page.text).toContain('6 ført opp, 30 ansatte');
    await openWave(site.context, operator, { waveKey: 'ansatte' });
    expect(
      await rows(
        "SELECT code, frame_count AS n, invited_count AS m FROM stratum JOIN wave ON wave.id = wave_id WHERE key = 'ansatte' ORDER BY 1",
      ),
    ).toEqual([
      { code: 'asker:education:M', n: 30, m: 6 },
      { code: 'asker:health:L', n: 5, m: 5 },
      { code: 'oslo:administration:S', n: 5, m: 5 },
      { code: 'oslo:education:M', n: 25, m: 0 },
    ]);
    expect((await agent.get('/runder/ansatte')).text).toContain('0 av 11 inviterte har svart');
    await closeWave(site.context, operator, { waveKey: 'ansatte' });
  });

  test('refuses rows that contradict each other and persons who are listed twice', async () => {
    await prepare('motsagt');
    const file = [
      head,
      'skole,asker,education,grunnskole,M,1,2,Kari,kari@example.org',
      'skole,asker,health,grunnskole,M,1,2,Ola,ola@example.org',
      'skole,asker,education,grunnskole,M,1,2,Kari,KARI@example.org',
      'stab,oslo,administration,stab,S,1,1,A,a@example.org',
      'stab,oslo,administration,stab,S,1,1,B,b@example.org',
      'tom,oslo,culture,bibliotek,S,1,,,',
    ].join('\n');
    const fault = await catchFault(
      importFrame(site.context, operator, { waveKey: 'motsagt', file: csvFile(file), replace: true }),
    );
    expect(fault.details.faults?.map(({ line, column, message }) => `${line}:${column}: ${message}`)).toEqual([
      '3:sector: Found “health”, but line 2 says something else about the same workplace; expected the same on both.',
      '4:email: “KARI@example.org” is also on line 2; expected once.',
      '5:employees: Found 1 employees, but 2 are listed; expected at least as many.',
      '7:email: Nobody is listed for the workplace; expected a name or an address, or a number of employees.',
    ]);
  });

  test('lists and unlists employees on the page of a unit', async () => {
    await prepare('liste');
    const agent = await asCoordinator('liste');
    const path = `/runder/liste/ramme/arbeidsplass/${await idOf('liste', 'hjem')}`;
    expect((await post(agent, `${path}/person`, { name: 'Ny', email: 'ny@example.org', language: 'nb' })).status).toBe(
      303,
    );
    expect((await post(agent, `${path}/person`, { name: 'Ny', email: 'NY@example.org', language: 'nb' })).status).toBe(
      422,
    );
    expect((await post(agent, `${path}/person`, { name: '', email: '', language: 'nb' })).status).toBe(422);
    const [first] = await invitedTo('liste', 'hjem');
    expect((await post(agent, `${path}/person/${first!.id}/fjern`)).status).toBe(303);
    expect((await invitedTo('liste', 'hjem')).map(({ email }) => email)).toEqual([
      'h1@example.org',
      'h2@example.org',
      'h3@example.org',
      'h4@example.org',
      'ny@example.org',
    ]);
    expect((await post(agent, '/runder/liste/ramme/utvalg', { kind: 'sample', minimum: '2' })).status).toBe(422);
  });
});
