import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Logger as QueueLogger,
  parseCrontab,
  run,
  runMigrations,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import { Pool } from 'pg';
import type { Logger } from 'pino';

const restartMilliseconds = 2_000;
/** How long a job may go on after the program was asked to stop; then it is ended and handed back. */
const patienceMilliseconds = 5_000;
/** One waits for notices, the others fetch and finish jobs. */
const mostConnections = 3;

/** How a task is run this time. */
export interface TaskAttempt {
  /** Aborted when the program stops and has waited long enough. */
  readonly signal: AbortSignal | undefined;
  /** Whether the job is given up when it fails now. */
  readonly isLast: boolean;
}

export type QueueTask = (payload: unknown, attempt: TaskAttempt) => Promise<void>;

export interface QueueRequest {
  readonly databaseUrl: string;
  readonly log: Logger;
  /** Tasks by name; one job at a time is done. */
  readonly tasks: Readonly<Record<string, QueueTask>>;
  /** Lines "minute hour day month weekday task"; several programs on one database make one job. */
  readonly crontab: string;
}

/** The queue tells every success and reconnection; what it calls information is of use when looking for faults only. */
function createQueueLogger(log: Logger): QueueLogger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
  return new QueueLogger(() => (level, message) => {
    log[levels[level]]({ part: 'job queue' }, message);
  });
}

function createPool({ databaseUrl, log }: QueueRequest, worker: string): Pool {
  const pool = new Pool({ connectionString: databaseUrl, application_name: worker, max: mostConnections });
  const tell = (err: Error) => {
    log.debug({ err, part: 'job queue' });
  };
  pool.on('error', tell);
  pool.on('connect', (client) => {
    client.on('error', tell);
  });
  return pool;
}

function createTaskList(tasks: QueueRequest['tasks']): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (payload: unknown, { job, abortSignal }) =>
        task(payload, { signal: abortSignal, isLast: job.attempts >= job.max_attempts }),
    ]),
  );
}

/** Jobs are locked in the name of the queue's pool: it gets the one by which other programs see that it is alive. */
function createNamingEvents(worker: string): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => {
    workerPool.id = worker;
  });
  return events;
}

/**
 * Makes or updates the tables of the queue; the caller holds the lock of the migrations.
 * @param databaseUrl postgres:// address
 */
export async function migrateJobQueue(databaseUrl: string): Promise<void> {
  await runMigrations({ connectionString: databaseUrl, logger: new QueueLogger(() => () => undefined) });
}

/**
 * Does the jobs of the queue, until it is stopped; when the database goes away, it begins anew under another name.
 * @param request database, tasks and timetable
 * @returns a function that stops it: a job under way may end within five seconds, or is handed back
 */
export function startJobQueue(request: QueueRequest): () => Promise<void> {
  const stopping = new AbortController();
  let runner: Runner | null = null;
  const runOnce = async (): Promise<void> => {
    const worker = `barometer-${randomUUID()}`;
    const pool = createPool(request, worker);
    try {
      const options = {
        pgPool: pool,
        events: createNamingEvents(worker),
        concurrency: 1,
        noHandleSignals: true,
        taskList: createTaskList(request.tasks),
        parsedCronItems: parseCrontab(request.crontab),
        logger: createQueueLogger(request.log),
        gracefulShutdownAbortTimeout: patienceMilliseconds,
      };
      runner = await run(options);
      if (stopping.signal.aborted) await runner.stop();
      await runner.promise;
    } finally {
      runner = null;
      await pool.end();
    }
  };
  const runUntilStopped = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await runOnce().catch((err: unknown) => {
        if (!stopping.signal.aborted) request.log.warn({ err, part: 'job queue' });
      });
      await sleep(restartMilliseconds, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const ended = runUntilStopped();
  return async () => {
    stopping.abort();
    await runner?.stop().catch(() => undefined);
    await ended;
  };
}
