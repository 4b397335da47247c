import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInThread } from '../../../src/platform/run-in-thread';

const folder = mkdtempSync(join(tmpdir(), 'barometer-thread-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, `const { parentPort, workerData } = require('node:worker_threads');\n${text}`);
  return file;
}

test('a program gets its input and is heard', async () => {
  const told: unknown[] = [];
  const program = write('echo.js', 'parentPort.postMessage(workerData.input.number + 1);');
  await runInThread({ program, input: { number: 41 }, onMessage: (message) => told.push(message) });
  expect(told).toEqual([42]);
});

test('what a program throws is thrown', async () => {
  const program = write('throw.js', "throw new RangeError('of the thread');");
  await expect(runInThread({ program, input: {}, onMessage: () => undefined })).rejects.toThrow('of the thread');
});

test('a program is ended when it is told to, also before it has begun', async () => {
  const program = write('wait.js', "parentPort.postMessage('begun'); setInterval(() => undefined, 1000);");
  const stop = new AbortController();
  const ended = runInThread({
    program,
    input: {},
    onMessage: () => {
      stop.abort();
    },
    signal: stop.signal,
  });
  await expect(ended).rejects.toThrow('the thread was ended');
  await expect(runInThread({ program, input: {}, onMessage: () => undefined, signal: stop.signal })).rejects.toThrow(
    'the thread was ended',
  );
});
