import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { locateCluster, readInstallation } from '../../../src/platform/embedded-postgres/installation';
import {
  accounts,
  clearUp,
  holdDatabase,
  killPrograms,
  makeFolder,
  query,
  readDatabaseUrl,
  readPostmasterPid,
  startProgram,
  waitUntilGone,
} from './programs';

function readPort(folder: string): number | undefined {
  return readInstallation(locateCluster(folder))?.port;
}

afterEach(killPrograms);
afterAll(clearUp);

describe.each(accounts)('the embedded database, run by $name', (account) => {
  let folder: string;
  beforeAll(() => {
    folder = makeFolder(account);
  });

  test('starts in an empty folder, keeps its data and port, and leaves no process behind', async () => {
    const first = holdDatabase('server', folder, account);
    const url = await readDatabaseUrl(first);
    await query(url, 'create table kept as select 42 as value');
    const postmaster = readPostmasterPid(folder)!;
    expect(await first.kill('SIGTERM')).toBe(0);
    expect(readPostmasterPid(folder)).toBeUndefined();
    await waitUntilGone(postmaster);

    const second = holdDatabase('server', folder, account);
    expect(await readDatabaseUrl(second)).toBe(url);
    expect(await query(url, 'select value from kept')).toEqual([42]);
    expect(second.stderr()).toBe('');
  });

  test('outlives a killed program and is taken over by the next one', async () => {
    const first = holdDatabase('server', folder, account);
    const url = await readDatabaseUrl(first);
    const postmaster = readPostmasterPid(folder);
    await first.kill('SIGKILL');
    const second = holdDatabase('server', folder, account);
    expect(await readDatabaseUrl(second)).toBe(url);
    expect(readPostmasterPid(folder)).toBe(postmaster);
    expect(await second.kill('SIGINT')).toBe(0);
    expect(readPostmasterPid(folder)).toBeUndefined();
  });

  test('starts again after both the program and the database were killed', async () => {
    const first = holdDatabase('server', folder, account);
    const url = await readDatabaseUrl(first);
    await query(url, 'create table kept_too as select 42 as value');
    const postmaster = readPostmasterPid(folder)!;
    await first.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    const second = holdDatabase('server', folder, account);
    await readDatabaseUrl(second);
    expect(await query(url, 'select value from kept_too')).toEqual([42]);
    expect(readPostmasterPid(folder)).not.toBe(postmaster);
  });

  test('is started again by the server that uses it when it dies', async () => {
    const server = holdDatabase('server', folder, account);
    const url = await readDatabaseUrl(server);
    const postmaster = readPostmasterPid(folder)!;
    process.kill(postmaster, 'SIGKILL');
    await waitUntilGone(postmaster);
    while (readPostmasterPid(folder) === postmaster) await sleep(20);
    let answer: unknown;
    while (answer === undefined) {
      answer = await query(url, 'select 1').catch(() => undefined);
    }
    expect(answer).toEqual([1]);
    await sleep(300);
    const other = holdDatabase('server', folder, account);
    expect(await other.ended).toBe(1);
    expect(other.stderr()).toMatch(/^A server already runs on the data in \S+; stop it/);
    expect(await server.kill('SIGTERM')).toBe(0);
    expect(readPostmasterPid(folder)).toBeUndefined();
  });

  test('a start that was killed while the cluster was being made is done anew', async () => {
    const own = makeFolder(account);
    const first = holdDatabase('server', own, account);
    while (!readdirSync(own).some((name) => name.startsWith('postgres.new-'))) await sleep(5);
    await first.kill('SIGKILL');
    expect(existsSync(join(own, 'postgres'))).toBe(false);
    const second = holdDatabase('server', own, account);
    expect(await query(await readDatabaseUrl(second), 'select 1')).toEqual([1]);
    expect(readdirSync(own)).toEqual(['postgres']);
  });

  test('the process number of a dead database that another program has now does not stop the start', async () => {
    const first = holdDatabase('server', folder, account);
    const url = await readDatabaseUrl(first);
    const bystander = startProgram({ args: ['-e', 'setInterval(() => 0, 60000)'], environment: {}, account });
    const pidFile = join(folder, 'postgres/cluster/postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    expect(await first.kill('SIGTERM')).toBe(0);
    writeFileSync(pidFile, [String(bystander.pid), ...lines.slice(1)].join('\n'));
    const { uid, gid } = statSync(join(folder, 'postgres/cluster'));
    chownSync(pidFile, uid, gid);
    const second = holdDatabase('server', folder, account);
    expect(await readDatabaseUrl(second)).toBe(url);
  });
});

describe('who uses the embedded database', () => {
  let folder: string;
  beforeAll(() => {
    folder = makeFolder();
  });

  test('of two servers that start at once in an empty folder one runs and one is refused', async () => {
    const servers = [holdDatabase('server', folder), holdDatabase('server', folder)];
    const exitCode = await Promise.race(servers.map((server) => server.ended));
    expect(exitCode).toBe(1);
    const winner = servers.find((server) => server.stderr() === '')!;
    expect(await query(await readDatabaseUrl(winner), 'select 1')).toEqual([1]);
    expect(readdirSync(folder)).toEqual(['postgres']);
  });

  test('of two servers on one folder the second is refused with one line', async () => {
    await readDatabaseUrl(holdDatabase('server', folder));
    const second = holdDatabase('server', folder);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toBe(
      `A server already runs on the data in ${folder}; stop it or set DATA_DIR to another folder.\n`,
    );
  });

  test('a command joins a running server and leaves its database alone', async () => {
    const url = await readDatabaseUrl(holdDatabase('server', folder));
    const command = holdDatabase('command', folder);
    expect(await readDatabaseUrl(command)).toBe(url);
    expect(await command.kill('SIGTERM')).toBe(0);
    expect(await query(url, 'select 1')).toEqual([1]);
  });

  test('a command that started the database leaves it to a server that joined meanwhile', async () => {
    const command = holdDatabase('command', folder);
    const url = await readDatabaseUrl(command);
    const server = holdDatabase('server', folder);
    await readDatabaseUrl(server);
    await command.kill('SIGTERM');
    expect(await query(url, 'select 1')).toEqual([1]);
    await server.kill('SIGTERM');
    expect(readPostmasterPid(folder)).toBeUndefined();
  });

  test('of several commands the last one to end stops the database', async () => {
    const first = holdDatabase('command', folder);
    const url = await readDatabaseUrl(first);
    const second = holdDatabase('command', folder);
    await readDatabaseUrl(second);
    await first.kill('SIGTERM');
    expect(await query(url, 'select 1')).toEqual([1]);
    await second.kill('SIGTERM');
    expect(readPostmasterPid(folder)).toBeUndefined();
  });
});

describe('how the embedded database is kept', () => {
  let folder: string;
  beforeAll(() => {
    folder = makeFolder();
  });

  test('another port is chosen when another program has taken the old one', async () => {
    const first = holdDatabase('server', folder);
    await readDatabaseUrl(first);
    await first.kill('SIGTERM');
    const oldPort = readPort(folder);
    const intruder = createServer().listen(oldPort, '127.0.0.1').unref();
    const second = holdDatabase('server', folder);
    const url = new URL(await readDatabaseUrl(second));
    intruder.close();
    expect(Number(url.port)).toBe(readPort(folder));
    expect(readPort(folder)).not.toBe(oldPort);
    expect(readPort(folder)).not.toBe(5432);
  });

  test('only this machine may connect, and only with the password, which only the owner may read', async () => {
    const url = await readDatabaseUrl(holdDatabase('server', folder));
    const wrong = new URL(url);
    wrong.password = 'feil';
    await expect(query(wrong.toString(), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    for (const address of Object.values(networkInterfaces()).flat()) {
      if (address === undefined || address.internal || address.family !== 'IPv4') continue;
      const outside = new URL(url);
      outside.hostname = address.address;
      await expect(query(outside.toString(), 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
    expect(await query(url, 'show unix_socket_directories')).toEqual(['']);
    expect(await query(url, `select distinct auth_method from pg_hba_file_rules`)).toEqual(['scram-sha-256']);
    expect(statSync(join(folder, 'postgres/password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'postgres/cluster')).mode & 0o777).toBe(0o700);
  });

  test('acknowledged answers survive a power cut, pages are checked, sorting is the same on every machine', async () => {
    const url = await readDatabaseUrl(holdDatabase('server', folder));
    const show = async (name: string) => (await query(url, `show ${name}`))[0];
    expect([await show('fsync'), await show('synchronous_commit'), await show('data_checksums')]).toEqual(
      Array(3).fill('on'),
    );
    expect(await query(url, `select datlocale from pg_database where datname = current_database()`)).toEqual([
      'C.UTF-8',
    ]);
    expect(await query(url, `select upper('æøå')`)).toEqual(['ÆØÅ']);
  });

  test('the log holds neither statements nor the rows that a fault is about', async () => {
    const url = await readDatabaseUrl(holdDatabase('server', folder));
    await query(url, 'create table answer (value text unique)');
    await query(url, `insert into answer values ('hemmelig')`);
    await expect(query(url, `insert into answer values ('hemmelig')`)).rejects.toMatchObject({ code: '23505' });
    const log = readFileSync(join(folder, 'postgres/postgres.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('hemmelig');
  });

  test('data of another major version are refused with one line', async () => {
    const first = holdDatabase('server', folder);
    await readDatabaseUrl(first);
    await first.kill('SIGTERM');
    const file = join(folder, 'postgres/installation.json');
    const installation = readFileSync(file, 'utf8');
    expect(readInstallation(locateCluster(folder))?.postgres).toMatch(/^\d+\.\d+/);
    writeFileSync(file, JSON.stringify({ postgres: '12.3', major: 12, port: 20000 }));
    const second = holdDatabase('server', folder);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toMatch(/^The data in \S+ belong to PostgreSQL 12, but only .+ is here; [^\n]+\n$/);
    writeFileSync(file, installation);
  });

  test('a data folder that is a file, or lies in a folder without rights, is refused with one line', async () => {
    const file = join(makeFolder(), 'a-file');
    writeFileSync(file, '');
    const onFile = holdDatabase('server', file);
    expect(await onFile.ended).toBe(1);
    expect(onFile.stderr()).toBe(`${file} is not a folder; set DATA_DIR to the path of a folder.\n`);

    const account = accounts.at(-1)!;
    const closed = join(makeFolder(account), 'closed');
    mkdirSync(closed, { mode: 0o555 });
    const unwritable = holdDatabase('server', join(closed, 'data'), account);
    expect(await unwritable.ended).toBe(1);
    expect(unwritable.stderr()).toMatch(/^\S+ cannot be written; give this account the right to it [^\n]+\n$/);
  });
});
