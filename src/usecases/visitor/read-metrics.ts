import type { Context } from '../../context';
import {
  countConnections,
  selectDatabaseState,
  selectStateCounts,
  type DatabaseState,
  type StateCount,
} from '../../db/health';
import type { RespondentBatches } from '../../db/respondent-batches';

/** What a process and its installation have under way. */
export interface Metrics {
  readonly softwareVersion: string;
  readonly connections: ReturnType<typeof countConnections>;
  readonly batches: RespondentBatches['counts'];
  /** Null: the database does not answer. */
  readonly database: (DatabaseState & { readonly counts: readonly StateCount[] }) | null;
}

/**
 * Counts what monitoring watches. Whoever may read it is decided by a token, not by a person's rights; there is nothing
 * about anybody in it.
 * @param context the process' context
 * @returns the counts
 */
export async function readMetrics(context: Context): Promise<Metrics> {
  const { db, softwareVersion, migrations, respondents } = context;
  const connections = countConnections(db);
  const readDatabase = async () => ({
    ...(await selectDatabaseState(db, migrations)),
    counts: await selectStateCounts(db),
  });
  const database = await readDatabase().catch(() => null);
  return { softwareVersion, connections, batches: respondents.counts, database };
}
