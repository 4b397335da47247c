import { Client } from 'pg';
import type { Config } from '../config';
import type { Purpose } from './embedded-postgres/attendance';
import { openEmbeddedDatabase, type OpenDatabase } from './embedded-postgres/open-embedded-database';
import { createStartFault, isStartFault, readErrorCode } from './start-fault';

const oldestVersion = 140_000;
const connectMilliseconds = 10_000;

/** What is asked of a database. */
export interface DatabaseRequest {
  readonly config: Pick<Config, 'databaseUrl' | 'dataDirectory'>;
  /** A folder with an embedded database has one server at most; commands join it, or start it for themselves. */
  readonly purpose: Purpose;
  /** Called when an embedded database that died could not be started again. */
  readonly onLost?: (error: unknown) => void;
  /** Called with one line when an embedded database that died does not start; it is tried on. */
  readonly onTrouble?: (line: string) => void;
}

function describeConnectionFault(databaseUrl: string, error: unknown): string {
  const { hostname, port, pathname } = new URL(databaseUrl);
  const place = `${hostname === '' ? 'localhost' : hostname}:${port === '' ? '5432' : port}`;
  const code = readErrorCode(error);
  if (['28P01', '28000'].includes(code))
    return `DATABASE_URL: the database at ${place} refused the name or the password.`;
  if (code === '3D000')
    return `DATABASE_URL: there is no database "${pathname.slice(1)}" at ${place}; create it first.`;
  const reason = code === '' && error instanceof Error ? error.message : code;
  return `DATABASE_URL: no database answers at ${place} (${reason}); check the address, and that it runs.`;
}

async function checkExternalDatabase(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: connectMilliseconds });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const answer = await client.query<{ number: string; name: string }>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as name`,
    );
    if (Number(answer.rows[0]?.number) < oldestVersion) {
      throw createStartFault(`DATABASE_URL: PostgreSQL 14 or newer is needed, found ${answer.rows[0]?.name ?? ''}.`);
    }
  } catch (error) {
    if (isStartFault(error)) throw error;
    throw createStartFault(describeConnectionFault(databaseUrl, error), error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Opens the database: the one DATABASE_URL names, else the embedded one in the data folder.
 * @param request configuration and purpose
 * @returns its address, and a function that stops using it (and stops an embedded one that nobody else uses)
 * @throws a start fault of one line when there is no usable database
 */
export async function openDatabase(request: DatabaseRequest): Promise<OpenDatabase> {
  const { databaseUrl, dataDirectory } = request.config;
  if (databaseUrl === undefined) return openEmbeddedDatabase({ ...request, dataDirectory });
  await checkExternalDatabase(databaseUrl);
  return { databaseUrl, stop: () => Promise.resolve() };
}
