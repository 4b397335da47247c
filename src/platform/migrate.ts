import knex, { type Knex } from 'knex';
import { Client } from 'pg';
import { migrateJobQueue } from './job-queue';
import { createMigrationSource, migrationsFolder } from './list-migrations';
import { createStartFault, isStartFault } from './start-fault';

const migrationLock = 7_301_003;
/** Knex would tell faults on stdout; they are thrown as well. */
const silent = { warn: () => undefined, error: () => undefined, debug: () => undefined, deprecate: () => undefined };

/**
 * Runs some migrations in a transaction of the caller's, on a database that has none.
 * @param transaction the transaction
 * @param names names of migrations
 */
export async function runMigrationsWithin(transaction: Knex, names: readonly string[]): Promise<void> {
  const source = createMigrationSource(migrationsFolder);
  const getMigrations = async () => {
    const files = await source.getMigrations([]);
    return files.filter((file) => names.includes(source.getMigrationName(file)));
  };
  await transaction.migrate.latest({ migrationSource: { ...source, getMigrations } });
}

async function runMigrations(databaseUrl: string, directory: string): Promise<readonly string[]> {
  const db = knex({
    client: 'pg',
    log: silent,
    connection: databaseUrl,
    pool: { min: 0, max: 2 },
    migrations: { migrationSource: createMigrationSource(directory) },
  });
  try {
    if (await db.schema.hasTable('knex_migrations_lock')) await db.migrate.forceFreeMigrationsLock();
    const answer: unknown = await db.migrate.latest();
    return Array.isArray(answer) && Array.isArray(answer[1]) ? answer[1].map(String) : [];
  } catch (error) {
    if (error instanceof Error && error.message.includes('migration directory is corrupt')) {
      throw createStartFault('The database was made by a newer release of this program; install that release.', error);
    }
    throw error;
  } finally {
    await db.destroy();
  }
}

/**
 * Does something while no other process makes or changes tables; whoever comes meanwhile waits.
 * @param databaseUrl postgres:// address
 * @param work what to do
 * @returns what the work returns
 * @throws a start fault when the connection that holds the others off was lost
 */
export async function holdTables<Result>(databaseUrl: string, work: () => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: databaseUrl });
  let lost: unknown;
  client.on('error', (error) => {
    lost = error;
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    return await work();
  } catch (error) {
    if (lost === undefined || isStartFault(error)) throw error;
    throw createStartFault('The connection to the database was lost while its tables were brought up to date.', error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Brings the tables up to date. An advisory lock lets one process at a time do so; whoever holds it may clear a lock row
 * that a killed process left in Knex' own table.
 * @param databaseUrl postgres:// address
 * @param directory absolute path of the migrations
 * @returns the names of the migrations that were run now
 * @throws a start fault when the database is newer than this program
 */
export async function migrateDatabase(databaseUrl: string, directory = migrationsFolder): Promise<readonly string[]> {
  return holdTables(databaseUrl, async () => {
    const names = await runMigrations(databaseUrl, directory);
    await migrateJobQueue(databaseUrl);
    return names;
  });
}
