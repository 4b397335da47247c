import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../src/platform/package-root';
import { report, type Figure } from './support/figures';
import { fillLargeWave } from './support/large-wave';
import { createBenchContext } from './support/network';
import { describePostgres, startPostgres } from './support/postgres';
import { readResidentMebibytes } from './support/processor-time';

/** Backup and restore by the command line of an installation with one large open wave. Arguments: responses about. */
const wanted = Number(process.argv[2] ?? 100_000);
const pollMilliseconds = 50;
const mebibyte = 1024 * 1024;
/** A table held in memory would need many times this. */
const mostMebibytes = 400;

interface Run {
  readonly seconds: number;
  readonly mebibytes: number;
}

/** Runs a command and watches its memory; the start of the program counts. */
async function runCommand(words: readonly string[], dataDirectory: string): Promise<Run> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(packageRoot, 'bin', 'barometer.js'), ...words], {
    env: { ...process.env, DATA_DIR: dataDirectory, LANG: 'C' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let mebibytes = 0;
  while (child.exitCode === null && child.pid !== undefined) {
    mebibytes = Math.max(mebibytes, readResidentMebibytes(child.pid));
    await Promise.race([ended, sleep(pollMilliseconds)]);
  }
  if ((await ended) !== 0) throw new Error(`barometer ${words.join(' ')} failed`);
  return { seconds: (performance.now() - started) / 1000, mebibytes };
}

async function measure(folder: string): Promise<void> {
  const [from, to, file] = [join(folder, 'from'), join(folder, 'to'), join(folder, 'backup.gz')];
  const postgres = await startPostgres(from);
  const context = await createBenchContext(postgres.databaseUrl);
  const responses = await fillLargeWave(context, 'large', wanted);
  const details = { postgres: await describePostgres(context) };
  const idle = await runCommand(['wave', 'list'], from);
  const backup = await runCommand(['backup', file], from);
  await context.db.destroy();
  await postgres.stop();
  const restore = await runCommand(['restore', file], to);
  const figure = (name: string, value: number, unit: string): Figure => ({
    name: `${responses} responses: ${name}`,
    rounds: [value],
    unit,
  });
  const bounded = (name: string, value: number): Figure => ({
    ...figure(name, value, 'MiB'),
    target: { atMost: mostMebibytes },
  });
  report(
    [
      figure('backup', backup.seconds, 's'),
      figure('restore into a new folder', restore.seconds, 's'),
      figure('a command that does nothing', idle.seconds, 's'),
      figure('file', statSync(file).size / mebibyte, 'MiB'),
      bounded('most memory of the backup', backup.mebibytes),
      bounded('most memory of the restore', restore.mebibytes),
      figure('memory of a command that does nothing', idle.mebibytes, 'MiB'),
    ],
    { ...details, remarks: ['Each response has its unit and invitation, and some who have not answered a draft.'] },
  );
}

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-bench-'));
  // The database runs as another account when root measures.
  chmodSync(folder, 0o711);
  try {
    await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void run();
