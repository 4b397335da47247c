import { pipeline } from 'node:stream/promises';
import { Client, escapeIdentifier } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';
import type { SequencePosition, TableToCopy } from './backup-tables';
import { selectRows, type Database } from './database';

/**
 * Makes values read the same on every server, until the transaction ends; nothing in it is given up for taking long.
 * @param transaction a transaction
 */
export async function standardiseTransfer(transaction: Database): Promise<void> {
  const settings = [
    ['client_encoding', 'UTF8'],
    ['datestyle', 'ISO'],
    ['intervalstyle', 'postgres'],
    ['timezone', 'UTC'],
    ['bytea_output', 'hex'],
    ['extra_float_digits', '3'],
    ['statement_timeout', '0'],
    ['idle_in_transaction_session_timeout', '0'],
  ] as const;
  for (const [name, value] of settings) {
    await transaction.raw('SELECT set_config(:name, :value, true)', { name, value });
  }
}

const transactionSchema = z.object({
  acquireConnection: z.custom<() => unknown>((value) => typeof value === 'function'),
});

/** COPY needs the bare connection, which Knex hands out only here. */
async function findConnection(transaction: Database): Promise<Client> {
  const { acquireConnection } = transactionSchema.parse(transaction.client);
  return z.instanceof(Client).parse(await acquireConnection());
}

function list(columns: readonly string[]): string {
  return columns.map(escapeIdentifier).join(', ');
}

/**
 * Reads the rows of a table in COPY's text format, sorted by its key.
 * @param transaction a transaction, used for nothing else meanwhile
 * @param table the table
 * @returns the rows, one a line
 */
export async function* copyRowsOut(
  transaction: Database,
  { name, columns, keyColumns }: TableToCopy,
): AsyncGenerator<Buffer> {
  const table = escapeIdentifier(name);
  const order = keyColumns.length > 0 ? list(keyColumns) : `CAST(${table} AS text)`;
  const connection = await findConnection(transaction);
  const rows = connection.query(copyTo(`COPY (SELECT ${list(columns)} FROM ${table} ORDER BY ${order}) TO STDOUT`));
  for await (const bytes of rows) yield z.instanceof(Buffer).parse(bytes);
}

/**
 * Writes rows in COPY's text format into a table.
 * @param transaction a transaction, used for nothing else meanwhile
 * @param target the table and the columns of the rows
 * @param rows the rows, one a line
 * @returns number of rows written
 */
export async function copyRowsIn(
  transaction: Database,
  target: { readonly table: string; readonly columns: readonly string[] },
  rows: AsyncIterable<Buffer>,
): Promise<number> {
  const connection = await findConnection(transaction);
  const table = connection.query(
    copyFrom(`COPY ${escapeIdentifier(target.table)} (${list(target.columns)}) FROM STDIN`),
  );
  await pipeline(rows, table);
  return table.rowCount;
}

/**
 * Turns the triggers of tables off or on, as their owner may; those that keep references sound stay on. Rows that come
 * back from a backup have passed their guards already.
 * @param transaction a transaction
 * @param tables names
 * @param areOn whether they guard
 */
export async function switchGuards(transaction: Database, tables: readonly string[], areOn: boolean): Promise<void> {
  for (const table of tables) {
    await transaction.raw(`ALTER TABLE :table: ${areOn ? 'ENABLE' : 'DISABLE'} TRIGGER USER`, { table });
  }
}

/**
 * Sets sequences to where they had counted.
 * @param transaction a transaction
 * @param positions the sequences
 */
export async function setSequencePositions(
  transaction: Database,
  positions: readonly SequencePosition[],
): Promise<void> {
  for (const { name, value, isCalled } of positions) {
    await transaction.raw(
      'SELECT setval(CAST(quote_ident(:name) AS regclass), CAST(CAST(:value AS text) AS bigint), :isCalled)',
      { name, value, isCalled },
    );
  }
}

/**
 * Tells the planner what restored tables hold.
 * @param transaction a transaction
 */
export async function analyzeTables(transaction: Database): Promise<void> {
  await transaction.raw('ANALYZE');
}

const originSchema = z
  .object({ postgres: z.string(), migrations: z.array(z.string()) })
  .transform((row) => ({ postgres: row.postgres, migrations: row.migrations }));

/**
 * Reads what a database was made by.
 * @param db the database or a transaction
 * @returns version of Postgres, and the migrations that were run, in order
 */
export async function selectOrigin(db: Database): Promise<z.infer<typeof originSchema>> {
  const [row] = await selectRows(db, originSchema, {
    sql: `SELECT current_setting('server_version') AS postgres,
                 ARRAY(SELECT CAST(knex_migrations.name AS text) FROM knex_migrations ORDER BY knex_migrations.name)
                   AS migrations`,
  });
  if (row === undefined) throw new RangeError('a SELECT without FROM gives one row');
  return row;
}
