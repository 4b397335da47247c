import { chmodSync, readFileSync, statSync } from 'node:fs';
import { isTraversableByOthers, makeFolders, othersMayEnter } from '../data-directory';
import { createStartFault, isStartFault, readErrorCode } from '../start-fault';
import { createCluster } from './create-cluster';
import type { Cluster } from './ensure-running';
import { listBinariesPlaces, type Binaries, type BinariesPlace } from './find-binaries';
import { locateCluster, readInstallation } from './installation';
import { findWorkingBinaries } from './place-binaries';
import { chooseProcessAccount } from './process-account';
import { removeUnfinishedFolders } from './unfinished-folders';

function describeFolderFault(dataDirectory: string, error: unknown): string {
  switch (readErrorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `The disk is full: nothing can be written to ${dataDirectory}.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${dataDirectory} cannot be written; give this account the right to it or set DATA_DIR to another folder.`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `${dataDirectory} is not a folder; set DATA_DIR to the path of a folder.`;
    default:
      return `${dataDirectory} cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function prepareFolder(dataDirectory: string): void {
  const account = chooseProcessAccount();
  try {
    makeFolders(dataDirectory, account === undefined ? 0o700 : 0o711);
  } catch (error) {
    if (!['ENOENT', 'EROFS'].includes(readErrorCode(error))) throw error;
    throw createStartFault(
      `${dataDirectory} cannot be made there; set DATA_DIR to a folder that can be written.`,
      error,
    );
  }
  if (account !== undefined) chmodSync(dataDirectory, statSync(dataDirectory).mode | othersMayEnter);
  if (account !== undefined && !isTraversableByOthers(dataDirectory)) {
    throw createStartFault(
      `${dataDirectory} is closed to other accounts, and the database does not run as root; set DATA_DIR to a folder ` +
        'such as /var/lib/innovasjonsbarometer.',
    );
  }
}

function chooseBinaries(dataDirectory: string, places: readonly BinariesPlace[]): Binaries {
  const needed = readInstallation(locateCluster(dataDirectory))?.major;
  const available: Binaries[] = [];
  for (const binaries of findWorkingBinaries(dataDirectory, places)) {
    if (needed === undefined || binaries.major === needed) return binaries;
    available.push(binaries);
  }
  if (available.length === 0) {
    throw createStartFault('No Postgres runs on this machine; set DATABASE_URL to a Postgres of version 14 or newer.');
  }
  throw createStartFault(
    `The data in ${dataDirectory} belong to PostgreSQL ${String(needed)}, but only ` +
      `${available.map(({ version }) => version).join(', ')} is here; use the release that made them, or another DATA_DIR.`,
  );
}

/**
 * Makes everything ready for starting a folder's database: the folder, programs that can run its data, the cluster.
 * @param dataDirectory absolute path
 * @param settings settings of Postgres that differ from the standard ones
 * @param places folders that may hold Postgres, best first
 * @returns the cluster, not yet started
 * @throws a start fault of one line: no Postgres for this machine, another version's data, an unusable folder
 */
export async function prepareCluster(
  dataDirectory: string,
  settings: Readonly<Record<string, string>>,
  places: readonly BinariesPlace[] = listBinariesPlaces(),
): Promise<Cluster> {
  try {
    prepareFolder(dataDirectory);
    await removeUnfinishedFolders(dataDirectory);
    const binaries = chooseBinaries(dataDirectory, places);
    const paths = locateCluster(dataDirectory);
    if (readInstallation(paths) === undefined) await createCluster(dataDirectory, binaries, chooseProcessAccount());
    const password = readFileSync(paths.passwordFile, 'utf8').trim();
    return { paths, binaries, password, settings };
  } catch (error) {
    if (isStartFault(error)) throw error;
    throw createStartFault(describeFolderFault(dataDirectory, error), error);
  }
}
