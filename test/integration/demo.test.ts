import type { Express } from 'express';
import request from 'supertest';
import { createApp } from '../../src/app';
import type { Context } from '../../src/context';
import { createSurveyFileReader } from '../../src/db/survey-files';
import { describeDemoLinks } from '../../src/demo/describe-demo-links';
import { fillDemo } from '../../src/demo/fill-demo';
import { surveysFolder } from '../../src/platform/package-root';
import { prepareInstallation } from '../../src/usecases/administrator/prepare-installation';
import { withDatabase } from '../support/database';
import { createTestContext } from '../support/fieldwork';

const database = withDatabase();
let context: Context;
let app: Express;
const told: string[] = [];

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
  context = await createTestContext(database.db());
  await prepareInstallation(context, createSurveyFileReader(surveysFolder));
  await fillDemo(context, (line) => told.push(line));
  app = createApp(context);
}, 180_000);

describe('the demo network', () => {
  it('has seven members with about 1,150 workplaces, two released waves and an open one', async () => {
    const units = await select(
      'SELECT count(*) AS units, count(DISTINCT organisation_id) AS organisations FROM unit GROUP BY wave_id',
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

  it('shows at least nine tenths of the rows of Asker and half of the cells of organisation by sector', async () => {
    const visible = (pattern: string): Promise<number> =>
      share(`SELECT avg((NOT is_suppressed)::int) AS share FROM release_estimate WHERE group_key LIKE '${pattern}'`);
    expect(await visible('organisation=asker')).toBeGreaterThan(0.9);
    expect(await visible('organisation=%;sector=%')).toBeGreaterThan(0.5);
  });

  it('has shares near the published ones', async () => {
    const near = async (indicator: string, option: string, published: number): Promise<void> => {
      const own = await share(`
        SELECT share FROM release_estimate JOIN release ON release.id = release_id JOIN wave ON wave.id = wave_id
         WHERE wave.key = '2024' AND group_key = 'network' AND indicator = '${indicator}' AND option = '${option}'`);
      expect(Math.abs(own - published)).toBeLessThan(0.07);
    };
    await near('innovative_share', 'any', 0.8);
    await near('latest_types', 'process_organisation', 0.79);
    await near('value', 'quality', 0.7);
    await near('technology_role', 'technological_total', 0.37);
  });

  it('is not filled in twice', async () => {
    await fillDemo(context, (line) => told.push(line));
    expect(told).toHaveLength(1);
    expect(await select('SELECT key FROM network')).toHaveLength(1);
  });

  it('says on every page that shows it that the data is synthetic', async () => {
    for (const path of ['/', '/?lang=nn', '/?lang=en', '/?lang=da']) {
      const page = await request(app).get(path);
      expect(page.status).toBe(200);
      expect(page.text).toMatch(/yntetiske demodata|ynthetic demo data/);
    }
  });

  it('prints one working link each for a respondent, a coordinator and a researcher', async () => {
    const [heading, ...lines] = await describeDemoLinks(context);
    expect(heading).toContain('syntetiske');
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      const path = new URL(line.trim().split(/\s+/).at(-1) ?? '').pathname;
      expect((await request(app).get(path)).status).toBe(200);
    }
  });
});

describe('ways in from the front page', () => {
  it.each(['coordinator', 'researcher'])('lets a visitor in as %s with a link that works once', async (role) => {
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
  });

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
    expect((await request(app).get('/ready')).body).toEqual({ status: 'ok' });
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
