import request, { type Response } from 'supertest';
import { createHmac } from 'node:crypto';
import { createApp } from '../../src/app';
import { withDatabase } from '../support/database';
import { readExample } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { closeRespondentWave, createRespondentWave, type RespondentWave } from '../support/respondents';

const database = withDatabase();
let site: RespondentApp;
beforeAll(async () => {
  site = await createRespondentApp(database.db());
});

type Agent = ReturnType<typeof request.agent>;
type Fields = Readonly<Record<string, string | readonly string[]>>;

/** A wave with the small instrument: tools (uses_tool → purposes), training_page (number, radio, long text). */
function openExampleWave(options: Parameters<typeof createRespondentWave>[1] = {}): Promise<RespondentWave> {
  return createRespondentWave(site.context, { files: readExample(), ...options });
}

async function startAs(wave: RespondentWave, unit = 0, app = site.app): Promise<Agent> {
  const agent = request.agent(app);
  await agent.post(`/svar/${wave.tokens[unit]!}`).expect(303);
  return agent;
}

function readHidden(html: string, name: string): readonly string[] {
  const pattern = new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"(?! disabled)`, 'g');
  return [...html.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** Opens a page as a browser does: with everything its form would send along. */
async function openForm(agent: Agent, path: string): Promise<Fields> {
  const { text } = await agent.get(path).expect(200);
  return Object.fromEntries(
    ['_form', '_page', '_from', '_asked', '_revision'].map((name) => [name, [...readHidden(text, name)]]),
  );
}

function post(agent: Agent, path: string, fields: Fields): request.Test {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each);
  return agent.post(path).type('form').send(body.toString());
}

const tools = '/undersokelse/side/tools';
const training = '/undersokelse/side/training_page';

async function savePage(agent: Agent, path: string, fields: Fields): Promise<Response> {
  return post(agent, path, { ...(await openForm(agent, path)), ...fields });
}

async function send(agent: Agent): Promise<Response> {
  return post(agent, '/undersokelse/send', await openForm(agent, '/undersokelse/oversikt'));
}

async function readRows<Row>(sql: string, bindings: Readonly<Record<string, string>>): Promise<readonly Row[]> {
  const result = await database.db().raw<{ rows: Row[] }>(sql, bindings);
  return result.rows;
}

function readResponses(waveId: string): Promise<readonly { stratum: string; answers: unknown }[]> {
  return readRows('SELECT stratum, answers FROM response WHERE wave_id = :waveId', { waveId });
}

function readDraft(invitationId: string): Promise<readonly { answers: Record<string, unknown>; revision: number }[]> {
  return readRows('SELECT answers, revision FROM draft WHERE invitation_id = :invitationId', { invitationId });
}

/** Every row version of every table: a write of any kind changes it. */
async function fingerprintDatabase(): Promise<string> {
  const tables = await readRows<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    {},
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await readRows<{ versions: string }>(
      `SELECT count(*) || ':' || coalesce(string_agg(CAST(xmin AS text) || '/' || CAST(xmax AS text), ',' ORDER BY ctid), '') AS versions FROM "${name}"`,
      {},
    );
    parts.push(`${name} ${rows[0]!.versions}`);
  }
  return parts.sort().join('\n');
}

