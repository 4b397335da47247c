import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countHalfStates, isLost, isUnclear, listCauses, readStored, stopPostgresIn } from './support/fault-traces';
import { report } from './support/figures';
import { startLoad } from './support/load';
import type { JourneyOutcome } from './support/load-jobs';
import { createBenchContext, openBenchWave, planJourneys } from './support/network';
import { describePostgres, startPostgres } from './support/postgres';
import { compileProduct, makeBenchFolder, removeBenchFolder, startProduct } from './support/site';

/**
 * Fills the disk of Postgres while respondents answer, makes room again, and counts what had been acknowledged and is
 * gone. Needs the right to mount a small file system in memory. Arguments: seconds without room, size in MiB.
 */
const fullSeconds = Number(process.argv[2] ?? 8);
const sizeMebibytes = Number(process.argv[3] ?? 250);
const connections = 8;
const journeysPerPart = 150;
const beforeMilliseconds = 1_500;
const recoveryPatienceMilliseconds = 60_000;
const pollMilliseconds = 50;
const pieceBytes = 64 * 1024;

/** Writes until nothing more goes in. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(pieceBytes));
  } catch {
    // Full.
  } finally {
    closeSync(file);
  }
}

async function waitUntilReady(port: number): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < recoveryPatienceMilliseconds) {
    const status = await fetch(`http://127.0.0.1:${port}/ready`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return performance.now() - started;
    await sleep(pollMilliseconds);
  }
  throw new Error('the server did not recover');
}

/** Statuses of the answers that ended journeys early. */
function countFailures(journeys: readonly JourneyOutcome[]): string {
  const counts = new Map<string, number>();
  for (const { failure } of journeys) {
    const kind = failure === null ? 'none' : (/: (\d+) instead of/.exec(failure)?.[1] ?? failure);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${kind}: ${count}`).join(', ');
}

async function run(folder: string, disk: string): Promise<void> {
  compileProduct(folder);
  const postgres = await startPostgres(disk);
  const context = await createBenchContext(postgres.databaseUrl);
  const invited = await openBenchWave(context, 4 * journeysPerPart);
  const server = await startProduct(folder, { DATA_DIR: disk });
  // From here on only the server looks after Postgres.
  await postgres.stop();
  const load = startLoad();
  const plans = planJourneys(invited);
  const ballast = join(disk, 'ballast');
  const travelling = load.journeys({ port: server.port, connections, plans: plans.slice(0, 3 * journeysPerPart) });
  await sleep(beforeMilliseconds);
  const end = performance.now() + fullSeconds * 1000;
  // Postgres frees files of its own now and then: they are taken at once.
  for (let piece = 0; performance.now() < end; piece += 1) {
    fill(`${ballast}-${piece}`);
    await sleep(pollMilliseconds * 4);
  }
  const { bavail, bsize } = statfsSync(disk);
  const first = await travelling;
  for (const name of execFileSync('find', [disk, '-name', 'ballast-*']).toString().trim().split('\n')) rmSync(name);
  const milliseconds = await waitUntilReady(server.port);
  const second = await load.journeys({ port: server.port, connections, plans: plans.slice(3 * journeysPerPart) });
  const idByLink = new Map(invited.map(({ link, invitationId }) => [link, invitationId]));
  const stored = await readStored(context, idByLink);
  const journeys = [...first.journeys, ...second.journeys];
  const count = (test: (journey: JourneyOutcome) => boolean): number => journeys.filter(test).length;
  const afterwards = second.journeys.filter(({ failure }) => failure !== null).length;
  report(
    [
      { name: 'room while full', rounds: [(bavail * bsize) / 1024], unit: 'KiB' },
      { name: 'acknowledged responses', rounds: [count(({ isSent }) => isSent)], unit: 'responses' },
      {
        name: 'lost',
        rounds: [count((each) => isLost(each, stored.get(each.link)))],
        unit: 'journeys',
        target: { atMost: 0 },
      },
      { name: 'half states', rounds: [await countHalfStates(context)], unit: 'rows', target: { atMost: 0 } },
      { name: 'unclear answers', rounds: [count(isUnclear)], unit: 'journeys', target: { atMost: 0 } },
      { name: 'back after there is room', rounds: [milliseconds], unit: 'ms' },
      { name: 'journeys that fail afterwards', rounds: [afterwards], unit: 'journeys', target: { atMost: 0 } },
    ],
    {
      postgres: await describePostgres(context),
      remarks: [
        `How journeys ended while the disk was full: ${countFailures(first.journeys)}.`,
        `Causes of unclear answers by the log: ${listCauses(join(folder, 'server.log'))}.`,
      ],
    },
  );
  load.stop();
  await context.db.destroy();
  await server.kill('SIGTERM');
}

const folder = makeBenchFolder();
const disk = join(folder, 'disk');
mkdirSync(disk, { mode: 0o711 });
execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMebibytes}m,mode=711`, 'tmpfs', disk]);
void run(folder, disk).finally(async () => {
  await stopPostgresIn(disk);
  execFileSync('umount', ['--lazy', disk]);
  removeBenchFolder(folder);
});
