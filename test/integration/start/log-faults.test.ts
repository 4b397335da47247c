import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../../src/platform/package-root';
import { withDatabase } from '../../support/database';

const database = withDatabase();
const visits = 20;
const fullDevice = '/dev/full';
let child: ChildProcess | undefined;

afterEach(() => child?.kill('SIGKILL'));

function startServer(log: 'pipe' | number): ChildProcess {
  const environment = { PORT: '0', DATABASE_URL: database.url(), NODE_ENV: 'production', LOG_LEVEL: 'trace' };
  return spawn(process.execPath, ['bin/server.js'], {
    cwd: packageRoot,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', log],
  });
}

async function readPort(server: ChildProcess): Promise<number> {
  let printed = '';
  server.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  for (;;) {
    const port = /localhost:(\d+)\//.exec(printed)?.[1];
    if (port !== undefined) return Number(port);
    if (server.exitCode !== null) throw new Error(`ended with ${server.exitCode}`);
    await sleep(20);
  }
}

async function visitOften(port: number, path = '/svar/x'): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    statuses.push((await fetch(`http://127.0.0.1:${port}${path}`)).status);
  }
  return statuses;
}

test('the server goes on when whoever reads its log and its words is gone', async () => {
  child = startServer('pipe');
  const port = await readPort(child);
  child.stderr?.destroy();
  child.stdout?.destroy();
  expect(new Set(await visitOften(port))).toEqual(new Set([404]));
  expect(child.exitCode).toBeNull();
});

(existsSync(fullDevice) ? test : test.skip)('the server goes on when the disk of its log is full', async () => {
  child = startServer(openSync(fullDevice, 'w'));
  const port = await readPort(child);
  expect(new Set(await visitOften(port))).toEqual(new Set([404]));
  expect(child.exitCode).toBeNull();
});

test('the server goes on, and stops in good order, when whoever reads its log stalls', async () => {
  child = startServer('pipe');
  const port = await readPort(child);
  child.stderr?.pause();
  // Each visit is a line of some 150 bytes: more than pipes hold.
  for (let round = 0; round < 5; round += 1) {
    const statuses = await Promise.all(Array.from({ length: 20 }, () => visitOften(port, '/health')));
    expect(new Set(statuses.flat())).toEqual(new Set([200]));
  }
  const ended = new Promise((resolve) => child?.once('exit', resolve));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test('the last lines are written before the server ends', async () => {
  child = startServer('pipe');
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const port = await readPort(child);
  await visitOften(port, '/health');
  child.kill('SIGTERM');
  await new Promise((resolve) => child?.once('close', resolve));
  const lines = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const visited = lines.filter(({ route }) => route === '/health');
  expect(visited).toHaveLength(visits);
  expect(visited[0]).toEqual({
    level: 30,
    time: expect.any(Number) as number,
    requestId: expect.any(String) as string,
    method: 'GET',
    route: '/health',
    status: 200,
    milliseconds: expect.any(Number) as number,
  });
});
