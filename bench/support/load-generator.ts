import { setTimeout as sleep } from 'node:timers/promises';
import { openConnection, type Connection } from './http-connection';
import { takeJourney } from './journey';
import type {
  JourneyOutcome,
  JourneysJob,
  JourneysOutcome,
  LoadJob,
  LoadOutcome,
  RateJob,
  RateOutcome,
  RepeatJob,
} from './load-jobs';

/** Asks a server for answers in a process of its own: one job a message, one outcome a reply. */

function summarise(latencies: number[], seconds: number): LoadOutcome {
  const sorted = latencies.sort((first, second) => first - second);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { count: sorted.length, seconds, latency: { p50: at(0.5), p95: at(0.95), p99: at(0.99) } };
}

async function withConnections<Outcome>(
  { port, connections }: { port: number; connections: number },
  work: (opened: readonly Connection[]) => Promise<Outcome>,
): Promise<Outcome> {
  const opened = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  try {
    return await work(opened);
  } finally {
    for (const connection of opened) connection.close();
  }
}

function runRepeat(job: RepeatJob): Promise<LoadOutcome> {
  return withConnections(job, async (opened) => {
    const latencies: number[] = [];
    const started = performance.now();
    const end = started + job.seconds * 1000;
    let next = 0;
    await Promise.all(
      opened.map(async (connection) => {
        while (performance.now() < end && !(job.isOnce && next >= job.requests.length)) {
          const request = job.requests[next % job.requests.length] ?? '';
          next += 1;
          const asked = performance.now();
          const { status } = await connection.exchange(request);
          if (status !== job.expectedStatus) throw new Error(`status ${status} instead of ${job.expectedStatus}`);
          latencies.push(performance.now() - asked);
        }
      }),
    );
    return summarise(latencies, (performance.now() - started) / 1000);
  });
}

function runRate(job: RateJob): Promise<RateOutcome> {
  return withConnections(job, async (opened) => {
    const latencies: number[] = [];
    const started = performance.now();
    const count = job.perSecond * job.seconds;
    let next = 0;
    await Promise.all(
      opened.map(async (connection) => {
        while (next < count) {
          const due = started + (next * 1000) / job.perSecond;
          const request = job.requests[next % job.requests.length] ?? '';
          next += 1;
          const early = due - performance.now();
          if (early > 0) await sleep(early);
          const { status } = await connection.exchange(request);
          if (status !== job.expectedStatus) throw new Error(`status ${status} instead of ${job.expectedStatus}`);
          latencies.push(performance.now() - due);
        }
      }),
    );
    return { ...summarise(latencies, (performance.now() - started) / 1000), latencies };
  });
}

async function runJourneys(job: JourneysJob): Promise<JourneysOutcome> {
  const journeys: JourneyOutcome[] = [];
  const waiting = [...job.plans];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: job.connections }, async () => {
      for (let plan = waiting.shift(); plan !== undefined; plan = waiting.shift()) {
        journeys.push(await takeJourney(job.port, plan));
      }
    }),
  );
  return { seconds: (performance.now() - started) / 1000, journeys };
}

function run(job: LoadJob): Promise<LoadOutcome | RateOutcome | JourneysOutcome> {
  switch (job.kind) {
    case 'repeat':
      return runRepeat(job);
    case 'rate':
      return runRate(job);
    case 'journeys':
      return runJourneys(job);
  }
}

process.on('message', (message) => {
  run(message as LoadJob).then(
    (outcome) => process.send?.({ outcome }),
    (error: unknown) => process.send?.({ failure: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
