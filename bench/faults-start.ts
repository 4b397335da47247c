import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEmbeddedDatabase } from '../src/platform/embedded-postgres/open-embedded-database';
import { countRows, readPostmasterPid, stopPostgresIn } from './support/fault-traces';
import { report, type Figure } from './support/figures';
import { compileProduct, makeBenchFolder, removeBenchFolder, startProduct } from './support/site';

/**
 * Kills the server or Postgres at moments spread over the first start, which migrates and (in a second series) fills in
 * the demo, starts again and compares every table with that of an undisturbed start. Arguments: rounds of migration,
 * rounds of the demo.
 */
const migrationRounds = Number(process.argv[2] ?? 20);
const demoRounds = Number(process.argv[3] ?? 20);
const victims = ['server', 'Postgres'] as const;
type Victim = (typeof victims)[number];

interface Series {
  readonly name: string;
  readonly rounds: number;
  readonly environment: Readonly<Record<string, string>>;
}

const allSeries: readonly Series[] = [
  { name: 'migration', rounds: migrationRounds, environment: { NODE_ENV: 'production' } },
  { name: 'demo', rounds: demoRounds, environment: { NODE_ENV: 'development' } },
];

async function readRows(dataDirectory: string): Promise<string> {
  const { databaseUrl, stop } = await openEmbeddedDatabase({ dataDirectory, purpose: 'command' });
  try {
    return await countRows(databaseUrl);
  } finally {
    await stop();
  }
}

/** Starts until it is ready, stops in good order, and tells what there is. */
async function startWhole(
  folder: string,
  dataDirectory: string,
  series: Series,
): Promise<{ readonly milliseconds: number; readonly rows: string }> {
  const started = performance.now();
  const server = await startProduct(folder, { DATA_DIR: dataDirectory, ...series.environment });
  const milliseconds = performance.now() - started;
  await server.kill('SIGTERM');
  return { milliseconds, rows: await readRows(dataDirectory) };
}

function killPostgres(dataDirectory: string): boolean {
  try {
    process.kill(readPostmasterPid(dataDirectory), 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

/** Starts, and kills after a while; a server that loses its database has to end or to go on by itself. */
async function startAndKill(
  folder: string,
  dataDirectory: string,
  { series, victim, after }: { series: Series; victim: Victim; after: number },
): Promise<void> {
  const log = openSync(join(folder, 'killed.log'), 'a');
  const child = spawn(process.execPath, [join('dist', 'src', 'server.js')], {
    cwd: folder,
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: dataDirectory, ...series.environment },
    stdio: ['ignore', log, log],
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await sleep(after);
  if (victim === 'Postgres' && killPostgres(dataDirectory)) await Promise.race([ended, sleep(1_000)]);
  child.kill('SIGKILL');
  await ended;
}

async function runSeries(folder: string, series: Series): Promise<readonly Figure[]> {
  const place = (name: string): string => {
    const path = join(folder, name);
    mkdirSync(path, { mode: 0o711 });
    return path;
  };
  const clean = place(`${series.name}-clean`);
  const reference = await startWhole(folder, clean, series);
  rmSync(clean, { recursive: true, force: true });
  const figures: Figure[] = [];
  for (const victim of victims) {
    const again: number[] = [];
    let different = 0;
    for (let round = 0; round < series.rounds; round += 1) {
      const dataDirectory = place(`${series.name}-${victim}-${round}`);
      const after = (reference.milliseconds * (round + 0.5)) / series.rounds;
      await startAndKill(folder, dataDirectory, { series, victim, after });
      const redone = await startWhole(folder, dataDirectory, series);
      again.push(redone.milliseconds);
      process.stderr.write(
        `${series.name}, ${victim}, round ${round + 1}: killed after ${after.toFixed(0)} ms, next start ${redone.milliseconds.toFixed(0)} ms\n`,
      );
      if (redone.rows !== reference.rows) {
        different += 1;
        process.stdout.write(
          `${victim} after ${after.toFixed(0)} ms:\n${redone.rows}\ninstead of\n${reference.rows}\n`,
        );
      }
      await stopPostgresIn(dataDirectory);
      rmSync(dataDirectory, { recursive: true, force: true });
    }
    const name = `kill -9 of ${victim === 'server' ? 'the server' : victim} during the ${series.name}`;
    figures.push(
      {
        name: `${name}: starts that end otherwise`,
        rounds: [different],
        unit: `of ${series.rounds}`,
        target: { atMost: 0 },
      },
      { name: `${name}: next start`, rounds: again, unit: 'ms', reference: `${reference.milliseconds.toFixed(0)} ms` },
    );
  }
  return figures;
}

async function run(folder: string): Promise<void> {
  compileProduct(folder);
  const figures: Figure[] = [];
  for (const series of allSeries) if (series.rounds > 0) figures.push(...(await runSeries(folder, series)));
  const told = new Set(
    readFileSync(join(folder, 'killed.log'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !/^(?:Fyller inn|Innovasjonsbarometer|\s|Prøv|Try)/.test(line))
      .map((line) => line.replaceAll(folder, '…').slice(0, 160)),
  );
  const remarks = [`What servers said that lost their database: ${[...told].join(' / ') || 'nothing'}`];
  report(figures, { remarks });
}

const folder = makeBenchFolder();
void run(folder).finally(() => {
  removeBenchFolder(folder);
});
