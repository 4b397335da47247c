const startFaultName = 'StartFault';

/**
 * Makes an expected fault of starting: something that the person who starts the program can put right.
 * @param message one line: what was found and what to do
 * @param cause the fault underneath, for debugging only
 * @returns an error that `isStartFault` recognises; the entry points print its message alone and exit with 1
 */
export function createStartFault(message: string, cause?: unknown): Error {
  const fault = new Error(message.replace(/\s*\n\s*/g, ' '), { cause });
  fault.name = startFaultName;
  return fault;
}

/**
 * Tells whether a thrown value is an expected fault of starting.
 * @param error anything that was thrown
 * @returns true for what `createStartFault` made
 */
export function isStartFault(error: unknown): error is Error {
  return error instanceof Error && error.name === startFaultName;
}

/**
 * Reads the code of a system, network or Postgres fault.
 * @param error anything that was thrown
 * @returns for example `ENOENT`, `ECONNREFUSED` or an SQLSTATE; an empty text when there is none
 */
export function readErrorCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return '';
}
