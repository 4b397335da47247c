import { join } from 'node:path';
import { pino } from 'pino';
import type { Page } from 'playwright-core';
import { loadConfig } from '../../../src/config';
import { createContext } from '../../../src/context';
import { createDatabase, type Database } from '../../../src/db/database';
import { deleteExpiredAddresses } from '../../../src/usecases/administrator/delete-expired-addresses';
import { readAllTables } from '../backups';
import { runCommand, type Installation, type Surroundings } from './installation';

const dayMilliseconds = 86_400_000;

/** Uses the database of an installation beside its server. */
async function withDatabaseOf<Result>(databaseUrl: string, work: (db: Database) => Promise<Result>): Promise<Result> {
  const db = createDatabase(databaseUrl);
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/**
 * Does the hourly job of the days up to the promised one, with a clock that shows them: a clock that has leapt is believed
 * after a day.
 * @param installation whose addresses are due
 * @param promised the day that page 1 of the survey names
 * @returns how many invitations went
 */
export async function letPromisedDayCome({ databaseUrl }: Installation, promised: Date): Promise<number> {
  return withDatabaseOf(databaseUrl, async (db) => {
    const config = loadConfig({ NODE_ENV: 'test', DATABASE_URL: databaseUrl });
    const context = await createContext({ config, db, log: pino({ level: 'silent' }) });
    const dayBefore = new Date(promised.getTime() - dayMilliseconds);
    expect(await deleteExpiredAddresses({ ...context, now: () => dayBefore })).toEqual([]);
    const deleted = await deleteExpiredAddresses({ ...context, now: () => promised });
    return deleted.reduce((sum, { invitations }) => sum + invitations, 0);
  });
}

/** The promised day of the installation's only wave, at noon. */
export async function readPromisedDay({ databaseUrl }: Installation): Promise<Date> {
  const sql = 'SELECT CAST(delete_addresses_on AS text) AS day FROM wave';
  const { rows } = await withDatabaseOf(databaseUrl, (db) => db.raw<{ rows: { day: string }[] }>(sql));
  return new Date(`${rows[0]?.day ?? ''}T12:00:00Z`);
}

/** Everything that the tables of an installation hold, in one text. */
export async function readEverything({ databaseUrl }: Installation): Promise<string> {
  const tables = await withDatabaseOf(databaseUrl, (db) => readAllTables(db, new Set()));
  return [...tables.values()].join('\n');
}

/** Tables of a release, one text each. */
export async function readReleaseTables({ databaseUrl }: Installation): Promise<ReadonlyMap<string, string>> {
  const tables = await withDatabaseOf(databaseUrl, (db) => readAllTables(db, new Set()));
  return new Map([...tables].filter(([name]) => name.startsWith('release')));
}

/** Backs an installation up with the command line, and restores it into a new one. */
export async function moveToNewServer(around: Surroundings, old: Installation): Promise<Installation> {
  const file = join(around.folder, 'whole-round.backup.gz');
  await old.runCommand('backup', file);
  const databaseUrl = await around.makeDatabase();
  await runCommand(['restore', file], { NODE_ENV: 'test', DATABASE_URL: databaseUrl, DATA_DIR: around.folder });
  return around.install(databaseUrl);
}

/** Bytes of a file that a page offers to whoever is signed in, or to everybody; a character each. */
export async function readFileOf(page: Page, address: string): Promise<string> {
  const response = await page.context().request.get(address);
  expect([address, response.status()]).toEqual([address, 200]);
  return (await response.body()).toString('latin1');
}
