import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { packageRoot } from '../../../src/platform/package-root';
import {
  accounts,
  clearUp,
  killPrograms,
  makeFolder,
  readPostmasterPid,
  startProgram,
  type Account,
  type Program,
} from './programs';

function startServer(environment: Readonly<Record<string, string>>, account?: Account): Program {
  return startProgram({ args: ['bin/server.js'], environment: { PORT: '0', ...environment }, account });
}

async function readAddress(server: Program): Promise<string> {
  return (await server.printed(/(http:\/\/localhost:\d+)\//))[1]!;
}

async function expectRefusal(server: Program, line: RegExp): Promise<void> {
  expect(await server.ended).toBe(1);
  expect(server.stderr()).toMatch(line);
  expect(server.stderr().trim().split('\n')).toHaveLength(1);
  expect(server.stdout()).toBe('');
}

/** The demo is filled in once, by the first account. */
const withoutDemo = { NODE_ENV: 'production', LOG_LEVEL: 'error' };

afterEach(killPrograms);
afterAll(clearUp);

describe.each(accounts)('the server, started by $name', (account) => {
  const demo = account === accounts[0] ? {} : withoutDemo;
  let folder: string;
  let environment: Readonly<Record<string, string>>;
  beforeAll(() => {
    folder = makeFolder(account);
    environment = { DATA_DIR: folder, ...demo };
  });

  test('starts from an empty folder, prints its address and stops on SIGTERM together with the database', async () => {
    const server = startServer(environment, account);
    const address = await readAddress(server);
    const page = await fetch(`${address}/`);
    expect(page.status).toBe(200);
    expect(await server.kill('SIGTERM')).toBe(0);
    expect(server.stderr()).toMatch(demo === withoutDemo ? /^$/ : /^Fyller inn demonettverket[^\n]*\n$/);
    expect(readPostmasterPid(folder)).toBeUndefined();
  });

  test('shows its first page when it is started again', async () => {
    const server = startServer(environment, account);
    expect((await fetch(`${await readAddress(server)}/`)).status).toBe(200);
  });

  test('starts after kill -9 on the running database of the killed server', async () => {
    const first = startServer(environment, account);
    await readAddress(first);
    const postmaster = readPostmasterPid(folder);
    await first.kill('SIGKILL');
    const second = startServer(environment, account);
    expect((await fetch(`${await readAddress(second)}/`)).status).toBe(200);
    expect(readPostmasterPid(folder)).toBe(postmaster);
  });
});

describe('what stops a start with one line and exit code 1', () => {
  test('a taken port', async () => {
    const holder = createServer().listen(0, '127.0.0.1').unref();
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as AddressInfo;
    const folder = join(makeFolder(), 'data');
    const server = startServer({ PORT: String(port), DATA_DIR: folder });
    await expectRefusal(server, new RegExp(`^Port ${port} on 127.0.0.1 is taken; stop the program that uses it`));
    holder.close();
    expect(existsSync(folder)).toBe(false);
  });

  test('a second server on the same folder', async () => {
    const folder = makeFolder();
    await readAddress(startServer({ DATA_DIR: folder, ...withoutDemo }));
    await expectRefusal(startServer({ DATA_DIR: folder, ...withoutDemo }), /^A server already runs on the data in/);
  });

  test('a database that does not answer, without telling its password', async () => {
    const server = startServer({ DATABASE_URL: 'postgres://navn:hemmelig@127.0.0.1:1/barometer' });
    await expectRefusal(server, /^DATABASE_URL: no database answers at 127\.0\.0\.1:1 \(ECONNREFUSED\)/);
    expect(server.stderr()).not.toContain('hemmelig');
  });

  test('a database that refuses the password, or that does not exist', async () => {
    const admin = new URL(process.env['TEST_DATABASE_ADMIN_URL']!);
    admin.pathname = '/finnes-ikke';
    await expectRefusal(
      startServer({ DATABASE_URL: admin.toString() }),
      /^DATABASE_URL: there is no database "finnes-ikke"/,
    );
    admin.password = 'feil';
    await expectRefusal(startServer({ DATABASE_URL: admin.toString() }), /^DATABASE_URL: the database at \S+ refused/);
  });

  test('a folder that cannot be written', async () => {
    const account = accounts.at(-1)!;
    const closed = makeFolder(account);
    chmodSync(closed, 0o555);
    const server = startServer({ DATA_DIR: join(closed, 'data') }, account);
    await expectRefusal(server, /^\S+ cannot be written; give this account the right/);
    chmodSync(closed, 0o755);
  });

  test('an address of another machine', async () => {
    await expectRefusal(startServer({ HOST: '192.0.2.1' }), /^HOST is "192\.0\.2\.1", which is not an address of this/);
  });

  test('a faulty variable', async () => {
    await expectRefusal(startServer({ PORT: 'åtti' }), /^PORT is "åtti"; expected a whole number/);
  });

  test.each(['server', 'barometer'])('a Node that is too old, for bin/%s.js', async (name) => {
    const folder = makeFolder();
    const old = join(folder, 'old-node.cjs');
    writeFileSync(old, `Object.defineProperty(process.versions, 'node', { value: '18.20.0' });`);
    const program = startProgram({ args: ['--require', old, `bin/${name}.js`], environment: { DATA_DIR: folder } });
    await expectRefusal(program, /^Node 20\.19 or newer is needed; this is Node 18\.20\.0\.$/m);
  });

  test('a production installation that was not built', async () => {
    const folder = makeFolder();
    for (const path of ['bin', 'package.json'])
      cpSync(join(packageRoot, path), join(folder, path), { recursive: true });
    mkdirSync(join(folder, 'node_modules/express'), { recursive: true });
    cpSync(join(packageRoot, 'package.json'), join(folder, 'node_modules/express/package.json'));
    const server = startProgram({ args: [join(folder, 'bin/server.js')], environment: {} });
    await expectRefusal(server, /^The program is not compiled; run "npm ci && npm run build"/);
  });
});
