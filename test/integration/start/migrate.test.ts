import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMigrationSource } from '../../../src/platform/list-migrations';
import { migrateDatabase } from '../../../src/platform/migrate';
import { codeRoot } from '../../../src/platform/package-root';
import { withDatabase } from '../../support/database';

const migrations = join(codeRoot, 'migrations');
const database = withDatabase();

describe('bringing the tables up to date', () => {
  test('a migrated database is left as it is', async () => {
    expect(await migrateDatabase(database.url())).toEqual([]);
  });

  test('migrations are named without extension, so that source and compiled code agree', async () => {
    const names: readonly string[] = await database.db()('knex_migrations').orderBy('id').pluck('name');
    const source = createMigrationSource(migrations);
    const files = await source.getMigrations([]);
    expect(names).toEqual(files.map((file) => file.replace(/\.ts$/, '')));
    expect(files.map((file) => source.getMigrationName(file.replace(/\.ts$/, '.js')))).toEqual(names);
  });

  test('a lock row that a killed process left is cleared', async () => {
    await database.db()('knex_migrations_lock').update({ is_locked: 1 });
    expect(await migrateDatabase(database.url())).toEqual([]);
    expect(await database.db()('knex_migrations_lock').pluck('is_locked')).toEqual([0]);
  });

  test('of several processes at once one runs each migration', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'barometer-migrations-'));
    cpSync(migrations, folder, { recursive: true });
    const added = '20991231000000_parallel__create';
    writeFileSync(
      join(folder, `${added}.js`),
      `exports.up = (db) => db.raw('create table parallel as select 1 as one');`,
    );
    const runs = await Promise.all([1, 2, 3].map(() => migrateDatabase(database.url(), folder)));
    rmSync(folder, { recursive: true });
    expect(runs.flat()).toEqual([added]);
  });

  test('a database that a newer release made is refused with one line', async () => {
    await expect(migrateDatabase(database.url())).rejects.toThrow(
      /^The database was made by a newer release of this program; install that release\.$/,
    );
  });
});
