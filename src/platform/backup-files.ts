import { randomInt } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../errors';

const namePattern = /^innovasjonsbarometer-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z\.backup\.gz$/;
const unfinishedPattern = /^\.innovasjonsbarometer-.*\.backup\.gz\.\d+\.unfinished$/;
const mostNumber = 1_000_000_000;
const dayMilliseconds = 24 * 60 * 60 * 1000;
/** Holds addresses and secrets: nobody but the account that made it may read it. */
const privateMode = 0o600;

/**
 * Names a new backup.
 * @param now when it is made
 * @returns file name that tells the second, in UTC
 */
export function nameBackup(now: Date): string {
  const second = now.toISOString().replace(/[-:]|\.\d+/g, '');
  return `innovasjonsbarometer-${second}.backup.gz`;
}

/**
 * @param path any path
 * @returns true for a folder that exists
 */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; there the file system keeps the order of names itself.
  const handle = await open(folder, constants.O_RDONLY).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** What the file system says: never what the database's connection does. */
const fileCalls = new Set(['open', 'write', 'fsync', 'rename', 'close']);

function isFileFault(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error && fileCalls.has(String(error.syscall));
}

/**
 * Writes a file under another name and gives it its own when it is whole and on the disk: however the program ends, there
 * is the old file or the new one.
 * @param path path of the file
 * @param write writes its content
 * @returns what `write` returns
 * @throws AppError file_unwritable when the disk is full or the folder cannot be written; what `write` threw
 */
export async function writeWholeFile<Result>(
  path: string,
  write: (file: Writable) => Promise<Result>,
): Promise<Result> {
  // Not by the number of the process: containers that share a folder may have the same one.
  const unfinished = join(dirname(path), `.${basename(path)}.${randomInt(mostNumber)}.unfinished`);
  try {
    const handle = await open(unfinished, 'wx', privateMode);
    try {
      const result = await write(handle.createWriteStream({ flush: true }));
      await rename(unfinished, path);
      await syncFolder(dirname(path));
      return result;
    } finally {
      await handle.close().catch(() => undefined);
    }
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    if (!isFileFault(error)) throw error;
    throw new AppError('file_unwritable', {
      values: { file: path, reason: error.code ?? error.message },
      cause: error,
    });
  }
}

/**
 * Deletes the backups of a folder that are too old, by the time in their names, and what killed programs left unfinished
 * for more than a day. Files of other names are left alone.
 * @param folder path of the folder
 * @param keep the moment, and for how many days a backup is kept
 * @returns number of backups deleted
 */
export async function removeOldBackups(
  folder: string,
  keep: { readonly now: Date; readonly days: number },
): Promise<number> {
  const oldest = keep.now.getTime() - keep.days * dayMilliseconds;
  let removed = 0;
  for (const name of await readdir(folder)) {
    const [, year, month, day, hour, minute, second] = namePattern.exec(name) ?? [];
    const madeAt = Date.parse(
      `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`,
    );
    if (madeAt < oldest) {
      await unlink(join(folder, name));
      removed += 1;
    } else if (unfinishedPattern.test(name)) {
      const { mtimeMs } = await stat(join(folder, name));
      if (mtimeMs < keep.now.getTime() - dayMilliseconds) await unlink(join(folder, name));
    }
  }
  return removed;
}
