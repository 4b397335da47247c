import type { Context } from '../context';
import { startJobQueue, type QueueTask } from '../platform/job-queue';
import { deleteExpiredAddresses } from '../usecases/administrator/delete-expired-addresses';
import { recoverWaveSteps } from '../usecases/coordinator/follow-wave-step';
import { waveStepTask } from '../usecases/coordinator/request-wave-step';
import { createWaveStepTask } from './run-wave-step';

const recoveryMilliseconds = 30_000;
const deletionTask = 'delete-expired-addresses';

/**
 * Starts what the installation does by itself and what people have asked it to do. Heavy jobs and light ones have a
 * queue each, so that nobody's names are kept a day longer because figures are being computed.
 * @param context the process' context
 * @param databaseUrl postgres:// address
 * @returns a function that stops it; jobs under way are ended or handed back within seconds
 */
export function startJobs(context: Context, databaseUrl: string): () => Promise<void> {
  const { log } = context;
  const deleteAddresses: QueueTask = async () => {
    await deleteExpiredAddresses(context);
  };
  const tell = (job: string) => (err: unknown) => {
    log.error({ err, job });
  };
  let underWay: Promise<unknown> = deleteExpiredAddresses(context).catch(tell('delete expired addresses'));
  const recover = () => {
    underWay = underWay.then(() => recoverWaveSteps(context)).catch(tell('take over jobs'));
  };
  recover();
  const timer = setInterval(recover, recoveryMilliseconds);
  timer.unref();
  const stops = [
    startJobQueue({
      databaseUrl,
      log,
      tasks: { [deletionTask]: deleteAddresses },
      crontab: `7 * * * * ${deletionTask} ?jobKey=${deletionTask}&max=3`,
    }),
    startJobQueue({
      databaseUrl,
      log,
      tasks: { [waveStepTask]: createWaveStepTask(context, databaseUrl) },
      crontab: '',
    }),
  ];
  return async () => {
    clearInterval(timer);
    await Promise.all([underWay, ...stops.map((stop) => stop())]);
  };
}
