import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import request from 'supertest';
import { createApp } from '../../src/app';
import { loadConfig } from '../../src/config';
import { createContext, type Context } from '../../src/context';
import { describeDemoLinks } from '../../src/demo/describe-demo-links';
import { fillDemo } from '../../src/demo/fill-demo';
import { operator } from '../../src/domain/permissions';
import { createLog } from '../../src/platform/log';
import { readReadiness } from '../../src/usecases/coordinator/read-readiness';
import { withDatabase } from '../support/database';
import { fillDemoDatabase } from '../support/harvest/demo-site';

const database = withDatabase();
let context: Context;
let app: Express;
const dataFolder = mkdtempSync(join(tmpdir(), 'barometer-demo-'));
const mailFolder = join(dataFolder, 'mail');
/** MD5 of who was invited where and what became of it. */
const expectedOutcomes = '6570fca98451bd1444080fa11fdceaa3';

interface Row {
  readonly [column: string]: string | number;
}

async function select(sql: string): Promise<Row[]> {
  const result = await context.db.raw<{ rows: Row[] }>(sql);
  return result.rows;
}

async function share(sql: string): Promise<number> {
  const [row] = await select(sql);
  return Number(row?.['share']);
}

beforeAll(async () => {
  const config = loadConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATA_DIR: dataFolder });
  context = await createContext({ config, db: database.db(), log: createLog(config) });
  await fillDemoDatabase(database.url(), dataFolder);
  app = createApp(context);
}, 600_000);

afterAll(() => {
  rmSync(dataFolder, { recursive: true, force: true });
});

describe('the demo network', () => {
  it('has seven members with about 1,150 workplaces, and a wave at every stage', async () => {
    const units = await select(
      `SELECT count(*) AS units, count(DISTINCT organisation_id) AS organisations
         FROM unit JOIN wave ON wave.id = wave_id WHERE wave.key IN ('2022', '2024', '2026') GROUP BY wave_id`,
    );
    expect(units).toHaveLength(3);
    for (const wave of units) {
      expect(Number(wave['organisations'])).toBe(7);
      expect(Number(wave['units'])).toBeGreaterThan(1100);
      expect(Number(wave['units'])).toBeLessThan(1200);
    }
    const waves = await select('SELECT key, state, anonymity_level FROM wave ORDER BY key');
    expect(waves).toEqual([
      { key: '2022', state: 'released', anonymity_level: 'fortrolig' },
      { key: '2024', state: 'released', anonymity_level: 'fortrolig' },
      { key: '2026', state: 'open', anonymity_level: 'anonym' },
      { key: '2028', state: 'draft', anonymity_level: 'anonym' },
      { key: 'prove-2025', state: 'closed', anonymity_level: 'fortrolig' },
    ]);
  });

  it('was answered by 54 to 61 per cent in the released waves', async () => {
    const rates = await select(`
      SELECT avg((disposition = 'answered')::int) AS share FROM invitation JOIN wave ON wave.id = invitation.wave_id
       WHERE wave.state = 'released' GROUP BY wave.id`);
    for (const rate of rates) {
      expect(Number(rate['share'])).toBeGreaterThan(0.54);
      expect(Number(rate['share'])).toBeLessThan(0.61);
    }
  });

  it('has a wave in the field with mail that was answered, declined, refused and returned, and a reminder that is planned', async () => {
    const [outcomes] = await select(`
      SELECT count(*) AS invited, count(*) FILTER (WHERE disposition = 'answered') AS answered,
             count(*) FILTER (WHERE disposition = 'R') AS declined,
             count(*) FILTER (WHERE disposition = 'UE') AS undeliverable,
             count(*) FILTER (WHERE disposition IS NULL AND invitation.opened_on IS NOT NULL) AS opened
        FROM invitation JOIN wave ON wave.id = wave_id WHERE wave.key = '2026'`);
    expect(Number(outcomes?.['invited'])).toBe(290);
    expect(Number(outcomes?.['answered'])).toBeGreaterThan(60);
    for (const outcome of ['declined', 'undeliverable', 'opened']) {
      expect([outcome, Number(outcomes?.[outcome]) >= 4]).toEqual([outcome, true]);
    }
    const states = await select('SELECT state FROM mailing ORDER BY number');
    expect(states.map(({ state }) => state)).toEqual(['done', 'done', 'planned']);
    const mails = await select('SELECT DISTINCT state FROM mail_item ORDER BY state');
    expect(mails.map(({ state }) => state)).toEqual(['bounced', 'refused', 'sent']);
    expect(readdirSync(mailFolder).length).toBeGreaterThan(100);
  });

  it('has figures for everybody, a release that waits for a second person, and a draft with something left to do', async () => {
    expect(
      await select(`SELECT DISTINCT key FROM release JOIN wave ON wave.id = wave_id WHERE audience = 'public'`),
    ).toEqual([{ key: '2024' }]);
    const waiting = await select('SELECT key, approved_by FROM release_request JOIN wave ON wave.id = wave_id');
    expect(waiting).toEqual([{ key: 'prove-2025', approved_by: null }]);
    const checks = await readReadiness(context, operator, { waveKey: '2028' });
    const missing = checks.filter(({ status }) => status === 'missing').map(({ name }) => name);
    expect(missing).toEqual(expect.arrayContaining(['frame', 'privacy', 'privacy_organisations']));
    expect(checks.find(({ name }) => name === 'test_mail')?.status).toBe('advice');
  });

  it('gives the same network every time', async () => {
    const outcomes = await select(`
      SELECT md5(string_agg(concat(wave.key, unit.key, unit.name, invitation.name, invitation.disposition), ',' ORDER BY wave.key, unit.key)) AS hash
        FROM invitation JOIN unit ON unit.id = unit_id JOIN wave ON wave.id = invitation.wave_id`);
    expect(outcomes).toEqual([{ hash: expectedOutcomes }]);
  });

  it('shows nine tenths of the rows of Asker, and most cells of organisation by sector with enough answers', async () => {
    const visible = (pattern: string): Promise<number> =>
      share(`SELECT avg((NOT is_suppressed)::int) AS share
               FROM release_estimate JOIN release ON release.id = release_estimate.release_id
               LEFT JOIN release_hidden_reason USING (release_id, indicator, group_key)
              WHERE audience = 'network' AND group_key LIKE '${pattern}'
                AND release_hidden_reason.reason IS DISTINCT FROM 'empty'
                AND release_hidden_reason.reason IS DISTINCT FROM 'threshold'`);
    expect(await visible('organisation=asker')).toBeGreaterThan(0.9);
    expect(await visible('organisation=%;sector=%')).toBeGreaterThan(0.75);
  });

  it('has shares near the published ones', async () => {
    const near = async (indicator: string, option: string, published: number): Promise<void> => {
      const own = await share(`
        SELECT share FROM release_estimate JOIN release ON release.id = release_id JOIN wave ON wave.id = wave_id
         WHERE wave.key = '2024' AND audience = 'network' AND group_key = 'network' AND indicator = '${indicator}' AND option = '${option}'`);
      expect(Math.abs(own - published)).toBeLessThan(0.07);
    };
    await near('innovative_share', 'any', 0.8);
    await near('latest_types', 'process_organisation', 0.79);
    await near('value', 'quality', 0.7);
    await near('technology_role', 'technological_total', 0.37);
  });

  it('is not filled in twice', async () => {
    const told: string[] = [];
    await fillDemo(context, (line) => told.push(line));
    expect(told).toEqual([]);
    expect(await select('SELECT key FROM network')).toHaveLength(1);
  });

  it('says on every page that shows it that the data is synthetic', async () => {
    for (const path of ['/', '/?lang=nn', '/?lang=en', '/?lang=da']) {
      const page = await request(app).get(path);
      expect(page.status).toBe(200);
      expect(page.text).toMatch(/yntetiske demodata|ynthetic demo data/);
    }
  });

  it('prints one working link each for a respondent, a coordinator, a contact, a researcher and an administrator', async () => {
    const [heading, ...lines] = await describeDemoLinks(context);
    expect(heading).toContain('syntetiske');
    expect(lines).toHaveLength(5);
    for (const line of lines) {
      const path = new URL(line.trim().split(/\s+/).at(-1) ?? '').pathname;
      expect((await request(app).get(path)).status).toBe(200);
    }
  });
});

