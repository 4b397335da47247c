import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ModuleKind, ScriptTarget, transpileModule, type CompilerOptions } from 'typescript';
import { packageRoot } from '../../src/platform/package-root';

const startPatienceMilliseconds = 240_000;
const pollMilliseconds = 20;
/** What the build's own settings come to for one file. */
const compilerOptions: CompilerOptions = {
  module: ModuleKind.CommonJS,
  target: ScriptTarget.ES2023,
  esModuleInterop: true,
};

/** A server in a process of its own. */
export interface Server {
  readonly pid: number;
  readonly port: number;
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
}

export interface ServerRequest {
  /** Arguments of node. */
  readonly args: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Path that answers 200 when the server is ready. */
  readonly readyPath: string;
  /** Where its log goes. */
  readonly logFile: string;
}

/** Makes a temporary folder that other accounts may pass, as Postgres does when root starts it. */
export function makeBenchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-bench-'));
  chmodSync(folder, 0o711);
  return folder;
}

/**
 * Compiles the product, without checking types, to what runs in production, in a folder of its own, so that work on the source does not
 * disturb a run.
 * @param folder empty folder
 * @param source folder of the source; another working tree can be compared with this one
 */
export function compileProduct(folder: string, source = packageRoot): void {
  mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, [join(source, 'bin', 'build-assets.js')]);
  for (const name of ['package.json', 'views', 'surveys', 'public']) {
    cpSync(join(source, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
  for (const part of ['src', 'migrations']) {
    for (const entry of readdirSync(join(source, part), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) compileFile(source, join(entry.parentPath, entry.name).slice(source.length + 1), folder);
    }
  }
}

function compileFile(source: string, path: string, folder: string): void {
  const text = readFileSync(join(source, path), 'utf8');
  const target = join(folder, 'dist', path.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, path.endsWith('.ts') ? transpileModule(text, { compilerOptions }).outputText : text);
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function waitUntilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  const end = Date.now() + startPatienceMilliseconds;
  for (;;) {
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    if (child.exitCode !== null || Date.now() > end) {
      throw new Error(`the server did not start: ${readFileSync(logFile, 'utf8').slice(-2000)}`);
    }
    await sleep(pollMilliseconds);
  }
}

/**
 * Starts a server and waits until it is ready.
 * @param request program, folder, environment and the path that tells
 */
async function startServer(request: ServerRequest): Promise<Server> {
  const port = await findFreePort();
  const log = openSync(request.logFile, 'a');
  const child = spawn(process.execPath, request.args, {
    cwd: request.folder,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', PORT: String(port), ...request.environment },
    stdio: ['ignore', log, log],
  });
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => {
      resolve();
    }),
  );
  await waitUntilReady(child, `http://127.0.0.1:${port}${request.readyPath}`, request.logFile).catch(
    (error: unknown) => {
      child.kill('SIGKILL');
      throw error;
    },
  );
  return {
    pid: child.pid ?? 0,
    port,
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

/**
 * Starts the compiled product as in production.
 * @param folder where `compileProduct` put it
 * @param environment DATABASE_URL or DATA_DIR
 */
export function startProduct(
  folder: string,
  environment: Readonly<Record<string, string>>,
  nodeArguments: readonly string[] = [],
): Promise<Server> {
  return startServer({
    args: [...nodeArguments, join('dist', 'src', 'server.js')],
    folder,
    environment: { TRUST_PROXY: '1', ...environment },
    readyPath: '/ready',
    logFile: join(folder, 'server.log'),
  });
}

/**
 * Starts one of the reference servers.
 * @param folder folder for its log
 * @param configuration what `reference-server.ts` reads from its environment
 */
export function startReference(folder: string, configuration: Readonly<Record<string, string>>): Promise<Server> {
  return startServer({
    args: ['--import', 'tsx', join('bench', 'support', 'reference-server.ts')],
    folder: packageRoot,
    environment: configuration,
    readyPath: '/ready',
    logFile: join(folder, 'reference.log'),
  });
}

export function removeBenchFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
