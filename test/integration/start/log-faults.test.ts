import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../../src/platform/package-root';
import { withDatabase } from '../../support/database';

const database = withDatabase();
const visits = 20;
const fullDevice = '/dev/full';
let child: ChildProcess | undefined;

jest.setTimeout(60_000);
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

async function visitOften(port: number): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    statuses.push((await fetch(`http://127.0.0.1:${port}/svar/x`)).status);
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
