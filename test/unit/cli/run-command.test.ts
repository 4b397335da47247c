import { PassThrough } from 'node:stream';
import { runCommand } from '../../../src/cli/run-command';
import { describeFault } from '../../../src/texts/describe-fault';
import { AppError } from '../../../src/errors';

/** Runs a command that must not get as far as the database. */
async function run(words: readonly string[]): Promise<{ code: number; data: string; messages: string }> {
  let data = '';
  let messages = '';
  const code = await runCommand(words, {
    language: 'en',
    writeData: (text) => (data += text),
    writeMessage: (text) => (messages += text),
    readKnownFigures: () => Promise.resolve(new Set()),
    withContext: () => Promise.reject(new RangeError('the database was opened')),
    withDatabase: () => Promise.reject(new RangeError('the database was opened')),
    output: new PassThrough(),
    input: new PassThrough(),
    isOutputScreen: true,
  });
  return { code, data, messages };
}

describe('usage', () => {
  test.each([
    ['an unknown command', ['nonsense']],
    ['no command', []],
    ['a missing argument', ['frame', 'import', 'spring']],
    ['a missing option', ['wave', 'create', 'x']],
    ['a word that is no choice', ['estimates', 'spring', '--format', 'xml']],
    ['comparisons of no wave', ['comparisons']],
    [
      'a number that is none',
      ['wave', 'create', 'x', '--network', 'a', '--instrument', 'b', '--period', 'c', '--k', 'seven'],
    ],
  ])('ends with 2 and nothing on stdout for %s', async (_what, words) => {
    const outcome = await run(words);
    expect(outcome).toMatchObject({ code: 2, data: '' });
    expect(outcome.messages).not.toBe('');
  });

  test.each([
    [[]],
    [['network', 'create']],
    [['organisation', 'import']],
    [['instrument', 'check']],
    [['instrument', 'add']],
    [['wave', 'create']],
    [['wave', 'release']],
    [['frame', 'import']],
    [['responses', 'import']],
    [['estimates']],
    [['comparisons']],
    [['links']],
    [['administrator', 'invite']],
    [['backup']],
    [['restore']],
  ])('%p has help', async (words) => {
    const { code, data } = await run([...words, '--help']);
    expect(code).toBe(0);
    expect(data).toMatch(/^Usage: barometer/);
  });
});

describe('faults', () => {
  test('a fault is told with what to do, then line by line', () => {
    const faults = [
      { file: 'frame.csv', line: 3, column: 'size', message: 'Found “XL”.' },
      { file: 'frame.csv', line: 4, column: '', message: 'The line has 2 cells; expected 6.' },
    ];
    expect(describeFault(new AppError('import_faulty', { faults }), 'en').slice(1)).toEqual([
      'frame.csv:3: size: Found “XL”.',
      'frame.csv:4: The line has 2 cells; expected 6.',
    ]);
    const unknown = new AppError('wave_unknown', { values: { key: 'spring' } });
    expect(describeFault(unknown, 'en')).toEqual(['The wave does not exist. No wave has the key “spring”.']);
  });
});
