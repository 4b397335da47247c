import request from 'supertest';
import { createApp } from '../../src/app';
import type { Context } from '../../src/context';
import { deleteExpiredAddresses } from '../../src/usecases/administrator/delete-expired-addresses';
import { forgetAttempts } from '../../src/usecases/administrator/forget-attempts';
import { withDatabase } from '../support/database';
import { createDraftWave, readExample } from '../support/fieldwork';
import { openForm, postForm } from '../support/forms';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createRespondentWave } from '../support/respondents';
import { signInAs } from '../support/results-network';

const hour = 3_600_000;
const day = 24 * hour;
const tools = '/undersokelse/side/tools';

const database = withDatabase();
let offset = 0;
let site: RespondentApp;
let context: Context;
beforeAll(async () => {
  const made = await createRespondentApp(database.db(), { TRUST_PROXY: '1' });
  context = { ...made.context, now: () => new Date(Date.now() + offset) };
  site = { ...made, context, app: createApp(context) };
});
beforeEach(() => {
  offset = 0;
});

async function readCount(sql: string): Promise<number> {
  const { rows } = await database.db().raw<{ rows: { count: number }[] }>(`SELECT count(*) AS count FROM ${sql}`);
  return Number(rows[0]?.count);
}

test.each([
  ['back by an hour', -hour, 200],
  ['back by a month', -30 * day, 401],
  ['forward by an hour', hour, 200],
  ['forward by a day', day, 401],
])(
  'a clock that goes %s: somebody signed in is asked to sign in again where their time is over',
  async (name, by, status) => {
    const key = `klokke-${name.replaceAll(' ', '-')}`;
    await createDraftWave(context, key);
    const browser = await signInAs(site, { role: 'coordinator', networkKey: key });
    offset = by;
    await browser.get('/nettverk').expect(status);
    offset = 0;
    await browser.get('/nettverk').expect(200);
  },
);

test('a clock that goes forth and back takes nothing from a respondent', async () => {
  const wave = await createRespondentWave(context, { files: readExample() });
  const browser = request.agent(site.app);
  await browser.post(`/svar/${wave.tokens[0]!}`).expect(303);
  const form = await openForm(browser, tools);
  offset = 8 * day;
  await browser.get(tools).expect(401);
  offset = -400 * day;
  expect((await postForm(browser, tools, { ...form, uses_tool: 'no', _action: 'next' })).status).toBe(303);
  offset = 0;
  const sent = await postForm(browser, '/undersokelse/send', await openForm(browser, '/undersokelse/oversikt'));
  expect(sent.headers['location']).toBe('/undersokelse/kvittering');
});

test('limits count anew after a clock that goes back, and keep counting after the key of the day is gone', async () => {
  const attempt = () => request(site.app).post('/logg-inn/x').set('X-Forwarded-For', '203.0.113.77');
  for (let count = 0; count < 20; count += 1) await attempt().expect(410);
  await attempt().expect(429);
  offset = -day;
  await attempt().expect(410);
  await forgetAttempts(context);
  expect(await readCount('attempt_key')).toBe(1);
  offset = 2 * day;
  await attempt().expect(410);
  await forgetAttempts(context);
  expect([await readCount('attempt_key'), await readCount('attempt')]).toEqual([1, 1]);
});

test('addresses are not deleted by a clock that leaps ahead, and are on the promised day', async () => {
  await createRespondentWave(context);
  const promised = 'invitation JOIN wave ON wave.id = invitation.wave_id WHERE wave.delete_addresses_on IS NOT NULL';
  const invited = await readCount(promised);
  const passAt = async (days: number): Promise<number> => {
    offset = days * day;
    await deleteExpiredAddresses(context);
    return readCount(promised);
  };
  expect(await passAt(0)).toBe(invited);
  expect([await passAt(3_000), await passAt(3_000.5), await passAt(0), await passAt(1)]).toEqual(
    Array(4).fill(invited),
  );
  // Off for two years: a day after it has come back the installation believes its clock.
  expect([await passAt(700), await passAt(700.9), await passAt(701)]).toEqual([invited, invited, 0]);
});
