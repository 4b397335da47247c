import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const usualFolders = ['/usr/bin'];

/** Path of a browser, or why there is none; a path that was asked for and does not exist is never passed over. */
type ChromiumSearch = { readonly path: string } | { readonly missing: string; readonly wasAskedFor: boolean };

/**
 * Finds the Chromium that browser tests use: the one CHROMIUM_PATH names, else the first on PATH or where systems usually
 * keep it.
 * @param environment variables of the process
 * @returns its path, or the reason why there is none
 */
export function findChromium(environment: Readonly<Record<string, string | undefined>>): ChromiumSearch {
  const asked = environment['CHROMIUM_PATH'] ?? '';
  if (asked !== '') {
    if (existsSync(asked)) return { path: asked };
    return { missing: `CHROMIUM_PATH is ${asked}, which does not exist`, wasAskedFor: true };
  }
  const folders = [...(environment['PATH'] ?? '').split(delimiter).filter((one) => one !== ''), ...usualFolders];
  const path = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((one) => existsSync(one));
  return path === undefined ? { missing: `no ${names.join(', ')} on PATH`, wasAskedFor: false } : { path };
}
