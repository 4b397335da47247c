import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { Router, type Request } from 'express';

const assetDays = 365;
const maxAgeSeconds = assetDays * 86_400;

/** Encodings that the build writes beside a file, best first. */
const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

interface Variant {
  readonly encoding: (typeof encodings)[number]['name'] | null;
  readonly etag: string;
  readonly bytes: Buffer;
}

/** Style sheets and scripts in memory, in every encoding that there is. */
export interface Assets {
  /** Addresses carry it, so that they can be cached for ever: a hash of all style sheets and scripts. */
  readonly version: string;
  readonly routes: Router;
}

/**
 * Reads what the build left and serves it: style sheets and scripts compressed beforehand, other files from the folder.
 * @param folder the folder public
 */
export function readAssets(folder: string): Assets {
  const build = join(folder, 'build');
  const names = readdirSync(build).filter((name) => /\.(?:css|js)$/.test(name));
  const variants = new Map(names.map((name) => [name, readVariants(join(build, name))]));
  const hash = createHash('sha256');
  for (const name of names.sort()) hash.update(readFileSync(join(build, name)));
  const routes = Router();
  routes.get('/build/:name', (request, response, next) => {
    const choice = chooseVariant(request, variants.get(request.params.name) ?? []);
    if (choice === undefined) {
      next();
      return;
    }
    response.type(extname(request.params.name)).vary('Accept-Encoding');
    response.setHeader('Cache-Control', `public, max-age=${maxAgeSeconds}, immutable`);
    response.setHeader('ETag', choice.etag);
    if (choice.encoding !== null) response.setHeader('Content-Encoding', choice.encoding);
    response.send(choice.bytes);
  });
  routes.use(express.static(folder, { immutable: true, maxAge: maxAgeSeconds * 1000, index: false }));
  return { version: hash.digest('hex').slice(0, 12), routes };
}

function readVariants(path: string): readonly Variant[] {
  const found = [...encodings, { name: null, suffix: '' }].filter(({ suffix }) => existsSync(path + suffix));
  return found.map(({ name, suffix }) => {
    const bytes = readFileSync(path + suffix);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    return { encoding: name, etag, bytes };
  });
}

function chooseVariant(request: Request, variants: readonly Variant[]): Variant | undefined {
  return variants.find(({ encoding }) => encoding === null || request.acceptsEncodings(encoding) === encoding);
}
