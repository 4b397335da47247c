import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../src/platform/package-root';
import { createEmptyDatabase, runAsAdministrator, withDatabase } from '../support/database';
import { createTestContext } from '../support/fieldwork';
import { createResultsNetwork } from '../support/results-network';

interface Outcome {
  readonly code: number | null;
  readonly messages: string;
}

const database = withDatabase();
const folder = mkdtempSync(join(tmpdir(), 'barometer-backup-'));
const drops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  await createResultsNetwork(await createTestContext(database.db()), 'nett');
});
afterAll(async () => {
  for (const drop of drops) await drop();
  rmSync(folder, { recursive: true, force: true });
});

function start(words: readonly string[], databaseUrl = database.url(), limit = ''): ChildProcess {
  const program = [process.execPath, join(packageRoot, 'bin', 'barometer.js'), ...words];
  return spawn('/bin/sh', ['-c', `${limit} exec "$@"`, 'sh', ...program], {
    cwd: folder,
    env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, LANG: 'C' },
  });
}

async function finish(child: ChildProcess): Promise<Outcome> {
  let messages = '';
  child.stderr?.on('data', (chunk: Buffer) => (messages += chunk.toString()));
  child.stdout?.resume();
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, messages };
}

async function makeEmptyDatabase(): Promise<string> {
  const { url, drop } = await createEmptyDatabase();
  drops.push(drop);
  return url;
}

async function isEmpty(url: string): Promise<boolean> {
  const tables =
    'select 1 / (case when count(*) = 0 then 1 else 0 end) from pg_tables where schemaname = current_schema()';
  return runAsAdministrator(url, tables).then(
    () => true,
    () => false,
  );
}

const oldName = 'innovasjonsbarometer-20200101T000000Z.backup.gz';
const names = () => readdirSync(folder).filter((name) => name.includes('innovasjonsbarometer-2'));

