import knex, { type Knex } from 'knex';
import { TypeOverrides, type Client } from 'pg';
import type { z } from 'zod';

/** The pool, or a transaction of it. */
export type Database = Knex;

const mostConnections = 10;
/** Whoever has waited this long for a connection is told to come again. */
const patienceMilliseconds = 10_000;
/** Knex would tell faults on stdout; they are thrown as well. */
const silent = { warn: () => undefined, error: () => undefined, debug: () => undefined, deprecate: () => undefined };
/** How long whoever waits for a page waits for the database. */
export interface Patience {
  /** Postgres gives up a statement that takes longer, waiting for locks included. */
  readonly statementMilliseconds: number;
  /** A database that says nothing at all for this long is taken for hanging. */
  readonly silenceMilliseconds: number;
  /** Postgres ends a transaction in which nothing has been asked for this long. */
  readonly idleTransactionMilliseconds: number;
}

/** What people wait for. Jobs, sealing, releasing and commands take as long as they need. */
export const patienceOfPages: Patience = {
  statementMilliseconds: 15_000,
  silenceMilliseconds: 20_000,
  idleTransactionMilliseconds: 60_000,
};

const dateType = 1082;
const bigintType = 20;

function parseBigint(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text;
}

const typeParsers = new TypeOverrides();
typeParsers.setTypeParser(dateType, (text) => text);
typeParsers.setTypeParser(bigintType, parseBigint);

/** Told to each new connection in a statement, for connection poolers refuse it among the parameters of the start. */
function describeSession(patience: Patience | undefined): string {
  const dates = `SET datestyle = 'ISO, YMD'`;
  if (patience === undefined) return dates;
  const { statementMilliseconds, idleTransactionMilliseconds } = patience;
  return `${dates}; SET statement_timeout = ${statementMilliseconds};
          SET idle_in_transaction_session_timeout = ${idleTransactionMilliseconds}`;
}

/**
 * Makes the pool of connections that the program works with. A date is read as YYYY-MM-DD, a bigint as a number where
 * that is exact, json as its value.
 * @param databaseUrl postgres:// address
 * @param patience when a statement is given up; without it, never
 * @returns Knex; `destroy` closes its connections
 */
export function createDatabase(databaseUrl: string, patience?: Patience): Database {
  const session = describeSession(patience);
  return knex({
    client: 'pg',
    log: silent,
    acquireConnectionTimeout: patienceMilliseconds,
    connection: {
      connectionString: databaseUrl,
      connectionTimeoutMillis: patienceMilliseconds,
      // A database whose machine is gone is noticed by the system's probes.
      keepAlive: true,
      ...(patience !== undefined && { query_timeout: patience.silenceMilliseconds }),
      types: {
        getTypeParser: (type, format) => typeParsers.getTypeParser(type, format === 'binary' ? 'binary' : 'text'),
      },
    },
    pool: {
      min: 0,
      max: mostConnections,
      afterCreate: (connection: Client, done: (fault: Error | null, connection: Client) => void) => {
        connection.query(session, (fault: Error | null) => {
          done(fault, connection);
        });
      },
    },
  });
}

/** Values of named placeholders; objects go in as JSON text. */
export type Bindings = Readonly<Record<string, string | number | boolean | Buffer | Date | readonly string[] | null>>;

const statementNames = new Map<string, string>();

/** Statements are the same text every time: with a name, each connection parses and plans them once. */
function nameStatement(sql: string): string {
  const name = statementNames.get(sql) ?? `statement_${statementNames.size}`;
  statementNames.set(sql, name);
  return name;
}

/**
 * Runs a statement and reads its rows.
 * @param db the database or a transaction
 * @param schema shape of one row, mapped to camelCase
 * @param statement SQL with :named placeholders, and their values
 * @returns the rows
 */
export async function selectRows<Row>(
  db: Database,
  schema: z.ZodType<Row>,
  statement: { readonly sql: string; readonly bindings?: Bindings },
): Promise<readonly Row[]> {
  const result = await db
    .raw<{ rows: unknown[] }>(statement.sql, { ...statement.bindings })
    .options({ name: nameStatement(statement.sql) });
  return result.rows.map((row) => schema.parse(row));
}
