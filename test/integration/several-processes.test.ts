import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from 'supertest';
import type { Context } from '../../src/context';
import { operator } from '../../src/domain/permissions';
import { createSignInLink } from '../../src/usecases/administrator/create-sign-in-link';
import { grantRole } from '../../src/usecases/administrator/grant-role';
import { createLinks } from '../../src/usecases/coordinator/create-links';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { withDatabase } from '../support/database';
import { createDraftWave, createTestContext, readExample } from '../support/fieldwork';
import { openBrowser, openForm, postForm } from '../support/forms';
import { createRespondentWave } from '../support/respondents';
import { createResultsNetwork } from '../support/results-network';
import { startRoundRobin, type RoundRobin } from '../support/round-robin';
import { clearUp, startProgram, type Program } from './start/programs';

const tools = '/undersokelse/side/tools';
const review = '/undersokelse/oversikt';

const database = withDatabase();
let context: Context;
let servers: readonly { readonly program: Program; readonly port: number }[];
let site: RoundRobin;

async function startServer(): Promise<{ program: Program; port: number }> {
  const environment = { PORT: '0', DATABASE_URL: database.url(), NODE_ENV: 'production', TRUST_PROXY: '1' };
  const program = startProgram({ args: ['bin/server.js'], environment });
  const [, port] = await program.printed(/http:\/\/localhost:(\d+)\//);
  return { program, port: Number(port) };
}

beforeAll(async () => {
  // At the same time, on a database without any questionnaire yet.
  servers = await Promise.all([startServer(), startServer()]);
  context = await createTestContext(database.db());
  site = await startRoundRobin(servers.map(({ port }) => port));
});
afterAll(async () => {
  await site.close();
  await clearUp();
});

async function readCount(sql: string, bindings: Readonly<Record<string, string>> = {}): Promise<number> {
  const { rows } = await context.db.raw<{ rows: { count: number }[] }>(sql, bindings);
  return Number(rows[0]?.count);
}

async function createCoordinatorLink(networkKey: string): Promise<string> {
  const person = { role: 'coordinator', name: 'Kari', email: `${networkKey}@example.org`, networkKey } as const;
  const { actorId } = await grantRole(context, operator, person);
  return (await createSignInLink(context, operator, { actorId })).path;
}

async function signIn(networkKey: string): Promise<Agent> {
  const browser = openBrowser(site.url);
  await browser.post(await createCoordinatorLink(networkKey)).expect(303);
  return browser;
}

async function readStatuses(count: number, ask: () => Promise<{ status: number }>): Promise<readonly number[]> {
  return (await Promise.all(Array.from({ length: count }, ask))).map(({ status }) => status);
}

async function startAnswering(path: string): Promise<Agent> {
  const browser = openBrowser(site.url);
  await browser.post(path).expect(303);
  return browser;
}

function saveTools(browser: Agent, form: Awaited<ReturnType<typeof openForm>>): ReturnType<typeof postForm> {
  return postForm(browser, tools, { ...form, uses_tool: 'no', _action: 'next' });
}

/** Closing and releasing are jobs that any of the processes does. */
async function waitForState(key: string, state: string): Promise<void> {
  const sql = 'SELECT count(*) FROM wave WHERE key = :key AND state = :state';
  while ((await readCount(sql, { key, state })) === 0) await sleep(100);
}

describe('two server processes behind one address', () => {
  test('share sessions: signed in and signed out in one is so in the other', async () => {
    await createDraftWave(context, 'okter');
    const browser = await signIn('okter');
    expect(await readStatuses(4, () => browser.get('/nettverk'))).toEqual([200, 200, 200, 200]);
    await postForm(browser, '/logg-ut', await openForm(browser, '/nettverk'));
    expect(await readStatuses(4, () => browser.get('/nettverk'))).toEqual([401, 401, 401, 401]);
  });

  test('let a sign-in link work once, though both get it at the same time', async () => {
    await createDraftWave(context, 'lenker');
    const path = await createCoordinatorLink('lenker');
    const statuses = await readStatuses(6, () => openBrowser(site.url).post(path));
    expect([...statuses].sort()).toEqual([303, 410, 410, 410, 410, 410]);
  });

  test('merge what two tabs write on different processes', async () => {
    const wave = await createRespondentWave(context);
    const browser = await startAnswering(`/svar/${wave.tokens[0]!}`);
    const path = '/undersokelse/side/introduced';
    const [first, second] = [await openForm(browser, path), await openForm(browser, path)];
    const statuses = await Promise.all([
      postForm(browser, path, { ...first, intro_product: 'yes', _action: 'save' }),
      postForm(browser, path, { ...second, intro_service: 'no', _action: 'save' }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([303, 303]);
    const stale = await postForm(browser, path, { ...second, intro_product: 'no', _action: 'save' });
    expect(stale.status).toBe(409);
    const { rows } = await context.db.raw<{ rows: { answers: unknown }[] }>(
      'SELECT draft.answers FROM draft WHERE draft.invitation_id = :id',
      { id: wave.invitationIds[0]! },
    );
    expect(rows[0]?.answers).toEqual({ intro_product: 'yes', intro_service: 'no' });
  });

  test('take one response of one respondent, however often it is sent', async () => {
    const wave = await createRespondentWave(context, { files: readExample() });
    const browser = await startAnswering(`/svar/${wave.tokens[0]!}`);
    await saveTools(browser, await openForm(browser, tools));
    const form = await openForm(browser, review);
    const statuses = await readStatuses(8, () => postForm(browser, '/undersokelse/send', form));
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(7);
    const sql = 'SELECT count(*) FROM response WHERE response.wave_id = :waveId';
    expect(await readCount(sql, { waveId: wave.waveId })).toBe(1);
  });

  test('seal exactly what was acknowledged while responses come in', async () => {
    await createDraftWave(context, 'steng', { units: 20 });
    await openWave(context, operator, { waveKey: 'steng' });
    const links = await createLinks(context, operator, { waveKey: 'steng' });
    const ready = await Promise.all(
      links.map(async ({ link }) => {
        const browser = await startAnswering(new URL(link).pathname);
        await saveTools(browser, await openForm(browser, tools));
        return { browser, form: await openForm(browser, review) };
      }),
    );
    const coordinator = await signIn('steng');
    const form = await openForm(coordinator, '/runder/steng');
    const send = async ({ browser, form: own }: (typeof ready)[number]): Promise<number> =>
      (await postForm(browser, '/undersokelse/send', own)).status;
    const early = await Promise.all(ready.slice(0, 5).map(send));
    const sending = ready.slice(5, 35).map(send);
    expect((await postForm(coordinator, '/runder/steng/steng', form)).status).toBe(303);
    const late = await Promise.all(ready.slice(35).map(send));
    const meanwhile = await Promise.all(sending);
    expect([new Set(early), new Set(late)]).toEqual([new Set([303]), new Set([410])]);
    expect(meanwhile.filter((status) => status !== 303 && status !== 410)).toEqual([]);
    await waitForState('steng', 'closed');
    const sent = [...early, ...meanwhile].filter((status) => status === 303).length;
    const wave = "JOIN wave ON wave.id = invitation.wave_id AND wave.key = 'steng'";
    expect(
      await readCount("SELECT count(*) FROM response JOIN wave ON wave.id = response.wave_id WHERE wave.key = 'steng'"),
    ).toBe(sent);
    expect(await readCount(`SELECT count(*) FROM invitation ${wave} WHERE invitation.disposition = 'answered'`)).toBe(
      sent,
    );
    expect(
      await readCount(`SELECT count(*) FROM draft JOIN invitation ON invitation.id = draft.invitation_id ${wave}`),
    ).toBe(0);
  });

  test('release a wave once, and both show it', async () => {
    await createResultsNetwork(context, 'frigi', { isReleased: false });
    const browser = await signIn('frigi');
    const form = await openForm(browser, '/runder/frigi');
    const statuses = await readStatuses(2, () => postForm(browser, '/runder/frigi/frigi', form));
    expect(statuses).toEqual([303, 303]);
    await waitForState('frigi', 'released');
    const sql = "SELECT count(*) FROM release JOIN wave ON wave.id = release.wave_id WHERE wave.key = 'frigi'";
    expect(await readCount(sql)).toBe(1);
    const pages = await Promise.all([1, 2].map(() => browser.get('/runder/frigi/sammenligning').expect(200)));
    expect(pages[0]?.text).toBe(pages[1]?.text);
  });

  test('count attempts together, and keep no network address', async () => {
    const address = '198.51.100.7';
    const attempt = (from: string) => () =>
      openBrowser(site.url).post('/logg-inn/finnes-ikke').set('X-Forwarded-For', from);
    expect(new Set(await readStatuses(20, attempt(address)))).toEqual(new Set([410]));
    expect(await readStatuses(4, attempt(address))).toEqual([429, 429, 429, 429]);
    expect(await readStatuses(1, attempt('198.51.100.8'))).toEqual([410]);
    const link = () =>
      openBrowser(site.url)
        .get(`/svar/${'x'.repeat(43)}`)
        .set('X-Forwarded-For', address);
    expect(new Set(await readStatuses(60, link))).toEqual(new Set([404]));
    expect(await readStatuses(4, link)).toEqual([429, 429, 429, 429]);
    const { rows } = await context.db.raw<{ rows: unknown[] }>('SELECT attempt.* FROM attempt');
    expect(rows).not.toHaveLength(0);
    expect(JSON.stringify(rows)).not.toContain(address);
  });

  test('lose no request when one of them is stopped under load', async () => {
    const wave = await createRespondentWave(context);
    const browser = await startAnswering(`/svar/${wave.tokens[0]!}`);
    const path = '/undersokelse/side/introduced';
    const form = await openForm(browser, path);
    let isOver = false;
    const statuses: number[] = [];
    const visit = async (): Promise<void> => {
      while (!isOver) {
        statuses.push((await browser.get(path)).status);
        statuses.push((await postForm(browser, path, { ...form, _action: 'save' })).status);
      }
    };
    const visitors = Array.from({ length: 12 }, visit);
    await sleep(500);
    const [first] = servers;
    expect(await first?.program.kill('SIGTERM')).toBe(0);
    await sleep(500);
    isOver = true;
    await Promise.all(visitors);
    expect(site.failures).toEqual([]);
    expect(new Set(statuses)).toEqual(new Set([200, 303]));
    for (const { program } of servers) expect(program.stderr()).not.toMatch(/"level":[56]0/);
  });
});
