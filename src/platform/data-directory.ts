import { statSync } from 'node:fs';
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
