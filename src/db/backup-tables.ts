import { z } from 'zod';
import { selectRows, type Database } from './database';
import { parsePartitionName, type ResponseBox } from './responses';

/**
 * Tables that no backup holds. What lets people in is made anew, so that a stolen file opens no session; migrations are
 * run, not copied; the rest, files and releases under way included, is forgotten within days.
 */
export const tablesLeftOut: ReadonlySet<string> = new Set([
  'attempt',
  'attempt_key',
  'clock_sighting',
  'frame_import',
  'frozen_indicator',
  'knex_migrations',
  'knex_migrations_lock',
  'register_import',
  'session',
  'sign_in_link',
  'used_sign_in_state',
]);

/** A table with rows to copy. */
export interface TableToCopy {
  readonly name: string;
  readonly columns: readonly string[];
  /** What its rows are sorted by, so that their order says nothing of when they came; none: by all they hold. */
  readonly keyColumns: readonly string[];
  /** Tables that its rows refer to. */
  readonly parents: readonly string[];
  /** Null: an ordinary table. */
  readonly partition: { readonly waveId: string; readonly box: ResponseBox } | null;
}

const tableSchema = z
  .object({
    name: z.string(),
    is_partition: z.boolean(),
    columns: z.array(z.string()),
    key_columns: z.array(z.string()),
    parents: z.array(z.string()),
  })
  .transform((row): TableToCopy => ({
    name: row.name,
    columns: row.columns,
    keyColumns: row.key_columns,
    parents: row.parents,
    partition: row.is_partition ? parsePartitionName(row.name) : null,
  }));

const isOurs = `pg_class.relnamespace = CAST(current_schema() AS regnamespace)
                AND NOT EXISTS (SELECT FROM pg_depend WHERE pg_depend.objid = pg_class.oid AND pg_depend.deptype = 'e')`;

/**
 * Lists the tables whose rows belong in a backup, parents before those that refer to them.
 * @param db the database or a transaction
 * @returns tables, and the partitions of responses
 */
export async function selectTablesToCopy(db: Database): Promise<readonly TableToCopy[]> {
  const tables = await selectRows(db, tableSchema, {
    sql: `SELECT pg_class.relname AS name, pg_class.relispartition AS is_partition,
                 ARRAY(SELECT CAST(attribute.attname AS text) FROM pg_attribute AS attribute
                        WHERE attribute.attrelid = pg_class.oid AND attribute.attnum > 0
                          AND NOT attribute.attisdropped AND attribute.attgenerated = ''
                        ORDER BY attribute.attnum) AS columns,
                 ARRAY(SELECT CAST(attribute.attname AS text)
                         FROM pg_constraint CROSS JOIN unnest(pg_constraint.conkey) WITH ORDINALITY AS part (number, place)
                         JOIN pg_attribute AS attribute
                           ON attribute.attrelid = pg_constraint.conrelid AND attribute.attnum = part.number
                        WHERE pg_constraint.conrelid = pg_class.oid AND pg_constraint.contype = 'p'
                        ORDER BY part.place) AS key_columns,
                 ARRAY(SELECT DISTINCT CAST(parent.relname AS text)
                         FROM pg_constraint JOIN pg_class AS parent ON parent.oid = pg_constraint.confrelid
                        WHERE pg_constraint.conrelid = pg_class.oid AND pg_constraint.contype = 'f'
                          AND parent.oid <> pg_class.oid) AS parents
            FROM pg_class
           WHERE ${isOurs} AND pg_class.relkind = 'r'
           ORDER BY pg_class.relname`,
  });
  return putParentsFirst(tables.filter(({ name }) => !tablesLeftOut.has(name)));
}

/** Orders tables so that every row finds the rows it refers to. */
function putParentsFirst<Table extends Pick<TableToCopy, 'name' | 'parents'>>(
  tables: readonly Table[],
): readonly Table[] {
  const ordered: Table[] = [];
  const left = new Map(tables.map((table) => [table.name, table]));
  while (left.size > 0) {
    const free = [...left.values()].filter(({ parents }) => !parents.some((parent) => left.has(parent)));
    if (free.length === 0) throw new RangeError(`tables refer to each other: ${[...left.keys()].join(', ')}`);
    ordered.push(...free);
    for (const { name } of free) left.delete(name);
  }
  return ordered;
}

/**
 * Tells whether a database holds nothing yet: no table, view or sequence of anybody, and no queue.
 * @param db the database or a transaction
 * @returns true when a backup can be restored into it
 */
export async function isDatabaseEmpty(db: Database): Promise<boolean> {
  const [row] = await selectRows(db, z.object({ is_empty: z.boolean() }), {
    sql: `SELECT NOT EXISTS (SELECT FROM pg_class WHERE ${isOurs} AND pg_class.relkind IN ('r', 'p', 'v', 'm', 'S', 'f'))
             AND NOT EXISTS (SELECT FROM pg_namespace WHERE pg_namespace.nspname = 'graphile_worker') AS is_empty`,
  });
  return row?.is_empty ?? false;
}

/** How far a sequence has counted. */
export interface SequencePosition {
  readonly name: string;
  readonly value: string;
  readonly isCalled: boolean;
}

const positionSchema = z
  .object({ name: z.string(), value: z.string(), is_called: z.boolean() })
  .transform(({ name, value, is_called }): SequencePosition => ({ name, value, isCalled: is_called }));

/**
 * Reads how far sequences have counted. Asked after the rows were fixed, it is never behind them.
 * @param db the database or a transaction
 * @returns every sequence of tables in a backup
 */
export async function selectSequencePositions(db: Database): Promise<readonly SequencePosition[]> {
  const names = await selectRows(db, z.object({ name: z.string() }), {
    sql: `SELECT pg_class.relname AS name
            FROM pg_class
            LEFT JOIN pg_depend ON pg_depend.objid = pg_class.oid AND pg_depend.deptype IN ('a', 'i')
            LEFT JOIN pg_class AS owner ON owner.oid = pg_depend.refobjid
           WHERE ${isOurs} AND pg_class.relkind = 'S'
             AND NOT coalesce(CAST(owner.relname AS text) = ANY(:leftOut), false)
           ORDER BY pg_class.relname`,
    bindings: { leftOut: [...tablesLeftOut] },
  });
  const positions = [];
  for (const { name } of names) {
    const found = await db.raw<{ rows: unknown[] }>(
      'SELECT CAST(:name AS text) AS name, CAST(last_value AS text) AS value, is_called FROM :sequence:',
      { name, sequence: name },
    );
    positions.push(...found.rows.map((row) => positionSchema.parse(row)));
  }
  return positions;
}
