import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import knex, { type Knex } from 'knex';
import { Client } from 'pg';
import { migrateJobQueue } from './job-queue';
import { codeRoot } from './package-root';
import { createStartFault, isStartFault } from './start-fault';

const migrationLock = 7_301_003;
const load = createRequire(__filename);

function isMigration(loaded: unknown): loaded is Knex.Migration {
  return typeof loaded === 'object' && loaded !== null && 'up' in loaded && typeof loaded.up === 'function';
}

function refuseToGoBack(): Promise<never> {
  return Promise.reject(new RangeError('migrations go forward only'));
}

/** Knex would tell faults on stdout; they are thrown as well. */
const silent = { warn: () => undefined, error: () => undefined, debug: () => undefined, deprecate: () => undefined };

/**
 * Reads migrations from a folder and names them without extension, so that a database migrated from TypeScript source
 * and one migrated from compiled JavaScript agree.
 * @param directory absolute path
 * @returns a migration source for Knex
 */
export function createMigrationSource(directory: string): Knex.MigrationSource<string> {
  return {
    getMigrations: () => {
      const files = readdirSync(directory).filter((file) => /^\d{14}_.*(?<!\.d)\.[jt]s$/.test(file));
      return Promise.resolve(files.sort());
    },
    getMigrationName: (file) => file.slice(0, -extname(file).length),
    getMigration: (file) => {
      const migration: unknown = load(join(directory, file));
      if (isMigration(migration)) return Promise.resolve({ up: migration.up, down: refuseToGoBack });
      return Promise.reject(new RangeError(`${file} has no function "up"`));
    },
  };
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
 * Brings the tables up to date. An advisory lock lets one process at a time do so; whoever holds it may clear a lock row
 * that a killed process left in Knex' own table.
 * @param databaseUrl postgres:// address
 * @param directory absolute path of the migrations
 * @returns the names of the migrations that were run now
 * @throws a start fault when the database is newer than this program
 */
export async function migrateDatabase(
  databaseUrl: string,
  directory = join(codeRoot, 'migrations'),
): Promise<readonly string[]> {
  const client = new Client({ connectionString: databaseUrl });
  let lost: unknown;
  client.on('error', (error) => {
    lost = error;
  });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const names = await runMigrations(databaseUrl, directory);
    await migrateJobQueue(databaseUrl);
    return names;
  } catch (error) {
    if (lost === undefined || isStartFault(error)) throw error;
    throw createStartFault('The connection to the database was lost while its tables were brought up to date.', error);
  } finally {
    await client.end().catch(() => undefined);
  }
}