describe('ways in from the front page', () => {
  it.each(['coordinator', 'organisation_contact', 'researcher'])(
    'lets a visitor in as %s with a link that works once',
    async (role) => {
      const agent = request.agent(app);
      const given = await agent.post(`/demo/${role}`);
      const link = String(given.headers['location']);
      expect(link).toMatch(/^\/logg-inn\/[\w-]{43}$/);
      expect((await agent.get(link)).text).toContain('<button');
      const signedIn = await agent.post(link);
      expect([signedIn.status, signedIn.headers['location']]).toEqual([303, '/nettverk']);
      expect((await agent.get('/nettverk')).text).toContain('Regionalt innovasjonsnettverk');
      const again = await request(app).post(link);
      expect(again.status).toBe(410);
      expect(again.text).toContain('Innloggingslenken kan ikke brukes');
    },
  );

  it('signs out for good', async () => {
    const agent = request.agent(app);
    await agent.post(String((await agent.post('/demo/coordinator')).headers['location']));
    const page = await agent.get('/nettverk');
    const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    expect((await agent.post('/logg-ut').type('form').send({ _csrf: 'wrong' })).status).toBe(403);
    expect((await agent.post('/logg-ut').type('form').send({ _csrf: token })).status).toBe(303);
    expect((await agent.get('/nettverk')).status).toBe(401);
  });

  it('refuses roles that the demo does not give, and posts from other sites', async () => {
    expect((await request(app).post('/demo/administrator')).status).toBe(404);
    expect((await request(app).post('/demo/coordinator').set('Sec-Fetch-Site', 'cross-site')).status).toBe(403);
  });

  it('keeps sign-in tokens only as hashes, and starts no session for somebody who looks around', async () => {
    const link = String((await request(app).post('/demo/researcher')).headers['location']);
    const [found] = await select(
      `SELECT count(*) AS found FROM sign_in_link WHERE token_hash::text LIKE '%${link.slice(10)}%'`,
    );
    expect(Number(found?.['found'])).toBe(0);
    const before = await select('SELECT count(*) AS sessions FROM session');
    await request(app).get('/');
    await request(app).get(link);
    expect(await select('SELECT count(*) AS sessions FROM session')).toEqual(before);
  });
});

describe('health', () => {
  it('tells that the process and the database answer', async () => {
    expect((await request(app).get('/health')).body).toEqual({ status: 'ok' });
    expect((await request(app).get('/ready')).body).toEqual({
      status: 'ok',
      database: 'ok',
      migrations: 'ok',
      queue: 'ok',
    });
  });
});

describe('a page that does not exist', () => {
  it('is told in the visitor’s language, without a stack', async () => {
    const page = await request(app).get('/finnes-ikke?lang=da');
    expect(page.status).toBe(404);
    expect(page.text).toContain('Vi kan ikke finde siden');
    expect(page.text).not.toMatch(/node_modules|at \w+ \(/);
  });
});
