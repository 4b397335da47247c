import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../src/app';
import { createDatabase } from '../src/db/database';
import { createTestContext } from '../test/support/fieldwork';
import { listRoutes } from '../test/support/fuzz/list-routes';
import { runFuzz, type Violation } from '../test/support/fuzz/run';
import { createFuzzSite } from '../test/support/fuzz/site';
import { report } from './support/figures';
import { describePostgres, startPostgres } from './support/postgres';
import { compileProduct, makeBenchFolder, removeBenchFolder, startProduct } from './support/site';

/**
 * Sends sound, unsound and senseless requests over every route and lists every answer that is a 500, a leak or none.
 * Arguments: number of requests, seed, connections.
 */
const count = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? 1);
const connections = Number(process.argv[4] ?? 16);
const progressStep = 10_000;
const mostShown = 20;

function describe({ number, request, wrong }: Violation): string {
  return `${number} ${request.method} ${request.route}: ${wrong.join(', ')}\n${request.bytes.toString('latin1').slice(0, 900)}\n`;
}

async function run(folder: string): Promise<void> {
  compileProduct(folder);
  const postgres = await startPostgres(join(folder, 'data'));
  const server = await startProduct(folder, { DATABASE_URL: postgres.databaseUrl, LOG_LEVEL: 'error' });
  const context = await createTestContext(createDatabase(postgres.databaseUrl));
  const routes = listRoutes(createApp(context));
  const site = await createFuzzSite(context, server.port);
  const started = performance.now();
  const progress = (done: number): void => {
    if (done % progressStep === 0) process.stdout.write(`${done} of ${count}\n`);
  };
  const { violations, statuses } = await runFuzz({ seed, count, connections, routes, site, progress });
  const seconds = (performance.now() - started) / 1000;
  for (const violation of violations.slice(0, mostShown)) process.stdout.write(`${describe(violation)}\n`);
  const isAlive = await fetch(`http://127.0.0.1:${server.port}/ready`).then(
    ({ status }) => status === 200,
    () => false,
  );
  const log = readFileSync(join(folder, 'server.log'), 'utf8');
  const faults = log.split('\n').filter((line) => /"level":[56]0|Error|unhandled/i.test(line));
  for (const line of faults.slice(0, mostShown)) process.stdout.write(`${line.slice(0, 1_500)}\n`);
  const spread = [...statuses].sort(([a], [b]) => a - b).map(([status, number]) => `${status || 'none'}: ${number}`);
  report(
    [
      { name: 'requests', rounds: [count], unit: `over ${routes.length} routes, seed ${seed}` },
      { name: 'wrong answers', rounds: [violations.length], unit: 'requests', target: { atMost: 0 } },
      { name: 'faults in the log', rounds: [faults.length], unit: 'lines', target: { atMost: 0 } },
      { name: 'ready afterwards', rounds: [isAlive ? 1 : 0], unit: 'of 1', target: { atLeast: 1 } },
      { name: 'rate', rounds: [count / seconds], unit: 'requests/s' },
    ],
    { postgres: await describePostgres(context), remarks: [`Answers by status: ${spread.join(', ')}.`] },
  );
  await server.kill('SIGTERM');
  await context.db.destroy();
  await postgres.stop();
}

const folder = makeBenchFolder();
void run(folder).finally(() => {
  removeBenchFolder(folder);
});
