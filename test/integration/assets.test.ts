import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { z } from 'zod';
import { packageRoot } from '../../src/platform/package-root';
import { withDatabase } from '../support/database';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';

const database = withDatabase();
let site: RespondentApp;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
});

function fetchRaw(path: string, encodings: string): request.Test {
  return request(site.app)
    .get(path)
    .set('Accept-Encoding', encodings)
    .buffer(true)
    .parse((reply, done) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('end', () => {
        done(null, Buffer.concat(chunks));
      });
    });
}

const files = {
  'main.css': 'text/css; charset=utf-8',
  'answering.css': 'text/css; charset=utf-8',
  'chart.js': 'text/javascript; charset=utf-8',
  'respondent.js': 'text/javascript; charset=utf-8',
} as const;

describe.each(Object.entries(files))('%s', (name, type) => {
  const path = `/assets/build/${name}`;

  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['', 'identity'],
    ['zstd', 'identity'],
  ] as const)('goes out, for "%s", as %s', async (accepted, encoding) => {
    const reply = await fetchRaw(path, accepted);
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect(reply.headers['content-encoding'] ?? 'identity').toBe(encoding);
    // What came has been decompressed on the way.
    expect(
      readFileSync(join(packageRoot, 'public', 'build', name)).equals(z.instanceof(Buffer).parse(reply.body)),
    ).toBe(true);
  });

  test('has another tag in each encoding, and is not sent again to those who have it', async () => {
    const tags = await Promise.all(
      ['br', 'gzip', ''].map(async (each) => (await fetchRaw(path, each)).headers['etag']),
    );
    expect(new Set(tags).size).toBe(3);
    const [tag = ''] = tags;
    expect((await fetchRaw(path, 'br').set('If-None-Match', tag)).status).toBe(304);
    expect((await fetchRaw(path, 'gzip').set('If-None-Match', tag)).status).toBe(200);
  });
});

test('other files come from the folder, and nothing from outside it', async () => {
  expect((await fetchRaw('/assets/icon.svg', '')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  for (const path of ['/assets/build/none.css', '/assets/build/..%2f..%2fpackage.json', '/assets/build/__proto__']) {
    expect((await fetchRaw(path, 'br')).status).toBe(404);
  }
});

test('respondents get no style sheet but their own', async () => {
  const { text } = await request(site.app).get('/svar/ukjent');
  expect(text).toContain('/assets/build/answering.css?v=');
  expect(text).not.toContain('main.css');
  expect((await request(site.app).get('/')).text).toContain('/assets/build/main.css?v=');
});
