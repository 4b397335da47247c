import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/platform/package-root';
import { createEmptyDatabase, withDatabase } from '../support/database';
import { exampleFolder } from '../support/fieldwork';
import { readShownBlocks, readShownFiles, toPattern } from '../support/import-document';

const text = readFileSync(join(packageRoot, 'docs', 'import.md'), 'utf8');
const blocks = readShownBlocks(text);
const database = withDatabase();
const folder = mkdtempSync(join(tmpdir(), 'barometer-document-'));
let empty: { readonly url: string; readonly drop: () => Promise<void> };

beforeAll(async () => {
  empty = await createEmptyDatabase();
  for (const { name, content } of readShownFiles(text)) writeFileSync(join(folder, name), content);
  cpSync(exampleFolder, join(folder, 'staff'), { recursive: true });
  const codebook = readFileSync(join(exampleFolder, 'codebook.json'), 'utf8');
  const changed = codebook
    .replace('"instrument": "example"', '"instrument": "staff"')
    .replace('"managers"', '"employees"');
  writeFileSync(join(folder, 'staff', 'codebook.json'), changed);
});
afterAll(async () => {
  await empty.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Splits a command as a shell does, quotation marks included; paths of the repository work from any folder. */
function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)]
    .map(([, quoted, plain]) => quoted ?? plain ?? '')
    .map((word) => (word.startsWith('test/') ? join(packageRoot, word) : word));
}

/** Runs a command line of the document; an address of a database stands for the empty one. */
function run(line: string): Promise<{ readonly code: number | null; readonly printed: string }> {
  const [, setting, command = ''] = /^(DATABASE_URL=\S+ )?npx barometer (.*)$/.exec(line) ?? [];
  return new Promise((resolve, reject) => {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [join(packageRoot, 'bin', 'barometer.js'), ...splitWords(command)], {
      cwd: folder,
      env: {
        PATH,
        HOME,
        LANG: 'C',
        PUBLIC_URL: 'https://barometer.example.org',
        DATA_DIR: join(folder, 'data'),
        DATABASE_URL: setting === undefined ? database.url() : empty.url,
      },
    });
    const output = { data: '', messages: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.data += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output.messages += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, printed: output.data + output.messages });
    });
  });
}

describe('docs/import.md', () => {
  test.each(blocks.map(({ heading, commands }, index) => [index + 1, heading, commands] as const))(
    'block %i, under "%s", prints what the document says, with the code that it says',
    async (_number, _heading, commands) => {
      let last: number | null = 0;
      for (const [index, { line, printed }] of commands.entries()) {
        if (line === 'echo $?') {
          expect({ after: commands[index - 1]?.line, code: String(last) }).toEqual({
            after: commands[index - 1]?.line,
            code: printed[0],
          });
          continue;
        }
        const outcome = await run(line);
        expect({ line, failed: outcome.code !== 0, printed: outcome.printed }).toEqual({
          line,
          failed: commands[index + 1]?.line === 'echo $?',
          printed: expect.stringMatching(toPattern(printed)) as string,
        });
        last = outcome.code;
      }
    },
  );
});

test('every command of the program that takes or makes a file stands in the document with its output', () => {
  const shown = blocks.flatMap(({ commands }) => commands.map(({ line }) => line.replace(/^DATABASE_URL=\S+ /, '')));
  const wanted = [
    'network create',
    'organisation import',
    'instrument check',
    'instrument add',
    'instrument list',
    'wave create',
    'wave open',
    'wave close',
    'wave release',
    'wave list',
    'frame import',
    'links',
    'responses import',
    'estimates',
    'regions import',
    'organisations import --enhetsregisteret',
    'organisations import --kostra',
    'provider add',
    'provider list',
    'provider change',
    'provider remove',
    'administrator invite',
    'backup',
    'restore',
  ];
  expect(wanted.filter((name) => !shown.some((line) => line.startsWith(`npx barometer ${name}`)))).toEqual([]);
});

test('a document that tells another output than the program prints is found out', () => {
  expect('2 units read.\n').toMatch(toPattern(['2 units read.']));
  expect('3 units read.\n').not.toMatch(toPattern(['2 units read.']));
  expect('2 units read.\nOne more line.\n').not.toMatch(toPattern(['2 units read.']));
  expect('a\nb\nc\n').toMatch(toPattern(['a', '…', 'c']));
  expect('on 2027-05-21.\n').toMatch(toPattern(['on ….']));
});
