import { join } from 'node:path';
import type { Context } from '../../src/context';
import { createBenchContext } from './network';
import { startPostgres, type Postgres } from './postgres';
import { makeBenchFolder, removeBenchFolder } from './site';

/**
 * Starts an embedded Postgres with the network of the measurements, and removes both afterwards.
 * @param measure given the context of this process, and the Postgres
 */
export async function withBenchDatabase(
  measure: (context: Context, postgres: Postgres) => Promise<void>,
): Promise<void> {
  const folder = makeBenchFolder();
  const postgres = await startPostgres(join(folder, 'data'));
  const context = await createBenchContext(postgres.databaseUrl);
  try {
    await measure(context, postgres);
  } finally {
    await context.db.destroy();
    await postgres.stop();
    removeBenchFolder(folder);
  }
}
