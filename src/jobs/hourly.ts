import type { Context } from '../context';
import { deleteExpiredAddresses } from '../usecases/administrator/delete-expired-addresses';

const hourMilliseconds = 3_600_000;

/**
 * Starts what the installation does by itself: at once, and then every hour. Several processes may do it at the same
 * time; each finds only what is left.
 * @param context the process' context
 * @returns a function that stops it, and waits for what is under way
 */
export function startHourlyJobs(context: Context): () => Promise<void> {
  let underWay = Promise.resolve();
  const run = (): void => {
    underWay = deleteExpiredAddresses(context).then(
      () => undefined,
      (fault: unknown) => {
        context.log.error({ err: fault, job: 'delete expired addresses' });
      },
    );
  };
  run();
  const timer = setInterval(run, hourMilliseconds);
  timer.unref();
  return () => {
    clearInterval(timer);
    return underWay;
  };
}
