import { destination, pino, type Logger } from 'pino';
import type { Config } from '../config';

/**
 * Keeps of an error what helps to mend it. Postgres puts the failing row into `detail` and `where`: those are left out.
 * @param fault what was thrown
 * @returns type, message, code, constraint and stack
 */
function describeFault(fault: unknown): Readonly<Record<string, string>> {
  if (!(fault instanceof Error))
    return { message: typeof fault === 'string' ? fault : 'something that is not an error' };
  const known = { type: fault.name, message: fault.message, stack: fault.stack ?? '' };
  const extra = ['code', 'constraint'].flatMap((name) => {
    const value: unknown = Reflect.get(fault, name);
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { ...known, ...Object.fromEntries(extra) };
}

/** Lines that a full disk does not take wait here; what comes on top is dropped. */
const mostWaitingBytes = 1024 * 1024;

/**
 * Makes the process' log: JSON lines on stderr, so that stdout carries only what a person or a program asked for.
 * @param config the configuration's level
 * @returns the logger
 */
export function createLog(config: Pick<Config, 'logLevel'>): Logger {
  const stream = destination({ dest: 2, sync: true, maxLength: mostWaitingBytes });
  // A full disk or a reader that is gone takes lines away, never the server.
  stream.on('error', () => undefined);
  return pino({ level: config.logLevel, base: null, serializers: { err: describeFault } }, stream);
}
