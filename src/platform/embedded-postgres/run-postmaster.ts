import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join, parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { executable, type Binaries } from './find-binaries';
import type { ClusterPaths } from './installation';
import { isDatabaseProcess, readPostmaster, type Postmaster } from './postmaster-file';
import { chooseProcessAccount } from './process-account';

const pollMilliseconds = 10;
const stopMilliseconds = 30_000;
const largestLogBytes = 5_000_000;

/**
 * Settings of a survey server on a small machine: nothing that was acknowledged may be lost, only this machine may
 * connect, and the log must never hold answers or tokens, which error details and statements could carry.
 */
const standardSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '100',
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_wal_size: '512MB',
  // Files of the log of changes are deleted when they are no longer needed, not kept for later with what they hold.
  wal_recycle: 'off',
  min_wal_size: '32MB',
  log_timezone: 'UTC',
  timezone: 'UTC',
  lc_messages: 'C',
  log_checkpoints: 'off',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/** How the start of a database ended. */
export type StartResult = { readonly postmaster: Postmaster } | { readonly complaint: string };

function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestLogBytes) truncateSync(path);
  return openSync(path, 'a', 0o600);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function waitUntilReady(child: ChildProcess, dataFolder: string): Promise<Postmaster | undefined> {
  while (!hasEnded(child)) {
    const postmaster = readPostmaster(dataFolder);
    if (postmaster !== undefined && postmaster.pid === child.pid && postmaster.isReady) return postmaster;
    await sleep(pollMilliseconds);
  }
  return undefined;
}

/**
 * Starts Postgres in a process group of its own, so that Ctrl+C in a terminal reaches only this program, which then
 * stops the database after the last request.
 * @param binaries the programs
 * @param paths the cluster's paths
 * @param options the TCP port, and settings of Postgres that differ from the standard ones
 * @returns the running database, or what Postgres wrote to its log before it gave up
 */
export async function startPostmaster(
  binaries: Binaries,
  paths: ClusterPaths,
  options: { readonly port: number; readonly settings: Readonly<Record<string, string>> },
): Promise<StartResult> {
  const settings = { ...standardSettings, ...options.settings, port: String(options.port) };
  const log = openLog(paths.logFile);
  const logStart = statSync(paths.logFile).size;
  const child = spawn(
    join(binaries.directory, executable('postgres')),
    ['-D', paths.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...chooseProcessAccount(),
      cwd: parse(paths.data).root,
      env: { ...process.env, LC_ALL: 'C' },
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  child.unref();
  const failure = new Promise<string>((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
  });
  if (child.pid === undefined) return { complaint: await failure };
  const postmaster = await waitUntilReady(child, paths.data);
  if (postmaster !== undefined) return { postmaster };
  return { complaint: readFileSync(paths.logFile).subarray(logStart).toString() };
}

/**
 * Stops a database the fast way: open transactions are rolled back, everything committed is on disk.
 * @param binaries the programs, needed on Windows only
 * @param dataFolder absolute path of the data folder of Postgres
 * @returns when the process is gone
 */
export async function stopPostmaster(binaries: Binaries, dataFolder: string): Promise<void> {
  const postmaster = readPostmaster(dataFolder);
  if (postmaster === undefined || !isDatabaseProcess(postmaster.pid)) return;
  if (process.platform === 'win32') {
    spawnSync(join(binaries.directory, executable('pg_ctl')), ['stop', '-D', dataFolder, '-m', 'fast', '-w']);
    return;
  }
  process.kill(postmaster.pid, 'SIGINT');
  const deadline = Date.now() + stopMilliseconds;
  while (isDatabaseProcess(postmaster.pid) && Date.now() < deadline) await sleep(pollMilliseconds);
}
