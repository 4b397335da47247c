import { fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';
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

/** Lines that nobody takes wait here; what comes on top is dropped. */
const mostWaitingBytes = 1024 * 1024;
/** At the end of the program the last lines are offered this often, a tenth of a second apart, to a reader that stalls. */
const mostLastAttempts = 10;

const stderr = 2;
let stderrPipe: Socket | null | undefined;
const endings = new Set<() => void>();
// Set up before any log is made: pino would wait for ever for a reader that stalls.
process.once('exit', () => {
  for (const end of endings) end();
});

/**
 * Makes writing to a pipe that nobody empties come back at once. Starting other programs, as the build of style sheets
 * does, leaves it waiting.
 * @returns what has to be kept for that
 */
function neverWaitForReaders(fileDescriptor: number): Socket | null {
  const kind = fstatSync(fileDescriptor);
  if (!isMainThread || !(kind.isFIFO() || kind.isSocket())) return null;
  return new Socket({ fd: fileDescriptor, readable: false, writable: true }).unref();
}

/**
 * Makes the process' log: JSON lines on stderr, so that stdout carries only what a person or a program asked for. Lines
 * are written in the background: a reader that stalls holds up nobody. When the program ends, by a fault too, what is
 * left is written first.
 * @param config the configuration's level
 * @returns the logger
 */
export function createLog(config: Pick<Config, 'logLevel'>): Logger {
  stderrPipe ??= neverWaitForReaders(stderr);
  let attemptsLeft = Infinity;
  const stream = destination({
    dest: stderr,
    // A thread ends without waiting for what is written in the background.
    sync: !isMainThread,
    maxLength: mostWaitingBytes,
    retryEAGAIN: () => (attemptsLeft -= 1) > 0,
  });
  // A full disk or a reader that is gone takes lines away, never the server.
  stream.on('error', () => undefined);
  endings.add(() => {
    attemptsLeft = mostLastAttempts;
    try {
      stream.flushSync();
    } catch {
      stream.destroy();
    }
  });
  return pino({ level: config.logLevel, base: null, serializers: { err: describeFault } }, stream);
}
