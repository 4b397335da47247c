import { realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { createStartFault } from '../start-fault';
import { choosePort } from './choose-port';
import type { Binaries } from './find-binaries';
import { ownerName, readInstallation, writeInstallation, type ClusterPaths } from './installation';
import { isDatabaseProcess, readPostmaster, removeStalePostmasterFile, type Postmaster } from './postmaster-file';
import { startPostmaster } from './run-postmaster';

const patienceMilliseconds = 60_000;
const retryMilliseconds = 50;
const connectMilliseconds = 5_000;

/** A cluster with the programs that run it and the password of its owner. */
export interface Cluster {
  readonly paths: ClusterPaths;
  readonly binaries: Binaries;
  readonly password: string;
  /** Settings of Postgres that differ from the standard ones. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Makes a connection string for a cluster.
 * @param cluster the cluster
 * @param port its TCP port
 * @param database name of the database
 * @returns a postgres:// address with the owner's password
 */
export function formatDatabaseUrl(cluster: Pick<Cluster, 'password'>, port: number, database: string): string {
  return `postgres://${ownerName}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

async function answersForCluster(cluster: Cluster, postmaster: Postmaster): Promise<boolean> {
  const client = new Client({
    connectionString: formatDatabaseUrl(cluster, postmaster.port, 'postgres'),
    connectionTimeoutMillis: connectMilliseconds,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const answer = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
    return answer.rows[0]?.folder === realpathSync(cluster.paths.data);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function readComplaint(complaint: string): string {
  return /(?:FATAL|PANIC|ERROR):\s*(.+)/.exec(complaint)?.[1] ?? complaint.trim().split('\n').at(-1) ?? '';
}

async function startOnce(cluster: Cluster): Promise<Postmaster | undefined> {
  const installation = readInstallation(cluster.paths);
  if (installation === undefined) throw createStartFault(`${cluster.paths.container} lost its installation.json.`);
  const options = { port: installation.port, settings: cluster.settings };
  const result = await startPostmaster(cluster.binaries, cluster.paths, options);
  if ('postmaster' in result) return result.postmaster;
  if (/could not bind|could not create any TCP/.test(result.complaint)) {
    writeInstallation(cluster.paths, { ...installation, port: await choosePort() });
  } else if (/lock file ".*" already exists/.test(result.complaint)) {
    removeStalePostmasterFile(cluster.paths.data);
  } else if (!/pre-existing shared memory block/.test(result.complaint)) {
    const { container, logFile } = cluster.paths;
    throw createStartFault(
      `The database in ${container} did not start: ${readComplaint(result.complaint)} (log: ${logFile})`,
    );
  }
  return undefined;
}

/**
 * Joins the cluster's database if it runs, also one whose program was killed; otherwise starts it. A database that was
 * killed itself can hold its files for a second while its processes end, so that refused starts are tried again.
 * @param cluster the cluster
 * @returns the running database
 * @throws a start fault when it does not run within a minute
 */
export async function ensureRunning(cluster: Cluster): Promise<Postmaster> {
  const deadline = Date.now() + patienceMilliseconds;
  while (Date.now() < deadline) {
    const running = readPostmaster(cluster.paths.data);
    if (running !== undefined && isDatabaseProcess(running.pid)) {
      if (running.isReady && (await answersForCluster(cluster, running))) return running;
    } else {
      const started = await startOnce(cluster);
      if (started !== undefined) return started;
    }
    await sleep(retryMilliseconds);
  }
  throw createStartFault(
    `The database in ${cluster.paths.container} did not answer within a minute (log: ${cluster.paths.logFile})`,
  );
}
