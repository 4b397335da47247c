import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './postmaster-file';

const pattern = /\.new-(\d+)-/;

/**
 * Makes a folder in which something is prepared that gets its real name only when it is whole.
 * @param target absolute path it will be renamed to
 * @returns absolute path of a fresh folder beside the target that names the process working on it
 */
export function makeUnfinishedFolder(target: string): string {
  return mkdtempSync(`${target}.new-${process.pid}-`);
}

/**
 * Removes what processes that were killed half-way left behind.
 * @param dataDirectory absolute path of the folder with the unfinished folders
 */
export function removeUnfinishedFolders(dataDirectory: string): void {
  for (const name of readdirSync(dataDirectory)) {
    const worker = pattern.exec(name)?.[1];
    if (worker === undefined) continue;
    const isBeingMade = Number(worker) !== process.pid && isAlive(Number(worker));
    if (!isBeingMade) rmSync(join(dataDirectory, name), { recursive: true, force: true });
  }
}
