import { AppError } from '../errors';

/** Sockets: nobody there, or cut off. */
const socketFaults = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOTFOUND',
]);

/**
 * SQLSTATEs of a database that cannot serve now, though the statement was sound: connection lost (08), transaction to be
 * tried again (40001, 40P01), disk or memory full or too many connections (53), lock not had (55P03), stopped or starting
 * (57), the disk refuses (58), a standby that may not write (25006).
 */
const passingStates = /^(?:08|53|57|58)\w{3}$|^(?:40001|40P01|55P03|25006)$/;

/** Texts that Postgres cannot hold, such as those with U+0000. */
const unstorableStates = new Set(['22021', '22P05']);

/** pg and knex tell the loss of a connection in words only, without a code. */
const lostConnection =
  /Connection terminated|Connection ended|is not queryable|Connection Error|timeout expired|timeout exceeded|Query read timeout|Unable to acquire a connection|Transaction query already complete|^aborted$/;

function isDatabaseLost(error: unknown): boolean {
  const code = String(property(error, 'code'));
  return (
    socketFaults.has(code) ||
    passingStates.test(code) ||
    property(error, 'name') === 'KnexTimeoutError' ||
    lostConnection.test(String(property(error, 'message')))
  );
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

/**
 * Turns whatever was thrown into an error of the catalogue.
 * @param error anything
 * @returns the error itself when it is one already; faults of the request or of the database by kind; else `unexpected`
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (property(error, 'code') === 'EBADCSRFTOKEN') return new AppError('form_expired', { cause: error });
  const status = property(error, 'status');
  if (typeof status === 'number' && status >= 400 && status < 500) return new AppError('bad_request', { cause: error });
  if (unstorableStates.has(String(property(error, 'code')))) return new AppError('bad_request', { cause: error });
  if (isDatabaseLost(error)) return new AppError('database_unavailable', { cause: error });
  return new AppError('unexpected', { cause: error });
}
