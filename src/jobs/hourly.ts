import type { Context } from '../context';
import { deleteExpiredAddresses } from '../usecases/administrator/delete-expired-addresses';
import { forgetAttempts } from '../usecases/administrator/forget-attempts';

const hourMilliseconds = 3_600_000;

/**
 * Starts what the installation does by itself: at once, and then every hour. Several processes may do it at the same
 * time; each finds only what is left.
 * @param context the process' context
 * @returns a function that stops it, and waits for what is under way
 */
export function startHourlyJobs(context: Context): () => Promise<void> {
  const jobs = { 'delete expired addresses': deleteExpiredAddresses, 'forget attempts': forgetAttempts } as const;
  let underWay: Promise<unknown> = Promise.resolve();
  const run = (): void => {
    const running = Object.entries(jobs).map(([name, job]) =>
      job(context).catch((fault: unknown) => {
        context.log.error({ err: fault, job: name });
      }),
    );
    underWay = Promise.all(running);
  };
  run();
  const timer = setInterval(run, hourMilliseconds);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}