test('a folder gets a file that only its owner can read; old ones and leftovers go, others stay', async () => {
  const leftover = '.innovasjonsbarometer-20200101T000000Z.backup.gz.17.unfinished';
  for (const name of [oldName, leftover, 'my-own-backup.gz']) writeFileSync(join(folder, name), 'x');
  utimesSync(join(folder, leftover), new Date(0), new Date(0));
  const outcome = await finish(start(['backup', folder, '--keep', '14']));
  expect(outcome).toMatchObject({ code: 0, messages: expect.stringContaining('Keep it encrypted') as string });
  expect(outcome.messages).toContain('1 backups older than 14 days are deleted.');
  const [name = '', ...more] = names();
  expect([more, readdirSync(folder).includes('my-own-backup.gz')]).toEqual([[], true]);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

test('what goes to stdout comes back through stdin', async () => {
  const child = start(['backup', '-']);
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const made = await finish(child);
  expect(made.code).toBe(0);
  const url = await makeEmptyDatabase();
  const restore = start(['restore', '-'], url);
  restore.stdin?.end(Buffer.concat(chunks));
  const outcome = await finish(restore);
  expect(outcome).toMatchObject({
    code: 0,
    messages: expect.stringMatching(/^The backup of .* is restored/) as string,
  });
  const again = await finish(start(['restore', join(folder, names()[0]!)], url));
  expect(again).toMatchObject({ code: 1, messages: expect.stringMatching(/^The database is not empty/) as string });
});

test('a restore that is killed half-way leaves an empty database, and the next one succeeds', async () => {
  const file = join(folder, names()[0]!);
  const bytes = readFileSync(file);
  const url = await makeEmptyDatabase();
  const child = start(['restore', '-'], url);
  const ended = finish(child);
  child.stdin?.write(bytes.subarray(0, bytes.length * 0.7));
  const copying = `select 1 / (select count(*)::int from pg_stat_activity where datname = '${new URL(url).pathname.slice(1)}' and query like 'COPY%')`;
  while (
    !(await runAsAdministrator(url, copying).then(
      () => true,
      () => false,
    ))
  )
    await sleep(50);
  child.kill('SIGKILL');
  await ended;
  // The connection ends a moment after its program.
  for (let attempt = 0; attempt < 100 && !(await isEmpty(url)); attempt += 1) await sleep(50);
  expect(await isEmpty(url)).toBe(true);
  expect(await finish(start(['restore', file], url))).toMatchObject({ code: 0 });
});

test('a backup that is killed half-way leaves no file that could be taken for one', async () => {
  const before = names().length;
  const { db } = database;
  await db().transaction(async (transaction) => {
    await transaction.raw('LOCK TABLE release_estimate IN ACCESS EXCLUSIVE MODE');
    const child = start(['backup', folder]);
    const ended = finish(child);
    while (!readdirSync(folder).some((name) => name.endsWith('.unfinished'))) await sleep(20);
    child.kill('SIGKILL');
    await ended;
  });
  expect(names().filter((name) => !name.startsWith('.'))).toHaveLength(before);
});

test('a disk that is full, or a reader that is gone, ends with 1 and no file', async () => {
  const limited = await finish(start(['backup', 'limited.gz'], database.url(), 'trap "" XFSZ; ulimit -f 1;'));
  expect(limited).toMatchObject({
    code: 1,
    messages: expect.stringMatching(/^limited.gz cannot be written/) as string,
  });
  expect([
    existsSync(join(folder, 'limited.gz')),
    readdirSync(folder).filter((name) => name.includes('limited')),
  ]).toEqual([false, []]);
  const child = start(['backup', '-']);
  child.stdout?.destroy();
  const { code, messages } = await finish(child);
  expect(code).toBe(1);
  expect(messages).toBe('');
});

test('a disk without room ends with 1, in one line', async () => {
  const child = start(['backup', '-'], database.url(), 'exec > /dev/full;');
  const { code, messages } = await finish(child);
  expect([code, messages]).toEqual([1, expect.stringContaining('ENOSPC') as string]);
  expect(messages).not.toMatch(/Backup made|\n {4}at /);
});

const small = mkdtempSync(join(tmpdir(), 'barometer-small-'));
const hasMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', small]).status === 0;
afterAll(() => {
  if (hasMount) spawnSync('umount', [small]);
  rmSync(small, { recursive: true, force: true });
});
(hasMount ? test : test.skip)(
  'a folder on a disk that fills up holds nothing afterwards, and keeps what it held',
  async () => {
    writeFileSync(join(small, oldName), 'x');
    const { code, messages } = await finish(start(['backup', small, '--keep', '14']));
    expect([code, messages]).toEqual([1, expect.stringMatching(/cannot be written\. Reason: ENOSPC/) as string]);
    expect(readdirSync(small)).toEqual([oldName]);
  },
);

test('a file that was cut off, changed, or is something else is refused in words, and nothing is kept', async () => {
  const bytes = readFileSync(join(folder, names().find((name) => !name.startsWith('.')) ?? ''));
  const changed = Buffer.from(bytes);
  const middle = Math.floor(bytes.length / 2);
  changed.writeUInt8(changed.readUInt8(middle) ^ 1, middle);
  const url = await makeEmptyDatabase();
  const files: readonly (readonly [Buffer, RegExp])[] = [
    [bytes.subarray(0, middle), /^The backup is damaged or incomplete \(at \S/],
    [bytes.subarray(0, -1), /^The backup is damaged or incomplete \(at \S/],
    [changed, /^The backup is damaged or incomplete \(at \S/],
    [Buffer.from('age-encryption.org/v1'), /^This is no backup of Innovasjonsbarometer/],
    [Buffer.alloc(0), /^(This is no backup|The backup is damaged)/],
  ];
  for (const [content, message] of files) {
    writeFileSync(join(folder, 'wrong.gz'), content);
    const outcome = await finish(start(['restore', 'wrong.gz'], url));
    expect(outcome).toEqual({ code: 1, messages: expect.stringMatching(message) as string });
    expect(outcome.messages).not.toContain('    at ');
    expect(await isEmpty(url)).toBe(true);
  }
});

test.each([
  ['--keep without a folder', ['backup', 'file.gz', '--keep', '14'], 2],
  ['a number of days that is none', ['backup', '.', '--keep', '0'], 2],
  ['a folder that is not there', ['backup', 'nowhere/file.gz'], 1],
  ['a file that is not there', ['restore', 'nowhere.gz'], 1],
])('%s is refused in one line', async (_what, words, expected) => {
  const { code, messages } = await finish(start(words));
  expect([code, messages]).toEqual([expected, expect.not.stringContaining('    at ') as string]);
  expect(messages.trim().split('\n').length).toBeLessThanOrEqual(2);
});
