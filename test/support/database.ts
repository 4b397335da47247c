import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { createDatabase, type Database } from '../../src/db/database';

/** Names of the variables by which the global setup tells test files about the database. */
export const adminUrlVariable = 'TEST_DATABASE_ADMIN_URL';
export const templateVariable = 'TEST_DATABASE_TEMPLATE';

/** A migrated database of a test file's own. */
export interface TestDatabase {
  /** Its connections; made before the first test of the file. */
  readonly db: () => Database;
  /** Its postgres:// address. */
  readonly url: () => string;
}

function readVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new RangeError(`${name} is set by the global setup only`);
  return value;
}

/**
 * Puts another database's name into an address.
 * @param url postgres:// address
 * @param name database
 * @returns the address of that database
 */
export function withDatabaseName(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

/**
 * Runs statements on the server's maintenance connection.
 * @param url postgres:// address
 * @param statements SQL, one statement each
 */
export async function runAsAdministrator(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Makes a database from the migrated template.
 * @returns its address, and a function that removes it
 */
async function createTestDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const adminUrl = readVariable(adminUrlVariable);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runAsAdministrator(adminUrl, `create database ${name} template ${readVariable(templateVariable)}`);
  return {
    url: withDatabaseName(adminUrl, name),
    drop: () => runAsAdministrator(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

/**
 * Gives a test file a database of its own, made before its first test and removed after its last.
 * @returns functions that may be called in tests and hooks
 */
export function withDatabase(): TestDatabase {
  let current: { url: string; drop: () => Promise<void>; db: Database } | undefined;
  const read = () => {
    if (current === undefined) throw new RangeError('the database is there in tests and hooks only');
    return current;
  };
  beforeAll(async () => {
    const { url, drop } = await createTestDatabase();
    current = { url, drop, db: createDatabase(url) };
  });
  afterAll(async () => {
    await current?.db.destroy();
    await current?.drop();
  });
  return { db: () => read().db, url: () => read().url };
}

/**
 * Makes a database without any table.
 * @param adminUrl maintenance connection of its server; without it, the server of the whole run
 * @returns its address, and a function that removes it
 */
export async function createEmptyDatabase(
  adminUrl = readVariable(adminUrlVariable),
): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const name = `empty_${randomBytes(8).toString('hex')}`;
  await runAsAdministrator(adminUrl, `create database ${name}`);
  return {
    url: withDatabaseName(adminUrl, name),
    drop: () => runAsAdministrator(adminUrl, `drop database if exists ${name} with (force)`),
  };
}
