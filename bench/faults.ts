import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../src/context';
import { countHalfStates, isLost, isUnclear, listCauses, readPostmasterPid, readStored } from './support/fault-traces';
import { report } from './support/figures';
import { startLoad, type Load } from './support/load';
import type { JourneyPlan } from './support/load-jobs';
import { createBenchContext, openBenchWave, planJourneys } from './support/network';
import { describePostgres, startPostgres } from './support/postgres';
import { compileProduct, makeBenchFolder, removeBenchFolder, startProduct, type Server } from './support/site';

/**
 * Kills the server, and kills or stops Postgres, while respondents save pages and send, and counts what had been
 * acknowledged and is gone. Arguments: rounds of each kind.
 */
const roundCount = Number(process.argv[2] ?? 5);
const connections = 8;
const journeysPerRound = 80;
const earliestMilliseconds = 400;
const latestMilliseconds = 2_000;
const recoveryPatienceMilliseconds = 20_000;
const pollMilliseconds = 20;

interface Tally {
  pages: number;
  sent: number;
  lost: number;
  halfStates: number;
  unclearPages: number;
  recovery: number[];
}

interface Ground {
  readonly context: Context;
  readonly load: Load;
  readonly folder: string;
  readonly dataDirectory: string;
}

async function waitUntilReady(server: Server): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < recoveryPatienceMilliseconds) {
    const status = await fetch(`http://127.0.0.1:${server.port}/ready`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return performance.now() - started;
    await sleep(pollMilliseconds);
  }
  throw new Error('the server did not recover');
}

/** What happens in the middle of a round; gives the server that goes on, and how long it took. */
type Fault = (server: Server) => Promise<{ readonly server: Server; readonly milliseconds: number }>;

function killServer({ folder, dataDirectory }: Ground): Fault {
  return async (server) => {
    await server.kill('SIGKILL');
    const started = performance.now();
    const next = await startProduct(folder, { DATA_DIR: dataDirectory });
    return { server: next, milliseconds: performance.now() - started };
  };
}

function signalPostgres({ dataDirectory }: Ground, signal: NodeJS.Signals): Fault {
  return async (server) => {
    process.kill(readPostmasterPid(dataDirectory), signal);
    await sleep(pollMilliseconds);
    return { server, milliseconds: await waitUntilReady(server) };
  };
}

async function runFault(
  { context, load }: Ground,
  first: Server,
  { fault, plans, idByLink }: { fault: Fault; plans: readonly JourneyPlan[]; idByLink: ReadonlyMap<string, string> },
): Promise<{ tally: Tally; server: Server }> {
  const tally: Tally = { pages: 0, sent: 0, lost: 0, halfStates: 0, unclearPages: 0, recovery: [] };
  let server = first;
  for (let round = 0; round < roundCount; round += 1) {
    const own = plans.slice(round * journeysPerRound, (round + 1) * journeysPerRound);
    const travelling = load.journeys({ port: server.port, connections, plans: own });
    await sleep(
      earliestMilliseconds + ((latestMilliseconds - earliestMilliseconds) * round) / Math.max(1, roundCount - 1),
    );
    const recovered = await fault(server);
    server = recovered.server;
    tally.recovery.push(recovered.milliseconds);
    const { journeys } = await travelling;
    const stored = await readStored(context, idByLink);
    for (const journey of journeys) {
      tally.pages += Object.keys(journey.saved).length;
      tally.sent += journey.isSent ? 1 : 0;
      tally.lost += isLost(journey, stored.get(journey.link)) ? 1 : 0;
      tally.unclearPages += isUnclear(journey) ? 1 : 0;
    }
    tally.halfStates += await countHalfStates(context);
  }
  return { tally, server };
}

async function run(folder: string): Promise<void> {
  compileProduct(folder);
  const dataDirectory = join(folder, 'data');
  const postgres = await startPostgres(dataDirectory);
  const context = await createBenchContext(postgres.databaseUrl);
  const load = startLoad();
  const ground: Ground = { context, load, folder, dataDirectory };
  const faults: readonly (readonly [string, Fault])[] = [
    ['kill -9 of the server', killServer(ground)],
    ['kill -9 of Postgres', signalPostgres(ground, 'SIGKILL')],
    ['Postgres stopped (fast)', signalPostgres(ground, 'SIGINT')],
  ];
  const invited = await openBenchWave(context, faults.length * roundCount * journeysPerRound);
  const idByLink = new Map(invited.map(({ link, invitationId }) => [link, invitationId]));
  let server = await startProduct(folder, { DATA_DIR: dataDirectory });
  // From here on only the server looks after Postgres.
  await postgres.stop();
  const description = await describePostgres(context);
  const figures = [];
  for (const [index, [name, fault]] of faults.entries()) {
    const plans = planJourneys(
      invited.slice(index * roundCount * journeysPerRound, (index + 1) * roundCount * journeysPerRound),
    );
    const outcome = await runFault(ground, server, { fault, plans, idByLink });
    server = outcome.server;
    const { tally } = outcome;
    figures.push(
      { name: `${name}: acknowledged answers`, rounds: [tally.pages], unit: `in ${roundCount} rounds` },
      { name: `${name}: acknowledged responses`, rounds: [tally.sent], unit: `in ${roundCount} rounds` },
      { name: `${name}: lost`, rounds: [tally.lost], unit: 'journeys', target: { atMost: 0 } },
      { name: `${name}: half states`, rounds: [tally.halfStates], unit: 'rows', target: { atMost: 0 } },
      { name: `${name}: unclear answers`, rounds: [tally.unclearPages], unit: 'journeys', target: { atMost: 0 } },
      { name: `${name}: back after`, rounds: tally.recovery, unit: 'ms' },
    );
  }
  report(figures, {
    postgres: description,
    remarks: [`Causes of unclear answers by the log: ${listCauses(join(folder, 'server.log'))}.`],
  });
  load.stop();
  await context.db.destroy();
  await server.kill('SIGTERM');
}

const folder = makeBenchFolder();
void run(folder).finally(() => {
  try {
    process.kill(readPostmasterPid(join(folder, 'data')), 'SIGINT');
  } catch {
    // Stopped in good order.
  }
  removeBenchFolder(folder);
});
