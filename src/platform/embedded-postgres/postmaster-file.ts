import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readErrorCode } from '../start-fault';

/** What a running database writes about itself into its data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

const fileName = 'postmaster.pid';

function readOptional(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(readErrorCode(error))) return undefined;
    throw error;
  }
}

/**
 * Tells whether a process exists.
 * @param pid process id
 * @returns true also when the process belongs to another account
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return readErrorCode(error) === 'EPERM';
  }
}

/**
 * Reads postmaster.pid (lines: process id, data folder, start time, port, socket folder, address, memory, status).
 * @param dataFolder absolute path of the data folder of Postgres
 * @returns the database that runs, or that was killed and could not clear up; undefined when there is none
 */
export function readPostmaster(dataFolder: string): Postmaster | undefined {
  const lines = readOptional(join(dataFolder, fileName))?.split('\n');
  const [pid, , , port] = lines ?? [];
  if (pid === undefined || pid === '') return undefined;
  return { pid: Number(pid), port: Number(port ?? 0), isReady: lines?.[7]?.trim() === 'ready' };
}

/**
 * Tells whether the process named in postmaster.pid is a database: after a crash its number can be that of any other
 * program, above all in containers, or of a dead process that nobody has collected.
 * @param pid process id
 * @returns false when there is no such process or it is visibly another program
 */
export function isDatabaseProcess(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  const commandLine = readOptional(`/proc/${pid}/cmdline`);
  return commandLine?.split('\0')[0]?.includes('postgres') ?? false;
}

/**
 * Removes the postmaster.pid of a database that no longer runs, in the case that Postgres cannot tell so itself.
 * @param dataFolder absolute path of the data folder of Postgres
 */
export function removeStalePostmasterFile(dataFolder: string): void {
  const postmaster = readPostmaster(dataFolder);
  if (postmaster !== undefined && !isDatabaseProcess(postmaster.pid)) {
    rmSync(join(dataFolder, fileName), { force: true });
  }
}