describe('the personal link', () => {
  test('page 1 tells what the wave promises, and neither it nor HEAD writes anything', async () => {
    const wave = await openExampleWave();
    const before = await fingerprintDatabase();
    const page = await request(site.app).get(`/svar/${wave.tokens[0]!}`).expect(200);
    await request(site.app).head(`/svar/${wave.tokens[0]!}`).expect(200);
    expect(await fingerprintDatabase()).toBe(before);
    expect(page.text).toContain('Asker kommune er behandlingsansvarlig');
    expect(page.text).toContain('en gruppe på 6 inviterte arbeidsplasser');
    expect(page.text).toContain('der minst 7 har svart');
    expect(page.text).toContain(
      'Godkjente forskere kan få enkeltsvar uten navn, organisasjon og arbeidsplass. Minst fem svar har samme bakgrunnsopplysninger.',
    );
    expect(page.text).toContain('slettes 13. juni 2027');
    expect(page.text).toContain('ingrid.dahl@example.org');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['set-cookie']).toBeUndefined();
  });

  test('a confidential wave says plainly that answers are personal data', async () => {
    const wave = await openExampleWave({ level: 'fortrolig' });
    const page = await request(site.app).get(`/svar/${wave.tokens[0]!}`).expect(200);
    expect(page.text).toContain('Svarene er fortrolige, men ikke anonyme.');
    expect(page.text).not.toContain('minst fem. Navn');
  });

  test('the button exchanges it for a cookie at an address without the token', async () => {
    const wave = await openExampleWave();
    const exchange = await request(site.app).post(`/svar/${wave.tokens[0]!}`).expect(303);
    expect(exchange.headers['location']).toBe(tools);
    const cookie = exchange.headers['set-cookie']![0]!;
    expect(cookie).toMatch(/^respondent=.*; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain(wave.tokens[0]!);
    const opened = await readRows<{ opened: string }>(
      'SELECT opened_on IS NOT NULL AS opened FROM invitation WHERE id = :id',
      { id: wave.invitationIds[0]! },
    );
    expect(opened).toEqual([{ opened: true }]);
  });

  test('behind https the cookie is secure and bound to the host', async () => {
    const secure = await createRespondentApp(database.db(), { PUBLIC_URL: 'https://barometer.example.org' });
    const wave = await openExampleWave();
    const exchange = await request(secure.app).post(`/svar/${wave.tokens[0]!}`).expect(303);
    expect(exchange.headers['set-cookie']![0]).toMatch(
      /^__Host-respondent=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  test('an unknown link, one that is too early, one that is used and one whose wave is closed each get a page', async () => {
    const unknown = await request(site.app).get('/svar/nothing').expect(404);
    expect(unknown.text).toContain('Vi kjenner ikke denne lenken');
    await request(site.app).post('/svar/nothing').expect(404);
    const early = await openExampleWave({ state: 'draft', language: 'nn' });
    const earlyPage = await request(site.app).get(`/svar/${early.tokens[0]!}`).expect(410);
    expect(earlyPage.text).toContain('Undersøkinga er ikkje opna enno');
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    await savePage(agent, tools, { uses_tool: 'no' });
    expect((await send(agent)).status).toBe(303);
    const used = await request(site.app).get(`/svar/${wave.tokens[0]!}`).expect(410);
    expect(used.text).toContain('Svaret ditt er alt sendt inn');
    const late = await startAs(wave, 1);
    await closeRespondentWave(site.context, wave.waveId);
    const closed = await request(site.app).get(`/svar/${wave.tokens[2]!}`).expect(410);
    expect(closed.text).toContain('Fristen for å svare er ute');
    expect(closed.text).toContain('ingrid.dahl@example.org');
    const latePage = await late.get(tools).expect(410);
    expect(latePage.text).toContain('Fristen for å svare er ute');
  });

  test('one address may not try links without end', async () => {
    const guessing = await createRespondentApp(database.db());
    const statuses = [];
    for (let index = 0; index < 62; index += 1) {
      statuses.push((await request(guessing.app).get(`/svar/guess-${index}`)).status);
    }
    expect(statuses[0]).toBe(404);
    expect(statuses.at(-1)).toBe(429);
  });

  test('without a cookie, or with a forged one, the page asks for the link again', async () => {
    const wave = await openExampleWave();
    const id = wave.invitationIds[0]!;
    const forged = createHmac('sha256', 'guess').update(`cookie\0${id}.9999999999`).digest('base64url');
    for (const cookie of ['', `respondent=${id}.9999999999.${forged}`, 'respondent=..', 'respondent=%E0%A4%A']) {
      const page = await request(site.app).get(tools).set('Cookie', cookie).expect(401);
      expect(page.text).toContain('Åpne lenken din på nytt');
    }
  });

  test('after the exchange the token is in no page, no address and no line of the log', async () => {
    const wave = await openExampleWave();
    const token = wave.tokens[0]!;
    const start = await request(site.app).get(`/svar/${token}?lang=nn`);
    expect(start.text).not.toContain(token);
    const agent = await startAs(wave);
    const pages = [
      await agent.get(tools),
      await savePage(agent, tools, { uses_tool: 'no' }),
      await agent.get(training),
    ];
    pages.push(
      await agent.get('/undersokelse/oversikt'),
      await send(agent),
      await agent.get('/undersokelse/kvittering'),
    );
    pages.push(await request(site.app).get(`/svar/${token}`), await request(site.app).post(`/svar/${token}`));
    for (const page of pages) expect(page.text + JSON.stringify(page.headers)).not.toContain(token);
    expect(site.logged()).toContain('/svar/:token');
    expect(site.logged()).not.toContain(token);
    expect(site.logged()).not.toContain('uses_tool');
  });
});

describe('answering', () => {
  test('the whole journey without script: pages, review, sending, receipt', async () => {
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    const opened = await savePage(agent, tools, { uses_tool: 'yes' });
    expect(opened.headers['location']).toBe(`${tools}?opened=purposes`);
    const explained = await agent.get(opened.headers['location']!);
    expect(explained.text).toContain('Svaret ditt gir ett spørsmål til på denne siden');
    const next = await savePage(agent, tools, { uses_tool: 'yes', purposes: ['planning', 'writing'] });
    expect(next.headers['location']).toBe(training);
    const last = await savePage(agent, training, {
      training_hours: '12,5',
      training: 'agree',
      wish: ' Mer tid\r\ntakk ',
    });
    expect(last.headers['location']).toBe('/undersokelse/oversikt');
    const review = await agent.get('/undersokelse/oversikt').expect(200);
    expect(review.text).toContain('Planlegging; Skriving');
    expect(review.text).toContain('12,5');
    const sent = await send(agent);
    expect(sent.headers['location']).toBe('/undersokelse/kvittering');
    const receipt = await agent.get('/undersokelse/kvittering').expect(200);
    expect(receipt.text).toContain('Takk, svaret er sendt inn');
    expect(receipt.text).not.toContain('Planlegging');
    expect(await readResponses(wave.waveId)).toEqual([
      {
        stratum: expect.any(String) as string,
        answers: {
          uses_tool: 'yes',
          purposes: ['planning', 'writing'],
          training_hours: 12.5,
          training: 'agree',
          wish: 'Mer tid\ntakk',
        },
      },
    ]);
    expect(await readDraft(wave.invitationIds[0]!)).toEqual([]);
    await agent.get(tools).expect(409);
  });

  test('a missing required answer is a 422 with a summary first, a title that says so and a message at the field', async () => {
    const agent = await startAs(await openExampleWave());
    const page = await savePage(agent, tools, {});
    expect(page.status).toBe(422);
    expect(page.text).toContain('<title>Feil: Verktøy');
    expect(page.text).toMatch(/role="alert" tabindex="-1" autofocus id="errors"[\s\S]*href="#q-uses_tool"/);
    expect(page.text).toMatch(/id="q-uses_tool" name="uses_tool"[^>]*aria-invalid=/);
    expect(page.text).toMatch(/id="q-uses_tool-message">Velg et svar\.</);
  });

  test('back validates nothing and loses nothing, not even what is wrong', async () => {
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    await savePage(agent, tools, { uses_tool: 'no' });
    const back = await savePage(agent, training, { training_hours: 'mange', wish: 'x'.repeat(700), _action: 'back' });
    expect(back.headers['location']).toBe(tools);
    const page = await agent.get(training);
    expect(page.text).toContain('value="mange"');
    expect(page.text).toContain('x'.repeat(700));
    expect(page.text).toContain('Skriv et tall');
    const review = await send(agent);
    expect(review.status).toBe(422);
    expect(review.text).toContain('Teksten kan ha høyst 500 tegn');
    expect(await readResponses(wave.waveId)).toEqual([]);
  });

  test('answers that became hidden are kept in the draft, and dropped when sent', async () => {
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    await savePage(agent, tools, { uses_tool: 'yes' });
    await savePage(agent, tools, { uses_tool: 'yes', purposes: ['contact'] });
    await savePage(agent, tools, { uses_tool: 'no', purposes: ['contact'] });
    expect((await readDraft(wave.invitationIds[0]!))[0]!.answers).toEqual({ uses_tool: 'no', purposes: ['contact'] });
    expect((await agent.get(tools)).text).toMatch(/data-question="purposes"[^>]* hidden/);
    await send(agent);
    expect((await readResponses(wave.waveId))[0]!.answers).toEqual({ uses_tool: 'no' });
  });

  test.each([
    ['an unknown key', { organisation: 'oslo' }],
    ['a question of another page', { training: 'agree' }],
    ['a prototype key', { __proto__x: '1', constructor: 'x' }],
  ])('%s is refused', async (_name, fields: Fields) => {
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    const reply = await savePage(agent, tools, { uses_tool: 'no', ...fields });
    expect(reply.status).toBe(400);
    expect(await readDraft(wave.invitationIds[0]!)).toEqual([]);
  });

  test.each([
    ['a code that is not offered', tools, { uses_tool: 'perhaps' }, 'Velg blant svarene som står her'],
    ['too many ticks', tools, { uses_tool: 'yes', purposes: ['planning', 'writing', 'contact'] }, 'Velg høyst 2'],
    ['an exclusive choice with others', tools, { uses_tool: 'yes', purposes: ['none', 'writing'] }, 'Ett av valgene'],
    ['a number above the limit', training, { training_hours: '1001' }, 'Tallet må være 1000 eller lavere'],
  ])('%s is a 422', async (_name, path, fields: Fields, message) => {
    const agent = await startAs(await openExampleWave());
    await savePage(agent, tools, { uses_tool: 'yes' });
    const page = await savePage(agent, path, fields);
    expect(page.status).toBe(422);
    expect(page.text).toContain(message);
  });

  test('a radio answer can be taken back without script', async () => {
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    await savePage(agent, tools, { uses_tool: 'no' });
    await savePage(agent, training, { training: 'agree' });
    const cleared = await savePage(agent, training, { training: 'agree', _clear: 'training' });
    expect(cleared.headers['location']).toBe(`${training}#q-training`);
    expect((await readDraft(wave.invitationIds[0]!))[0]!.answers).toEqual({ uses_tool: 'no' });
  });

  test('the language of the invitation holds until another is chosen, which keeps page and answers', async () => {
    const wave = await openExampleWave({ language: 'nn' });
    const agent = await startAs(wave);
    expect((await agent.get(tools)).text).toContain('teke i bruk');
    await savePage(agent, tools, { uses_tool: 'no' });
    const danish = await agent.get(`${tools}?lang=da`);
    expect(danish.text).toContain('seneste år');
    expect(danish.text).toMatch(/value="no" checked/);
    await savePage(agent, training, { wish: 'ja' });
    const otherDevice = await startAs(wave);
    expect((await otherDevice.get(training)).text).toContain('lang="da"');
    expect((await otherDevice.get(training)).text).toContain('ja</textarea>');
  });

  test('coming back by the link goes on at the page that was left', async () => {
    const wave = await openExampleWave();
    await savePage(await startAs(wave), tools, { uses_tool: 'no' });
    const start = await request(site.app).get(`/svar/${wave.tokens[0]!}`);
    expect(start.text).toContain('Fortsett der du slapp');
    const again = await request(site.app).post(`/svar/${wave.tokens[0]!}`);
    expect(again.headers['location']).toBe(training);
  });

  test('no GET writes anything', async () => {
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    await savePage(agent, tools, { uses_tool: 'no' });
    const before = await fingerprintDatabase();
    for (const path of [
      '',
      '/side/tools?lang=en',
      '/side/training_page?saved=1',
      '/oversikt',
      '/send',
      '/kvittering',
    ]) {
      await agent.get(`/undersokelse${path}`);
    }
    await agent.get('/undersokelse/side/nowhere').expect(404);
    expect(await fingerprintDatabase()).toBe(before);
  });
});

describe('automatic saving', () => {
  test('tells the revision, what is shown now and what is wrong, and keeps what is wrong', async () => {
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    const form = await openForm(agent, tools);
    const first = await post(agent, '/undersokelse/lagre', { ...form, uses_tool: 'yes' }).expect(200);
    expect(first.body).toMatchObject({
      revision: 1,
      visible: ['uses_tool', 'purposes'],
      messages: {},
      status: 'Lagret',
    });
    const asked = Object.values((first.body as { asked: Record<string, string> }).asked);
    const fields = { ...form, _asked: asked, uses_tool: 'yes', purposes: ['planning', 'writing', 'contact'] };
    const second = await post(agent, '/undersokelse/lagre', fields).expect(200);
    expect(second.body).toMatchObject({ revision: 2, messages: { purposes: 'Velg høyst 2.' } });
    expect((await readDraft(wave.invitationIds[0]!))[0]!.answers['purposes']).toHaveLength(3);
    const same = await post(agent, '/undersokelse/lagre', fields).expect(200);
    expect(same.body).toMatchObject({ revision: 2 });
  });

  test('answers JSON when it cannot save', async () => {
    const nobody = await request(site.app).post('/undersokelse/lagre').type('form').send('_page=tools').expect(401);
    expect(nobody.body).toEqual({ message: 'Åpne lenken din på nytt' });
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    const form = await openForm(agent, tools);
    await savePage(agent, tools, { uses_tool: 'no' });
    await send(agent);
    const late = await post(agent, '/undersokelse/lagre', { ...form, uses_tool: 'yes' }).expect(409);
    expect(late.body).toEqual({ message: 'Svaret ditt er alt sendt inn' });
  });

  test('a form of another invitation in the same browser is refused, so that answers are never mixed', async () => {
    const wave = await openExampleWave();
    const agent = await startAs(wave, 0);
    const form = await openForm(agent, tools);
    await agent.post(`/svar/${wave.tokens[1]!}`).expect(303);
    const refused = await post(agent, tools, { ...form, uses_tool: 'no' });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('Denne siden hører til en annen lenke');
    expect(await readDraft(wave.invitationIds[1]!)).toEqual([]);
  });
});

describe('two open tabs', () => {
  test('changes to different questions of a page are both kept', async () => {
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    await savePage(agent, tools, { uses_tool: 'no' });
    const stale = await openForm(agent, training);
    await savePage(agent, training, { training: 'agree', _action: 'save' });
    const other = await post(agent, training, { ...stale, training_hours: '3' });
    expect(other.status).toBe(303);
    expect((await readDraft(wave.invitationIds[0]!))[0]!.answers).toEqual({
      uses_tool: 'no',
      training: 'agree',
      training_hours: 3,
    });
  });

  test('when both have answered the same question differently, the page shows both and going on decides', async () => {
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    await savePage(agent, tools, { uses_tool: 'no' });
    const stale = await openForm(agent, training);
    await savePage(agent, training, { training: 'agree', _action: 'save' });
    const conflict = await post(agent, training, { ...stale, training: 'disagree', training_hours: '4' });
    expect(conflict.status).toBe(409);
    expect(conflict.text).toContain('Svarene er endret i et annet vindu');
    expect(conflict.text).toMatch(/I et annet vindu: /);
    expect(conflict.text).toMatch(/value="disagree" checked/);
    expect((await readDraft(wave.invitationIds[0]!))[0]!.answers).toMatchObject({
      training: 'agree',
      training_hours: 4,
    });
    const asked = readHidden(conflict.text, '_asked');
    const decided = await post(agent, training, { ...stale, _asked: asked, training: 'disagree', training_hours: '4' });
    expect(decided.status).toBe(303);
    expect((await readDraft(wave.invitationIds[0]!))[0]!.answers).toMatchObject({ training: 'disagree' });
  });

  test('what was changed after the review was drawn is shown before it is sent', async () => {
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    await savePage(agent, tools, { uses_tool: 'no' });
    const reviewed = await openForm(agent, '/undersokelse/oversikt');
    await savePage(agent, training, { training: 'agree' });
    const refused = await post(agent, '/undersokelse/send', reviewed);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Svarene er endret siden du så denne oversikten');
    expect(await readResponses(wave.waveId)).toEqual([]);
  });
});

describe('sending', () => {
  test('50 at once of one link give one response and 49 polite refusals', async () => {
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    await savePage(agent, tools, { uses_tool: 'no' });
    const form = await openForm(agent, '/undersokelse/oversikt');
    const replies = await Promise.all(Array.from({ length: 50 }, () => post(agent, '/undersokelse/send', form)));
    expect(replies.filter(({ status }) => status === 303)).toHaveLength(1);
    const refused = replies.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(49);
    for (const { text } of refused) expect(text).toContain('Svaret ditt er alt sendt inn');
    expect(await readResponses(wave.waveId)).toHaveLength(1);
  });

  test.each(['invitation', 'draft', 'response'])(
    'a fault while %s is written leaves the draft and no response: all or nothing',
    async (table) => {
      const wave = await openExampleWave();
      const agent = await startAs(wave);
      await savePage(agent, tools, { uses_tool: 'no' });
      const db = database.db();
      await db.raw(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'cut'; END $$`);
      await db.raw(
        `CREATE TRIGGER cut AFTER INSERT OR UPDATE OR DELETE ON "${table}" FOR EACH ROW EXECUTE FUNCTION fail()`,
      );
      const reply = await send(agent);
      await db.raw(`DROP TRIGGER cut ON "${table}"`);
      await db.raw('DROP FUNCTION fail()');
      expect(reply.status).toBe(500);
      expect(site.logged()).not.toContain('uses_tool');
      expect(await readResponses(wave.waveId)).toEqual([]);
      expect(await readDraft(wave.invitationIds[0]!)).toHaveLength(1);
      expect((await send(agent)).status).toBe(303);
      expect(await readResponses(wave.waveId)).toHaveLength(1);
    },
  );

  test('half an hour past midnight in Norway, the day that is kept is Norway’s', async () => {
    const now = () => new Date('2026-06-30T22:30:00Z');
    const wave = await openExampleWave();
    const agent = await startAs(wave, 0, createApp({ ...site.context, now }));
    await savePage(agent, tools, { uses_tool: 'no' });
    await send(agent);
    expect(
      await readRows('SELECT opened_on::text, answered_on::text FROM invitation WHERE id = :id', {
        id: wave.invitationIds[0]!,
      }),
    ).toEqual([{ opened_on: '2026-07-01', answered_on: '2026-07-01' }]);
  });

  test('writes no audit event', async () => {
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    await savePage(agent, tools, { uses_tool: 'no' });
    const before = await readRows('SELECT count(*) AS count FROM audit_event', {});
    await send(agent);
    expect(await readRows('SELECT count(*) AS count FROM audit_event', {})).toEqual(before);
  });

  test('a wave that closes meanwhile takes no response', async () => {
    const wave = await openExampleWave();
    const agent = await startAs(wave);
    await savePage(agent, tools, { uses_tool: 'no' });
    const form = await openForm(agent, '/undersokelse/oversikt');
    await closeRespondentWave(site.context, wave.waveId);
    await post(agent, '/undersokelse/send', form).expect(410);
    expect(await readResponses(wave.waveId)).toEqual([]);
  });
});
