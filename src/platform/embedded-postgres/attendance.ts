import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** What a process opens the database for. A folder has one server at most, and any number of commands. */
export type Purpose = 'server' | 'command';

/** The connection by which a process shows that it uses the database. Its locks end with the process, however it ends. */
export interface Attendance {
  /** Resolves when the connection is lost without `leave`. */
  readonly lost: Promise<void>;
  /**
   * Stops attending.
   * @param whenLast called while nobody else can join, and only if nobody else attends
   */
  readonly leave: (whenLast: () => Promise<void>) => Promise<void>;
}

const attendanceLock = 7_301_001;
const serverLock = 7_301_002;
const connectMilliseconds = 5_000;
const serverLockAttempts = 10;
const serverLockPauseMilliseconds = 100;

async function tryLock(client: Client, call: string): Promise<boolean> {
  const answer = await client.query<{ got: boolean }>(`select ${call} as got`);
  return answer.rows[0]?.got === true;
}

async function tryServerLock(client: Client): Promise<boolean> {
  for (let attempt = 1; attempt <= serverLockAttempts; attempt += 1) {
    if (await tryLock(client, `pg_try_advisory_lock(${serverLock})`)) return true;
    await sleep(serverLockPauseMilliseconds);
  }
  return false;
}

async function becomeLast(client: Client): Promise<boolean> {
  try {
    await client.query('select pg_advisory_unlock_all()');
    return await tryLock(client, `pg_try_advisory_lock(${attendanceLock})`);
  } catch {
    return false; // The database is gone, so that there is nothing to stop.
  }
}

/**
 * Shows that this process uses a running database.
 * @param databaseUrl the cluster's maintenance database
 * @param purpose what it is used for
 * @returns the attendance; 'taken' when a server runs already; undefined when the database is just being stopped
 * @throws what the connection reports
 */
export async function attend(databaseUrl: string, purpose: Purpose): Promise<Attendance | 'taken' | undefined> {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: connectMilliseconds,
    application_name: `innovasjonsbarometer ${purpose} attendance`,
    keepAlive: true,
  });
  let isLeaving = false;
  const lost = new Promise<void>((resolve) => {
    client.on('error', () => undefined);
    client.on('end', () => {
      if (!isLeaving) resolve();
    });
  });
  const disconnect = async () => {
    isLeaving = true;
    await client.end().catch(() => undefined);
  };
  try {
    await client.connect();
    if (!(await tryLock(client, `pg_try_advisory_lock_shared(${attendanceLock})`))) {
      await disconnect();
      return undefined;
    }
    if (purpose === 'server' && !(await tryServerLock(client))) {
      await disconnect();
      return 'taken';
    }
  } catch (error) {
    await disconnect();
    throw error;
  }
  const leave = async (whenLast: () => Promise<void>) => {
    isLeaving = true;
    const isLast = await becomeLast(client);
    try {
      if (isLast) await whenLast();
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  return { lost, leave };
}
