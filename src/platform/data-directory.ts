import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The bit of a folder's mode that lets accounts other than its owner and group pass through. */
export const othersMayEnter = 0o001;
const systemDataDirectory = '/var/lib/innovasjonsbarometer';

/**
 * Tells whether any account of the machine may pass through a folder and all folders above it.
 * @param directory absolute path
 * @returns false when one existing folder on the way lacks the right to enter for others
 */
export function isTraversableByOthers(directory: string): boolean {
  const mode = statSync(directory, { throwIfNoEntry: false })?.mode ?? othersMayEnter;
  if ((mode & othersMayEnter) === 0) return false;
  const parent = dirname(directory);
  return parent === directory || isTraversableByOthers(parent);
}

/**
 * Chooses where data are kept when DATA_DIR is not set. Postgres refuses to run as root, so that root's data must lie
 * where an ordinary account can reach them.
 * @param root absolute path of the package
 * @param isRoot whether this process runs as root
 * @returns absolute path: `data` in the package, or a system folder for root in a place closed to others
 */
export function chooseDataDirectory(root: string, isRoot: boolean): string {
  return isRoot && !isTraversableByOthers(root) ? systemDataDirectory : join(root, 'data');
}

/**
 * Makes a folder and those above it that are missing, one at a time: the recursive form of Node never ends where the file
 * system says that nothing can be made, as in /proc.
 * @param directory absolute path
 * @param mode rights of folders that are made
 * @throws the system's fault for the first folder that could not be made
 */
export function makeFolders(directory: string, mode: number): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const parent = dirname(directory);
  if (parent !== directory) makeFolders(parent, mode);
  try {
    mkdirSync(directory, { mode });
  } catch (error) {
    // Another process may have made it in the meantime.
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}
