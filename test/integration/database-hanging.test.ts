import request from 'supertest';
import { createDatabase, type Database } from '../../src/db/database';
import { withDatabase } from '../support/database';
import { startDatabaseGate, type DatabaseGate } from '../support/database-gate';
import { readExample } from '../support/fieldwork';
import { openForm, postForm } from '../support/forms';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createRespondentWave } from '../support/respondents';

const page = '/undersokelse/side/tools';
const patience = { statementMilliseconds: 400, silenceMilliseconds: 900, idleTransactionMilliseconds: 500 };
/** Less than the patience that a server has when nothing else is said. */
const mostMilliseconds = 14_000;

const database = withDatabase();
let gate: DatabaseGate;
let db: Database;
let site: RespondentApp;
beforeAll(async () => {
  gate = await startDatabaseGate(database.url());
  db = createDatabase(gate.url, patience);
  site = await createRespondentApp(db);
});
afterAll(async () => {
  gate.open();
  await db.destroy();
  await gate.close();
});

async function startAnswering() {
  const { tokens, invitationIds } = await createRespondentWave(site.context, { files: readExample() });
  const browser = request.agent(site.app);
  await browser.post(`/svar/${tokens[0]!}`).expect(303);
  return { browser, invitationId: invitationIds[0]! };
}

test('a statement that waits too long for a lock ends in the page that keeps what was written', async () => {
  const { browser, invitationId } = await startAnswering();
  const form = await openForm(browser, page);
  await database.db().transaction(async (holder) => {
    await holder.raw('SELECT FROM invitation WHERE id = :invitationId FOR UPDATE', { invitationId });
    const started = Date.now();
    const reply = await postForm(browser, page, { ...form, uses_tool: 'no', _action: 'next' });
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '10']);
    expect(reply.text).toContain('name="uses_tool" value="no"');
    expect(Date.now() - started).toBeLessThan(mostMilliseconds);
  });
  expect((await postForm(browser, page, { ...form, uses_tool: 'no', _action: 'next' })).status).toBe(303);
});

test('a database that says nothing ends in the same page, and is used again when it speaks', async () => {
  const { browser } = await startAnswering();
  const form = await openForm(browser, page);
  gate.stall();
  const started = Date.now();
  const replies = await Promise.all([
    postForm(browser, page, { ...form, uses_tool: 'no', _action: 'next' }),
    browser.get(page),
    browser.get('/ready'),
  ]);
  expect(replies.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect(Date.now() - started).toBeLessThan(mostMilliseconds);
  gate.open();
  expect((await browser.get(page)).status).toBe(200);
  expect((await postForm(browser, page, { ...form, uses_tool: 'no', _action: 'next' })).status).toBe(303);
});

test('a transaction in which nothing is asked any more gives its locks back', async () => {
  const { invitationId } = await startAnswering();
  const sql = 'SELECT FROM invitation WHERE id = :invitationId FOR UPDATE';
  const left = await db.transaction();
  await left.raw(sql, { invitationId });
  await database.db().raw(sql, { invitationId });
  await left.rollback().catch(() => undefined);
});

test('commands and jobs wait as long as they have to', async () => {
  const patient = createDatabase(database.url());
  const { rows } = await patient.raw<{ rows: unknown[] }>(
    `SELECT current_setting('statement_timeout') AS statement, current_setting('datestyle') AS dates`,
  );
  await patient.destroy();
  expect(rows).toEqual([{ statement: '0', dates: 'ISO, YMD' }]);
});
