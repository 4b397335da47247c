import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/platform/package-root';
import { withDatabase } from '../support/database';
import { exampleFolder } from '../support/fieldwork';
import { readShownFiles } from '../support/import-document';

interface Outcome {
  readonly code: number | null;
  readonly data: string;
  readonly messages: string;
}

const database = withDatabase();
const folder = mkdtempSync(join(tmpdir(), 'barometer-files-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function barometer(words: readonly string[], environment: Record<string, string> = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [join(packageRoot, 'bin', 'barometer.js'), ...words], {
      cwd: folder,
      env: { PATH, HOME, DATABASE_URL: database.url(), LANG: 'C', ...environment },
    });
    let data = '';
    let messages = '';
    child.stdout.on('data', (chunk: Buffer) => (data += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (messages += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, data, messages });
    });
  });
}

/** Checks the example with stdout going where a shell sends it. */
function checkInto(redirection: string): { readonly status: number | null; readonly stderr: string } {
  const words = [process.execPath, join(packageRoot, 'bin', 'barometer.js'), 'instrument', 'check', exampleFolder];
  return spawnSync('/bin/sh', ['-c', `"$@" ${redirection}`, 'sh', ...words], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LANG: 'C' },
  });
}

describe('the registers', () => {
  test.each([
    ['no file', ['organisations', 'import'], 2, 'give --enhetsregisteret FILE'],
    ['KOSTRA without a year', ['organisations', 'import', '--kostra', 'x.json'], 2, '--year'],
    [
      'a day that is none',
      ['regions', 'import', '--of', 'county', '--klass', 'x', '--date', '2026-02-30'],
      2,
      'YYYY-MM-DD',
    ],
    ['a file that is not there', ['regions', 'import', '--of', 'county', '--klass', 'x.json'], 1, 'x.json'],
  ])('%s is refused', async (_what, words, code, part) => {
    expect(await barometer(words)).toMatchObject({ code, data: '', messages: expect.stringContaining(part) as string });
  });
});

describe('the command line', () => {
  beforeAll(async () => {
    for (const { name, content } of readShownFiles(readFileSync(join(packageRoot, 'docs', 'import.md'), 'utf8'))) {
      writeFileSync(join(folder, name), content);
    }
    await barometer(['network', 'create', 'tools', '--name', 'Tools network', '--open']);
    await barometer(['organisation', 'import', 'tools', 'organisations.csv']);
    await barometer(['instrument', 'add', exampleFolder]);
  });

  test('refuses with 1 and a line for every fault of a file, in the language of the environment', async () => {
    writeFileSync(join(folder, 'bad.csv'), 'key,name,orgnr,kind\nasker,Asker,920125299,town\n');
    await barometer(['network', 'create', 'bad', '--name', 'Bad']);
    const english = await barometer(['organisation', 'import', 'bad', 'bad.csv']);
    expect(english).toMatchObject({ code: 1, data: '' });
    expect(english.messages.trim().split('\n').slice(1)).toEqual([
      'bad.csv:2: orgnr: Found “920125299”; expected a Norwegian organisation number: nine digits, the last one a correct check digit.',
      'bad.csv:2: kind: Found “town”; expected one of municipality, county, other.',
    ]);
    const norwegian = await barometer(['organisation', 'import', 'bad', 'bad.csv'], { LANG: 'nb_NO.UTF-8' });
    expect(norwegian.messages).toContain('bad.csv:2: kind: Fant «town»; forventet én av municipality, county, other.');
  });

  test.each([
    ['an unknown wave', ['wave', 'open', 'nowhere'], 'nowhere'],
    ['a file that is not there', ['frame', 'import', 'spring', 'none.csv'], 'none.csv'],
    [
      'a threshold below five',
      ['wave', 'create', 'x', '--network', 'bad', '--instrument', 'b/1', '--period', 'c', '--k', '4'],
      '5',
    ],
    ['figures of a wave that is not there', ['estimates', 'nowhere'], 'nowhere'],
    ['comparisons of a wave that is not there', ['comparisons', 'nowhere'], 'nowhere'],
  ])('ends with 1 and one line for %s', async (_what, words, part) => {
    const { code, data, messages } = await barometer(words);
    expect([code, data]).toEqual([1, '']);
    expect(messages.trim().split('\n')).toEqual([expect.stringContaining(part)]);
  });

  test('a file with semicolons is refused in one line, and a second frame tells how to replace the first', async () => {
    writeFileSync(join(folder, 'excel.csv'), 'key;name;orgnr;kind\nasker;Asker;920125298;municipality\n');
    const semicolons = await barometer(['organisation', 'import', 'bad', 'excel.csv']);
    expect(semicolons.code).toBe(1);
    expect(semicolons.messages.trim().split('\n').slice(1)).toEqual([
      'excel.csv:1: The cells are separated by semicolons, as Norwegian Excel writes them; expected commas. Save the file with commas between the cells.',
    ]);
    await barometer([
      'wave',
      'create',
      'autumn',
      '--network',
      'tools',
      '--instrument',
      'example/1',
      '--period',
      '2027',
    ]);
    expect((await barometer(['frame', 'import', 'autumn', 'frame.csv'])).code).toBe(0);
    const again = await barometer(['frame', 'import', 'autumn', 'frame.csv']);
    expect(again).toMatchObject({ code: 1, messages: expect.stringContaining('Add --replace') as string });
    expect((await barometer(['frame', 'import', 'autumn', 'frame.csv', '--replace'])).code).toBe(0);
  });

  (existsSync('/dev/full') ? test : test.skip)('a full disk is told in one line, with 1', () => {
    const { status, stderr } = checkInto('> /dev/full');
    expect([status, stderr.split('\n').filter((line) => line.includes('could not be written'))]).toEqual([
      1,
      [expect.stringMatching(/^The output could not be written: .*ENOSPC/)],
    ]);
    expect(stderr).not.toContain('    at ');
  });

  (existsSync('/bin/sh') ? test : test.skip)('a reader that has enough is no fault', () => {
    const { stderr } = checkInto('| true');
    expect(stderr).toBe('example/1 has no faults.\n');
  });

  test('help is data, wrong usage is none', async () => {
    const help = await barometer(['--help']);
    expect(help).toMatchObject({ code: 0, messages: '', data: expect.stringMatching(/^Usage: barometer/) as string });
    const wrong = await barometer(['nonsense']);
    expect(wrong).toMatchObject({ code: 2, data: '', messages: expect.stringContaining('nonsense') as string });
  });

  test('an instrument is checked without a database; every fault has its place', async () => {
    const nowhere = { DATABASE_URL: 'postgres://localhost:1/none' };
    expect(await barometer(['instrument', 'check', exampleFolder], nowhere)).toMatchObject({ code: 0 });
    writeFileSync(
      join(folder, 'survey.json'),
      readFileSync(join(exampleFolder, 'survey.json'), 'utf8').replace('radiogroup', 'matrix'),
    );
    writeFileSync(join(folder, 'codebook.json'), readFileSync(join(exampleFolder, 'codebook.json')));
    const faulty = await barometer(['instrument', 'check', '.'], nowhere);
    expect(faulty).toMatchObject({ code: 1, data: '' });
    expect(faulty.messages).toMatch(/^\.\/survey\.json:\d+: pages\[0\]\.elements\[0\]/m);
  });

  test('an unreachable database is one clear line', async () => {
    const outcome = await barometer(['wave', 'list'], { DATABASE_URL: 'postgres://localhost:1/none' });
    expect(outcome).toMatchObject({ code: 1, data: '' });
    expect(outcome.messages.trim().split('\n')).toHaveLength(1);
  });
});
