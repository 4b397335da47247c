import type { Context } from '../context';
import { startJobQueue, type QueueTask } from '../platform/job-queue';
import { deleteExpiredAddresses } from '../usecases/administrator/delete-expired-addresses';
import { forgetAttempts } from '../usecases/administrator/forget-attempts';
import { recoverWaveSteps } from '../usecases/coordinator/follow-wave-step';
import { waveStepTask } from '../usecases/coordinator/request-wave-step';
import { createWaveStepTask } from './run-wave-step';

const recoveryMilliseconds = 30_000;

/** What is thrown away when its time has come: at every start, and every hour. */
const tidying = { 'delete-expired-addresses': deleteExpiredAddresses, 'forget-attempts': forgetAttempts } as const;
const minuteOfTheHour = 7;

/**
 * Starts what the installation does by itself and what people have asked it to do. Heavy jobs and light ones have a
 * queue each, so that nobody's names are kept a day longer because figures are being computed.
 * @param context the process' context
 * @param databaseUrl postgres:// address
 * @returns a function that stops it; jobs under way are ended or handed back within seconds
 */
export function startJobs(context: Context, databaseUrl: string): () => Promise<void> {
  const { log } = context;
  const light = Object.entries(tidying).map(([name, tidy]): readonly [string, QueueTask] => [
    name,
    async () => {
      await tidy(context);
    },
  ]);
  const tell = (job: string) => (err: unknown) => {
    log.error({ err, job });
  };
  const atStart = Object.entries(tidying).map(([name, tidy]) => tidy(context).catch(tell(name)));
  let underWay: Promise<unknown> = Promise.all(atStart);
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
      tasks: Object.fromEntries(light),
      crontab: light.map(([name]) => `${minuteOfTheHour} * * * * ${name} ?jobKey=${name}&max=3`).join('\n'),
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
