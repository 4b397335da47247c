import type { Context } from '../../context';
import { dropChangeLog, vacuumTables } from '../../db/storage';

/**
 * Removes what deleted rows leave behind: the tables give their room to new rows, and the log of changes of the embedded
 * database is thrown away. The log of an ordinary Postgres belongs to whoever runs it. The installation does this by itself; nobody asks for it.
 * @param context the process' context
 */
export async function forgetDeletedRows(context: Context): Promise<void> {
  await vacuumTables(context.db);
  if (context.config.databaseUrl === undefined) await dropChangeLog(context.db);
}
