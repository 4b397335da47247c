import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

function findPackageRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new RangeError('package.json was not found above the running code');
  return findPackageRoot(parent);
}

/** The folder of package.json: views, surveys and public lie there whether the source or dist runs. */
export const packageRoot = findPackageRoot(__dirname);

/** The root of the running code: the package root when the source runs, its dist folder when compiled code runs. */
export const codeRoot = join(__dirname, '..', '..');

/** The folder of questionnaires and published figures. */
export const surveysFolder = join(packageRoot, 'surveys');

const packageText: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));

/** Version of the running software, from package.json. */
export const softwareVersion = z.object({ version: z.string() }).parse(packageText).version;
