import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startThreadPool, type ThreadPool } from '../../../src/platform/thread-pool';

const folder = mkdtempSync(join(tmpdir(), 'barometer-pool-'));
const program = join(folder, 'add.js');
const pools: ThreadPool[] = [];

beforeAll(() => {
  writeFileSync(
    program,
    `const { parentPort, threadId, workerData } = require('node:worker_threads');
     parentPort.on('message', (number) => {
       if (number < 0) throw new RangeError('of the thread');
       setTimeout(() => parentPort.postMessage({ sum: workerData.input + number, threadId }), 5);
     });`,
  );
});

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  rmSync(folder, { recursive: true });
});

function start(size: number): ThreadPool {
  const pool = startThreadPool({ program, input: 100, size });
  pools.push(pool);
  return pool;
}

test('every task gets its own answer, and all threads take part', async () => {
  const pool = start(2);
  const numbers = Array.from({ length: 40 }, (_, number) => number);
  const answers = (await Promise.all(numbers.map((number) => pool.run(number)))) as { sum: number; threadId: number }[];
  expect(answers.map(({ sum }) => sum)).toEqual(numbers.map((number) => 100 + number));
  expect(new Set(answers.map(({ threadId }) => threadId)).size).toBe(2);
});

test('a thread that fails fails what is under way, what waits and what comes later', async () => {
  const pool = start(1);
  const outcomes = await Promise.allSettled([1, -1, 2, 3].map((number) => pool.run(number)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
  expect(outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual(
    Array.from({ length: 3 }, () => expect.stringContaining('of the thread') as string),
  );
  await expect(pool.run(4)).rejects.toThrow('of the thread');
});
