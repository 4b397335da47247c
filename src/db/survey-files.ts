import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Reads files of the surveys folder, by path relative to it. */
export interface SurveyFileReader {
  /** @returns names of the files in a folder, sorted; none when the folder is missing */
  list(folder: string): Promise<readonly string[]>;
  /** @returns names of the folders in a folder, sorted */
  folders(folder: string): Promise<readonly string[]>;
  /** @returns the file's text, UTF-8 */
  read(path: string): Promise<string>;
}

/**
 * Reads questionnaires and published figures from disk.
 * @param root the surveys folder
 */
export function createSurveyFileReader(root: string): SurveyFileReader {
  return {
    async list(folder) {
      const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((cause: unknown) => {
        if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
        throw cause;
      });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name)
        .sort();
    },
    async folders(folder) {
      const entries = await readdir(join(root, folder), { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort();
    },
    read: (path) => readFile(join(root, path), 'utf8'),
  };
}
