import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readErrorCode } from '../start-fault';
import { isAlive } from './postmaster-file';

const pattern = /\.new-(\d+)-/;
const removalAttempts = 100;
const pauseMilliseconds = 100;

/**
 * Makes a folder in which something is prepared that gets its real name only when it is whole.
 * @param target absolute path it will be renamed to
 * @returns absolute path of a fresh folder beside the target that names the process working on it
 */
export function makeUnfinishedFolder(target: string): string {
  return mkdtempSync(`${target}.new-${process.pid}-`);
}

/** A killed start may have left a program behind that still fills the folder for a moment: what it adds goes too. */
async function removeWhileBeingFilled(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (readErrorCode(error) !== 'ENOTEMPTY' || attempt === removalAttempts) throw error;
    }
    await sleep(pauseMilliseconds);
  }
}

/**
 * Removes what processes that were killed half-way left behind.
 * @param dataDirectory absolute path of the folder with the unfinished folders
 */
export async function removeUnfinishedFolders(dataDirectory: string): Promise<void> {
  for (const name of readdirSync(dataDirectory)) {
    const worker = pattern.exec(name)?.[1];
    if (worker === undefined) continue;
    const isBeingMade = Number(worker) !== process.pid && isAlive(Number(worker));
    if (!isBeingMade) await removeWhileBeingFilled(join(dataDirectory, name));
  }
}
