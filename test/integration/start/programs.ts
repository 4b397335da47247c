import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { isTraversableByOthers } from '../../../src/platform/data-directory';
import { isAlive } from '../../../src/platform/embedded-postgres/postmaster-file';
import { packageRoot } from '../../../src/platform/package-root';

export interface Account {
  readonly name: string;
  readonly ids: { readonly uid: number; readonly gid: number } | undefined;
}

const isRoot = process.getuid?.() === 0;
const ordinaryAccount: Account = { name: 'an ordinary account', ids: { uid: 65534, gid: 65534 } };

/** The accounts that a program can be run as here: root can also step down, if others may read the checkout. */
export const accounts: readonly Account[] = [
  { name: isRoot ? 'root' : 'an ordinary account', ids: undefined },
  ...(isRoot && isTraversableByOthers(packageRoot) ? [ordinaryAccount] : []),
];

export interface Program {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves with the first match in the output; rejects when the program ends without it. */
  readonly printed: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>;
  /** Exit code, null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

export interface ProgramRequest {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly account?: Account | undefined;
}

const running = new Set<Program>();
const folders = new Set<string>();
const pollMilliseconds = 10;

/** Starts Node with arguments relative to the package's root. */
export function startProgram({ args, environment, account }: ProgramRequest): Program {
  const child = spawn(process.execPath, args, {
    ...account?.ids,
    cwd: packageRoot,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const printed = async (pattern: RegExp) => {
    for (;;) {
      const hasEnded = child.exitCode !== null || child.signalCode !== null;
      const match = pattern.exec(stdout);
      if (match !== null) return match;
      if (hasEnded) throw new Error(`ended without ${String(pattern)}: ${stdout}${stderr}`);
      await sleep(pollMilliseconds);
    }
  };
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  const program = { pid: child.pid ?? 0, stdout: () => stdout, stderr: () => stderr, printed, kill, ended };
  running.add(program);
  void ended.then(() => running.delete(program));
  return program;
}

/** Holds the database of a folder as a server or as a command. */
export function holdDatabase(purpose: 'server' | 'command', dataDirectory: string, account?: Account): Program {
  const args = ['--import', 'tsx', 'test/integration/start/hold-database.ts', purpose];
  return startProgram({ args, environment: { DATA_DIR: dataDirectory }, account });
}

/** The address that a program opened by `holdDatabase` tells. */
export async function readDatabaseUrl(program: Program): Promise<string> {
  return (await program.printed(/open (\S+)/))[1]!;
}

/** Makes a temporary folder that the account owns. */
export function makeFolder(account?: Account): string {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-start-'));
  if (account?.ids !== undefined) chownSync(folder, account.ids.uid, account.ids.gid);
  folders.add(folder);
  return folder;
}

/** Process id of the database in a folder, undefined when its file says that none runs. */
export function readPostmasterPid(dataDirectory: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDirectory, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

export async function waitUntilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(pollMilliseconds);
}

/** Runs one query on a connection of its own. */
export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

/** Kills all programs of a test; their databases go on. */
export async function killPrograms(): Promise<void> {
  await Promise.all([...running].map((program) => program.kill('SIGKILL')));
}

/** Kills all programs, stops their databases and removes their folders. */
export async function clearUp(): Promise<void> {
  await killPrograms();
  for (const folder of folders) {
    const postmaster = readPostmasterPid(folder);
    if (postmaster !== undefined && postmaster !== process.pid && isAlive(postmaster)) {
      process.kill(postmaster, 'SIGQUIT');
      await waitUntilGone(postmaster);
    }
    rmSync(folder, { recursive: true, force: true });
  }
  folders.clear();
}
