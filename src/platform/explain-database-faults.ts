import type { Config } from '../config';
import { createStartFault, isStartFault, readErrorCode } from './start-fault';

/** Postgres: disk full, shut down by the administrator or after a crash, not accepting connections; sockets: cut off. */
const lostCodes = new Set(['53100', '57P01', '57P02', '57P03', '08006', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE']);
const lostMessage = /terminated|not queryable|No space left/i;

/**
 * Runs a step of starting; a database that fails under it is told in one line.
 * @param config where the data is
 * @param step the step
 * @returns what the step returns
 * @throws a start fault when the database was lost or its disk is full; anything else as it was thrown
 */
export async function explainDatabaseFaults<Result>(
  config: Pick<Config, 'dataDirectory' | 'databaseUrl'>,
  step: () => Promise<Result>,
): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    const isLost = lostCodes.has(readErrorCode(error)) || (error instanceof Error && lostMessage.test(error.message));
    if (!isLost || isStartFault(error)) throw error;
    const where =
      config.databaseUrl === undefined
        ? `Look at postgres/postgres.log in ${config.dataDirectory}, and whether its disk is full.`
        : 'Look at its log, and whether its disk is full.';
    throw createStartFault(
      `The database failed while the server was starting; nothing half-done is kept. ${where}`,
      error,
    );
  }
}
