import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { probeBinaries, type Binaries, type BinariesPlace } from './find-binaries';
import { chooseProcessAccount, openToAll, type ProcessAccount } from './process-account';
import { makeUnfinishedFolder } from './unfinished-folders';

const linkListSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Makes the links between shared libraries that the package's install script makes, for installations where npm was
 * told to run no scripts.
 * @param packageDirectory absolute path of the package's `native` folder, or of a copy of it
 */
export function restoreLibraryLinks(packageDirectory: string): void {
  const listFile = join(packageDirectory, 'pg-symlinks.json');
  if (!existsSync(listFile)) return;
  const locate = (path: string) => join(packageDirectory, relative('native', path));
  for (const { source, target } of linkListSchema.parse(JSON.parse(readFileSync(listFile, 'utf8')))) {
    if (lstatSync(locate(target), { throwIfNoEntry: false }) !== undefined) continue;
    symlinkSync(relative(dirname(locate(target)), locate(source)), locate(target));
  }
}

function probeInPlace(place: BinariesPlace, account: ProcessAccount): Binaries | undefined {
  try {
    if (place.packageDirectory !== undefined) restoreLibraryLinks(place.packageDirectory);
  } catch {
    // A read-only package folder without its links shows in the probe, and is then copied.
  }
  return probeBinaries(place, account);
}

function copyBinaries(packageDirectory: string, dataDirectory: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageDirectory, '..', 'package.json'), 'utf8'));
  const { version } = z.object({ version: z.string() }).parse(manifest);
  const target = join(dataDirectory, `postgres-programs-${version}`);
  if (existsSync(target)) return target;
  const unfinished = makeUnfinishedFolder(target);
  cpSync(packageDirectory, unfinished, { recursive: true, verbatimSymlinks: true });
  restoreLibraryLinks(unfinished);
  openToAll(unfinished);
  try {
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/**
 * Lists programs of Postgres that run here as the account that the database will have. The package's programs are
 * copied beside the data when that account cannot reach or load them where they are installed.
 * @param dataDirectory absolute path of an existing folder
 * @param places where to look, best first
 * @returns working programs, best first; empty when there are none
 */
export function* findWorkingBinaries(dataDirectory: string, places: readonly BinariesPlace[]): Generator<Binaries> {
  const account = chooseProcessAccount();
  for (const place of places) {
    const inPlace = probeInPlace(place, account);
    if (inPlace !== undefined) {
      yield inPlace;
    } else if (place.packageDirectory !== undefined) {
      const copy = copyBinaries(place.packageDirectory, dataDirectory);
      const copied = probeBinaries({ directory: join(copy, 'bin'), packageDirectory: copy }, account);
      if (copied === undefined) rmSync(copy, { recursive: true, force: true });
      else yield copied;
    }
  }
}
