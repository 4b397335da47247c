import { createApp } from '../../src/app';
import type { Context } from '../../src/context';
import { withDatabase } from '../support/database';
import { createTestContext } from '../support/fieldwork';
import { listRoutes } from '../support/fuzz/list-routes';
import { runFuzz } from '../support/fuzz/run';
import { createFuzzSite, type FuzzSite } from '../support/fuzz/site';
import { clearUp, startProgram, type Program } from './start/programs';

const requestCount = 4_000;
const seed = 20_261_122;

const database = withDatabase();
let context: Context;
let server: Program;
let site: FuzzSite;

beforeAll(async () => {
  const environment = { PORT: '0', DATABASE_URL: database.url(), NODE_ENV: 'production', TRUST_PROXY: '1' };
  server = startProgram({ args: ['bin/server.js'], environment: { ...environment, LOG_LEVEL: 'error' } });
  const [, port] = await server.printed(/http:\/\/localhost:(\d+)\//);
  context = await createTestContext(database.db());
  site = await createFuzzSite(context, Number(port));
});
afterAll(clearUp);

test('no request, sound or senseless, gets a fault of ours, a secret or no answer', async () => {
  const routes = listRoutes(createApp(context));
  expect(routes.map(({ path }) => path)).toEqual(expect.arrayContaining(['/svar/:token', '/runder/:wave', '/ready']));
  const { violations, statuses } = await runFuzz({ seed, count: requestCount, connections: 8, routes, site });
  expect(violations.map(({ wrong, request }) => [wrong, request.bytes.toString('latin1').slice(0, 500)])).toEqual([]);
  const wanted = [200, 303, 400, 401, 403, 404, 409, 413, 414, 415, 422, 431];
  expect(wanted.filter((status) => !statuses.has(status))).toEqual([]);
  expect((await fetch(`http://127.0.0.1:${site.port}/ready`)).status).toBe(200);
  expect(server.stderr()).toBe('');
});
