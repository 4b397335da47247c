import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedDatabase } from '../../src/platform/embedded-postgres/open-embedded-database';
import { migrateDatabase } from '../../src/platform/migrate';
import { adminUrlVariable, runAsAdministrator, templateVariable, withDatabaseName } from './database';
import { onTeardown } from './global-teardown';

/** Nothing of a test run needs to outlive a power cut, and tests start several servers beside each other. */
const testSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/** One real Postgres for the whole run: TEST_DATABASE_URL, else the embedded one in a temporary folder. */
export default async function setUp(): Promise<void> {
  const given = process.env['TEST_DATABASE_URL'];
  let adminUrl = given;
  if (adminUrl === undefined) {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'barometer-test-'));
    const database = await openEmbeddedDatabase({ dataDirectory, purpose: 'command', settings: testSettings });
    onTeardown(database.stop, dataDirectory);
    adminUrl = withDatabaseName(database.databaseUrl, 'postgres');
  }
  const template = `test_template_${randomBytes(4).toString('hex')}`;
  await runAsAdministrator(adminUrl, `create database ${template}`);
  if (given !== undefined) onTeardown(() => runAsAdministrator(given, `drop database ${template} with (force)`));
  await migrateDatabase(withDatabaseName(adminUrl, template));
  process.env[adminUrlVariable] = adminUrl;
  process.env[templateVariable] = template;
}
