import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../../src/context';
import { openEmbeddedDatabase } from '../../src/platform/embedded-postgres/open-embedded-database';

/** A Postgres of its own with the settings of an installation: fsync and synchronous_commit on. */
export interface Postgres {
  readonly databaseUrl: string;
  readonly postmasterPid: () => number;
  readonly stop: () => Promise<void>;
}

/**
 * Starts an embedded Postgres.
 * @param dataDirectory folder for its data
 */
export async function startPostgres(dataDirectory: string): Promise<Postgres> {
  const { databaseUrl, stop } = await openEmbeddedDatabase({ dataDirectory, purpose: 'command' });
  const file = join(dataDirectory, 'postgres', 'cluster', 'postmaster.pid');
  return { databaseUrl, stop, postmasterPid: () => Number(readFileSync(file, 'utf8').split('\n')[0]) };
}

/** Version of Postgres and the settings that durability hangs on, for the results. */
export async function describePostgres({ db }: Context): Promise<string> {
  const { rows } = await db.raw<{ rows: { text: string }[] }>(
    `SELECT current_setting('server_version') || ', fsync ' || current_setting('fsync') || ', synchronous_commit ' ||
            current_setting('synchronous_commit') AS text`,
  );
  return rows[0]?.text ?? '';
}
