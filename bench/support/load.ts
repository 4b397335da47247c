import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { JourneysJob, JourneysOutcome, LoadJob, LoadOutcome, RateJob, RateOutcome, RepeatJob } from './load-jobs';

/** A process that asks servers for answers. */
export interface Load {
  readonly repeat: (job: Omit<RepeatJob, 'kind'>) => Promise<LoadOutcome>;
  readonly rate: (job: Omit<RateJob, 'kind'>) => Promise<RateOutcome>;
  readonly journeys: (job: Omit<JourneysJob, 'kind'>) => Promise<JourneysOutcome>;
  readonly stop: () => void;
}

function ask(child: ChildProcess, job: LoadJob): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      const reply = message as { outcome?: unknown; failure?: string };
      if (reply.failure === undefined) resolve(reply.outcome);
      else reject(new Error(reply.failure));
    });
    child.send(job);
  });
}

/** Starts the process; it does one job at a time. */
export function startLoad(): Load {
  const child = fork(join(__dirname, 'load-generator.ts'), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  });
  return {
    repeat: async (job) => (await ask(child, { kind: 'repeat', ...job })) as LoadOutcome,
    rate: async (job) => (await ask(child, { kind: 'rate', ...job })) as RateOutcome,
    journeys: async (job) => (await ask(child, { kind: 'journeys', ...job })) as JourneysOutcome,
    stop: () => {
      child.disconnect();
    },
  };
}
