import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { createStartFault, readErrorCode } from '../start-fault';
import { attend, type Attendance, type Purpose } from './attendance';
import { ensureRunning, formatDatabaseUrl, type Cluster } from './ensure-running';
import { prepareCluster } from './prepare-cluster';
import { stopPostmaster } from './run-postmaster';

const applicationDatabase = 'innovasjonsbarometer';
const rejoinMilliseconds = 100;
const joinAttempts = 100;
const retryMilliseconds = 2_000;

/** What is asked of the embedded database. */
export interface EmbeddedDatabaseRequest {
  /** Absolute path of the folder that holds, or will hold, the data. */
  readonly dataDirectory: string;
  readonly purpose: Purpose;
  /** Settings of Postgres that differ from the standard ones. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Called when a database that died can never be used again under its address. */
  readonly onLost?: (error: unknown) => void;
  /** Called with one line when a database that died does not start, because its disk is full for instance; it is tried on. */
  readonly onTrouble?: (line: string) => void;
}

interface Joined {
  readonly port: number;
  readonly attendance: Attendance;
}

/** A database that is ready for use. */
export interface OpenDatabase {
  readonly databaseUrl: string;
  /** Stops using it; an embedded database itself stops when nobody else uses it. */
  readonly stop: () => Promise<void>;
}

async function createApplicationDatabase(maintenanceUrl: string): Promise<void> {
  const client = new Client({ connectionString: maintenanceUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query('select oid from pg_database where datname = $1', [applicationDatabase]);
    if (found.rowCount === 0) await client.query(`create database ${applicationDatabase}`);
  } catch (error) {
    const someoneElseWasFaster = ['42P04', '23505'].includes(readErrorCode(error));
    if (!someoneElseWasFaster)
      throw createStartFault('The database was lost while it was being opened; start again.', error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function createTakenFault({ paths }: Cluster): Error {
  const folder = dirname(paths.container);
  return createStartFault(`A server already runs on the data in ${folder}; stop it or set DATA_DIR to another folder.`);
}

async function joinCluster(cluster: Cluster, purpose: Purpose): Promise<Joined | 'taken'> {
  for (let attempt = 1; attempt <= joinAttempts; attempt += 1) {
    const { port } = await ensureRunning(cluster);
    const attendance = await attend(formatDatabaseUrl(cluster, port, 'postgres'), purpose).catch(() => undefined);
    if (attendance === 'taken') return 'taken';
    if (attendance !== undefined) return { port, attendance };
    await sleep(rejoinMilliseconds);
  }
  throw createStartFault(`The database in ${cluster.paths.container} keeps stopping (log: ${cluster.paths.logFile})`);
}

function keepAttending(cluster: Cluster, request: EmbeddedDatabaseRequest, first: Joined): Attendance['leave'] {
  let current = first.attendance;
  let isLeaving = false;
  const tryToJoin = async (isFirst: boolean): Promise<Joined | 'taken' | 'left'> => {
    if (isLeaving) return 'left';
    try {
      return await joinCluster(cluster, request.purpose);
    } catch (error) {
      if (isFirst) request.onTrouble?.(error instanceof Error ? error.message : String(error));
      await sleep(retryMilliseconds);
      return tryToJoin(false);
    }
  };
  const rejoin = async () => {
    const joined = await tryToJoin(true);
    if (joined === 'left') return;
    if (joined === 'taken') throw createTakenFault(cluster);
    current = joined.attendance;
    watch();
    if (joined.port !== first.port) {
      throw createStartFault('The database had to move to another port; start the server again.');
    }
  };
  const watch = () => {
    current.lost.then(rejoin).catch((error: unknown) => request.onLost?.(error));
  };
  watch();
  return (whenLast) => {
    isLeaving = true;
    return current.leave(whenLast);
  };
}

/**
 * Opens the embedded database of a folder, made on first use, and starts it again if it dies. Whoever leaves last stops it: a command that joins a
 * running server leaves the server's database alone, and a command on its own leaves no process behind.
 * @param request the folder and the purpose
 * @returns address and stop function
 * @throws a start fault of one line: no Postgres for this machine, an unusable folder, a second server
 */
export async function openEmbeddedDatabase(request: EmbeddedDatabaseRequest): Promise<OpenDatabase> {
  const cluster = await prepareCluster(request.dataDirectory, request.settings ?? {});
  const joined = await joinCluster(cluster, request.purpose);
  if (joined === 'taken') throw createTakenFault(cluster);
  const { port } = joined;
  const leave = keepAttending(cluster, request, joined);
  await createApplicationDatabase(formatDatabaseUrl(cluster, port, 'postgres'));
  return {
    databaseUrl: formatDatabaseUrl(cluster, port, applicationDatabase),
    stop: () => leave(() => stopPostmaster(cluster.binaries, cluster.paths.data)),
  };
}
