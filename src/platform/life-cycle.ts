import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors';
import { describeFault } from '../texts/describe-fault';
import { createStartFault, isStartFault } from './start-fault';

const startPatienceMilliseconds = 10_000;
const sameKeyPressMilliseconds = 1_000;

type Release = () => Promise<void>;

/** What a long-running program needs to end well. */
export interface LifeCycle {
  /** Remembers how something that was just opened is closed again; what was opened last is closed first. */
  readonly onStop: (release: Release) => void;
  /** Tells a fault (one line when it is one of starting, the place when it is one of a file), closes everything and ends the process with 1. */
  readonly fail: (error: unknown) => void;
}

function describe(error: unknown): string {
  if (isStartFault(error)) return error.message;
  if (error instanceof AppError) return describeFault(error, 'en').join('\n');
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function tell(error: unknown): void {
  process.stderr.write(`${describe(error)}\n`);
}

async function releaseAll(releases: Release[]): Promise<boolean> {
  let isClean = true;
  for (let release = releases.pop(); release !== undefined; release = releases.pop()) {
    await release().catch((error: unknown) => {
      isClean = false;
      tell(error);
    });
  }
  return isClean;
}

/**
 * Runs a program until SIGTERM or SIGINT, which stop it in good order; a second signal a while later stops it at once.
 * A signal during the start lets the step that is under way finish, so that nothing it opened stays open.
 * @param start opens everything; a fault it throws is told, and the process ends with 1
 */
export function runUntilStopped(start: (lifeCycle: LifeCycle) => Promise<void>): void {
  // A full disk or a reader that is gone takes words away, never the program.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const releases: Release[] = [];
  let stoppingSince: number | undefined;
  const stop = async (exitCode: number) => {
    stoppingSince = Date.now();
    await Promise.race([started.catch(() => undefined), sleep(startPatienceMilliseconds)]);
    process.exit((await releaseAll(releases)) ? exitCode : 1);
  };
  const fail = (error: unknown) => {
    if (stoppingSince !== undefined) return;
    tell(error);
    void stop(1);
  };
  const onStop = (release: Release) => {
    releases.push(release);
    if (stoppingSince !== undefined) throw createStartFault('Stopped while starting.');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      // npm passes on the Ctrl+C that the terminal already sent, so that one key press can arrive twice.
      if (stoppingSince === undefined) void stop(0);
      else if (Date.now() - stoppingSince > sameKeyPressMilliseconds) process.exit(1);
    });
  }
  const started = start({ onStop, fail });
  started.catch(fail);
}
