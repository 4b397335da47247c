import { Readable, Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { createDatabase, type Database } from '../../src/db/database';
import { operator } from '../../src/domain/permissions';
import { listMigrations } from '../../src/platform/list-migrations';
import { holdTables, migrateDatabase, runMigrationsWithin } from '../../src/platform/migrate';
import { restoreBackup } from '../../src/usecases/administrator/restore-backup';
import { writeBackup } from '../../src/usecases/administrator/write-backup';
import { createEmptyDatabase } from './database';

const now = () => new Date('2026-11-22T12:00:00Z');
const opened: (() => Promise<void>)[] = [];

/** Keeps a backup of a database in memory. */
export async function backUp(db: Database): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const target = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await writeBackup({ db, now, softwareVersion: '9.9.9' }, operator, target);
  return Buffer.concat(chunks);
}

/** Restores a backup as the command does. */
export async function restoreInto(
  target: { readonly db: Database; readonly url: string },
  file: Buffer,
): Promise<void> {
  await holdTables(target.url, async () =>
    restoreBackup({ db: target.db, now }, operator, {
      // In small pieces, as a slow disk or a pipe gives them.
      source: Readable.from(
        Array.from({ length: Math.ceil(file.length / 1000) }, (_, at) => file.subarray(at * 1000, at * 1000 + 1000)),
      ),
      knownMigrations: await listMigrations(),
      makeTables: runMigrationsWithin,
    }),
  );
  await migrateDatabase(target.url);
}

/** An empty database that `dropEmptyDatabases` removes again. */
export async function openEmptyDatabase(): Promise<{ readonly db: Database; readonly url: string }> {
  const { url, drop } = await createEmptyDatabase();
  const db = createDatabase(url);
  opened.push(async () => {
    await db.destroy();
    await drop();
  });
  return { db, url };
}

/** Removes the databases that a test file opened. */
export async function dropEmptyDatabases(): Promise<void> {
  for (const close of opened.splice(0)) await close();
}

/** Everything in the tables of a database, one sorted text a table; what backups leave out is left out. */
export async function readAllTables(db: Database, leftOut: ReadonlySet<string>): Promise<ReadonlyMap<string, string>> {
  const tables = await db.raw<{ rows: { name: string }[] }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname`,
  );
  const contents = new Map<string, string>();
  for (const { name } of tables.rows.filter((table) => !leftOut.has(table.name))) {
    const { rows } = await db.raw<{ rows: { row: string }[] }>('SELECT CAST(t AS text) AS row FROM :name: AS t', {
      name,
    });
    contents.set(
      name,
      rows
        .map(({ row }) => row)
        .sort()
        .join('\n'),
    );
  }
  return contents;
}

/** The rows of a backup by table; audit events are left out, for the backup's own are among them. */
export function readSections(file: Buffer): ReadonlyMap<string, string> {
  const sections = gunzipSync(file)
    .toString()
    .matchAll(/^\{"kind":"\w+","(?:table|waveId)":"([^"]+)".*\n([\s\S]*?)^\\\.\n/gm);
  const rows = [...sections].map(([, name = '', text = '']): readonly [string, string] => [name, text]);
  return new Map(rows.filter(([name]) => name !== 'audit_event'));
}
