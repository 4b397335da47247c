import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase } from '../../../src/db/database';
import { openEmbeddedDatabase } from '../../../src/platform/embedded-postgres/open-embedded-database';
import { migrateDatabase } from '../../../src/platform/migrate';
import { forgetDeletedRows } from '../../../src/usecases/administrator/forget-deleted-rows';
import { createTestContext } from '../../support/fieldwork';
import { clearUp, makeFolder } from './programs';

const marker = 'kari-nordmann-17@example.org';
afterAll(clearUp);

/** The files of a cluster that hold a text. */
function findFiles(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text))
    .map((file) => file.slice(folder.length + 1).replace(/\/.*/, ''));
}

test('a night after its deletion nothing of a row is left in the change log of the embedded database', async () => {
  const dataDirectory = makeFolder();
  const { databaseUrl, stop } = await openEmbeddedDatabase({ dataDirectory, purpose: 'command' });
  const db = createDatabase(databaseUrl);
  try {
    await migrateDatabase(databaseUrl);
    const context = await createTestContext(db);
    const cluster = join(dataDirectory, 'postgres', 'cluster');
    await db.raw(`INSERT INTO actor (email, name) SELECT n || :marker, 'Kari' FROM generate_series(1, 200) AS n`, {
      marker,
    });
    expect(findFiles(cluster, marker)).toContain('pg_wal');
    await db.raw('DELETE FROM actor');
    await db.raw('CHECKPOINT');
    expect(findFiles(cluster, marker)).toContain('pg_wal');
    await forgetDeletedRows(context);
    expect(findFiles(cluster, marker)).not.toContain('pg_wal');
  } finally {
    await db.destroy();
    await stop();
  }
});
