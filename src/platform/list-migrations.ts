import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import type { Knex } from 'knex';
import { codeRoot } from './package-root';

/** Where this program's migrations lie. */
export const migrationsFolder = join(codeRoot, 'migrations');

const load = createRequire(__filename);

function isMigration(loaded: unknown): loaded is Knex.Migration {
  return typeof loaded === 'object' && loaded !== null && 'up' in loaded && typeof loaded.up === 'function';
}

function refuseToGoBack(): Promise<never> {
  return Promise.reject(new RangeError('migrations go forward only'));
}

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

/**
 * Names the migrations of this program.
 * @param directory absolute path of the migrations
 * @returns names in the order in which they are run
 */
export async function listMigrations(directory = migrationsFolder): Promise<readonly string[]> {
  const source = createMigrationSource(directory);
  return (await source.getMigrations([])).map((file) => source.getMigrationName(file));
}
