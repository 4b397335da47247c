import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { createStartFault } from '../start-fault';
import { choosePort } from './choose-port';
import { executable, type Binaries } from './find-binaries';
import {
  listPaths,
  locateCluster,
  ownerName,
  readInstallation,
  writeInstallation,
  type ClusterPaths,
} from './installation';
import { handOver, type ProcessAccount } from './process-account';
import { makeUnfinishedFolder } from './unfinished-folders';

function runInitdb(binaries: Binaries, paths: ClusterPaths, account: ProcessAccount): Promise<void> {
  const locale =
    binaries.major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C'];
  const access = ['-U', ownerName, `--pwfile=${paths.passwordFile}`, '--auth=scram-sha-256'];
  const args = ['-D', paths.data, '-E', 'UTF8', ...locale, '--data-checksums', '--no-instructions', ...access];
  return new Promise((resolve, reject) => {
    const child = spawn(join(binaries.directory, executable('initdb')), args, {
      ...account,
      cwd: parse(paths.data).root,
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      const reason = /(?:error|FATAL|PANIC):\s*(.+)/.exec(complaint)?.[1] ?? complaint.trim();
      if (code === 0) resolve();
      else reject(createStartFault(`The database could not be set up in ${paths.container}: ${reason}`));
    });
  });
}

/**
 * Makes a new cluster. It grows under a name of its own and is renamed when it is whole, so that a start that was killed
 * half-way leaves nothing that could be taken for a cluster, and of two starts at once one wins.
 * @param dataDirectory absolute path of an existing folder
 * @param binaries the programs to make it with
 * @param account the account that the database runs as
 * @throws a start fault when the folder cannot be written or the disk is full
 */
export async function createCluster(dataDirectory: string, binaries: Binaries, account: ProcessAccount): Promise<void> {
  const target = locateCluster(dataDirectory);
  const unfinished = listPaths(makeUnfinishedFolder(target.container));
  try {
    if (account !== undefined) chmodSync(unfinished.container, 0o711);
    mkdirSync(unfinished.data, { mode: 0o700 });
    handOver(unfinished.data, account);
    writeFileSync(unfinished.passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
    handOver(unfinished.passwordFile, account);
    await runInitdb(binaries, unfinished, account);
    if (account !== undefined) chownSync(unfinished.passwordFile, 0, 0);
    writeInstallation(unfinished, { postgres: binaries.version, major: binaries.major, port: await choosePort() });
    renameSync(unfinished.container, target.container);
  } catch (error) {
    rmSync(unfinished.container, { recursive: true, force: true });
    if (readInstallation(target) === undefined) throw error;
  }
}
