import type { Response } from 'supertest';
import request from 'supertest';
import { createDatabase, type Database } from '../../src/db/database';
import { withDatabase } from '../support/database';
import { startDatabaseGate, type DatabaseGate } from '../support/database-gate';
import { createDraftWave, readExample } from '../support/fieldwork';
import { openForm, postForm, type Fields } from '../support/forms';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createRespondentWave } from '../support/respondents';
import { signInAs } from '../support/results-network';

const training = '/undersokelse/side/training_page';
const tools = '/undersokelse/side/tools';
const wish = 'Mer tid & "ro"\nog en kopp <kaffe>';

const database = withDatabase();
let gate: DatabaseGate;
let db: Database;
let site: RespondentApp;
beforeAll(async () => {
  gate = await startDatabaseGate(database.url());
  db = createDatabase(gate.url);
  site = await createRespondentApp(db);
});
beforeEach(() => {
  gate.open();
});
afterAll(async () => {
  await db.destroy();
  await gate.close();
});

/** What the button of a page would send. */
function readKept(html: string): Fields {
  const unescape = (text: string): string =>
    text
      .replaceAll('&#34;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  const names = new Set(fields.map(([, name = '']) => name));
  const valuesOf = (wanted: string) =>
    fields.flatMap(([, name = '', value = '']) => (name === wanted ? [unescape(value)] : []));
  return Object.fromEntries([...names].map((name) => [unescape(name), valuesOf(name)]));
}

function expectAway(response: Response, heading: string): void {
  expect([response.status, response.headers['retry-after']]).toEqual([503, '10']);
  expect(response.text).toContain(`>${heading}</h1>`);
  expect(response.text).not.toMatch(/ECONN|Connection terminated|node_modules/);
}

async function startAs(language: 'nb' | 'nn') {
  const { tokens, invitationIds } = await createRespondentWave(site.context, { files: readExample(), language });
  const browser = request.agent(site.app);
  await browser.post(`/svar/${tokens[0]!}`).expect(303);
  return { browser, token: tokens[0]!, invitationId: invitationIds[0]! };
}

test('a page that cannot be saved comes back in the respondent’s language, keeps all that was written and sends it again', async () => {
  const { browser, invitationId } = await startAs('nn');
  await postForm(browser, tools, { ...(await openForm(browser, tools)), uses_tool: 'no', _action: 'next' });
  const form = await openForm(browser, training);
  gate.shut();
  const away = await postForm(browser, training, { ...form, wish, _action: 'next' });
  expectAway(away, 'Tenesta er borte ei lita stund');
  expect(away.text).toContain('Det du skreiv, er ikkje borte');
  gate.open();
  const again = await postForm(browser, training, readKept(away.text));
  expect([again.status, again.headers['location']]).toEqual([303, '/undersokelse/oversikt']);
  const { rows } = await db.raw<{ rows: { answers: Record<string, unknown> }[] }>(
    'SELECT draft.answers FROM draft WHERE draft.invitation_id = :invitationId',
    { invitationId },
  );
  expect(rows[0]?.answers['wish']).toBe(wish);
});

test('automatic saving is told in its own form, so that the script tries again', async () => {
  const { browser } = await startAs('nn');
  const form = await openForm(browser, tools);
  gate.shut();
  const reply = await postForm(browser, '/undersokelse/lagre', { ...form, uses_tool: 'no' });
  expect(reply.status).toBe(503);
  expect(reply.body).toEqual({ message: 'Ikkje lagra enno. Vi prøver igjen av oss sjølve.' });
});

test('sending, links, signing in and pages with a session say the same, and limits refuse nobody', async () => {
  await createDraftWave(site.context, 'borte');
  const coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'borte' });
  const { browser, token } = await startAs('nb');
  await postForm(browser, tools, { ...(await openForm(browser, tools)), uses_tool: 'no', _action: 'next' });
  const form = await openForm(browser, '/undersokelse/oversikt');
  gate.shut();
  const heading = 'Tjenesten er borte et øyeblikk';
  expectAway(await postForm(browser, '/undersokelse/send', form), heading);
  expectAway(await browser.get(tools), heading);
  expectAway(await browser.get(`/svar/${token}`), heading);
  expectAway(await browser.post(`/svar/${token}`), heading);
  expectAway(await browser.post('/logg-inn/x'), heading);
  expectAway(await coordinator.get('/nettverk'), heading);
  expectAway(await browser.get('/'), heading);
  await browser.get('/ready').expect(503);
  await browser.get('/health').expect(200);
  gate.open();
  expect((await postForm(browser, '/undersokelse/send', form)).headers['location']).toBe('/undersokelse/kvittering');
  await browser.get('/ready').expect(200);
  await coordinator.get('/nettverk').expect(200);
});

test('a page in a hundred requests at once, while the database goes and comes, is a page or a clear answer', async () => {
  const { browser } = await startAs('nb');
  const statuses = new Map<number, number>();
  for (let turn = 0; turn < 5; turn += 1) {
    const asked = Array.from({ length: 20 }, async () => {
      const { status } = await browser.get(tools);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    });
    setTimeout(gate.shut, turn * 3);
    await Promise.all(asked);
    gate.open();
  }
  expect([...statuses.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(statuses.get(503)).toBeGreaterThan(0);
  await browser.get(tools).expect(200);
});
