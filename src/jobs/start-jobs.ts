import type { Context } from '../context';
import { startJobQueue, type QueueTask } from '../platform/job-queue';
import { deleteExpiredAddresses } from '../usecases/administrator/delete-expired-addresses';
import { recoverMailings } from '../usecases/administrator/run-mailing';
import { takeInBounces } from '../usecases/administrator/take-in-bounces';
import { mailingTask } from '../usecases/mailing-job';
import { forgetDeletedRows } from '../usecases/administrator/forget-deleted-rows';
import { forgetAttempts } from '../usecases/administrator/forget-attempts';
import { forgetPeople } from '../usecases/administrator/forget-people';
import { forgetFrameImports } from '../usecases/administrator/forget-frame-imports';
import { forgetFrozenIndicators } from '../usecases/administrator/forget-frozen-indicators';
import { forgetRegisterImports } from '../usecases/administrator/forget-register-imports';
import { recoverWaveSteps } from '../usecases/coordinator/follow-wave-step';
import { createPersonMailTasks } from './mail-people';
import { createMailingTask } from './send-mailing';
import { waveStepTask } from '../usecases/enqueue-wave-step';
import { createWaveStepTask } from './run-wave-step';

const recoveryMilliseconds = 30_000;

/** What is thrown away when its time has come: at every start, and every hour. */
const tidying = {
  'delete-expired-addresses': deleteExpiredAddresses,
  'forget-attempts': forgetAttempts,
  'forget-people': forgetPeople,
  'forget-frame-imports': forgetFrameImports,
  'forget-frozen-indicators': forgetFrozenIndicators,
  'forget-register-imports': forgetRegisterImports,
} as const;
const minuteOfTheHour = 7;
const bounces = 'take-in-bounces';
/** Once a night, for it reads every table that has changed. */
const nightly = 'forget-deleted-rows';
const nightlyAt = '37 2 * * *';

/**
 * Starts what the installation does by itself and what people have asked it to do. Heavy jobs and light ones have a
 * queue each, so that nobody's names are kept a day longer because figures are being computed, and whoever is waiting for
 * a sign-in link gets it while ten thousand invitations are being sent.
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
    underWay = underWay.then(() => recoverMailings(context)).catch(tell('take over mailings'));
  };
  recover();
  const timer = setInterval(recover, recoveryMilliseconds);
  timer.unref();
  const hourly = light.map(([name]) => `${minuteOfTheHour} * * * * ${name} ?jobKey=${name}&max=3`);
  const stopping = new AbortController();
  const stops = [
    startJobQueue({
      databaseUrl,
      log,
      tasks: {
        ...Object.fromEntries(light),
        [bounces]: () => takeInBounces(context).then(() => undefined),
        [nightly]: () => forgetDeletedRows(context),
      },
      crontab: [
        ...hourly,
        `*/5 * * * * ${bounces} ?jobKey=${bounces}&max=3`,
        `${nightlyAt} ${nightly} ?jobKey=${nightly}&max=3`,
      ].join('\n'),
    }),
    startJobQueue({ databaseUrl, log, tasks: createPersonMailTasks(context), crontab: '' }),
    startJobQueue({
      databaseUrl,
      log,
      tasks: { [mailingTask]: createMailingTask(context, stopping.signal) },
      crontab: '',
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
    stopping.abort();
    await Promise.all([underWay, ...stops.map((stop) => stop())]);
  };
}
