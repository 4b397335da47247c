import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../src/context';
import { report } from './support/figures';
import { startLoad, type Load } from './support/load';
import type { JourneyOutcome, JourneyPlan } from './support/load-jobs';
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

interface Stored {
  readonly link: string;
  readonly isAnswered: boolean;
  readonly answers: Readonly<Record<string, unknown>> | null;
}

async function readStored(
  { db }: Context,
  idByLink: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Stored>> {
  const { rows } = await db.raw<{ rows: { id: string; answered: boolean; answers: Record<string, unknown> | null }[] }>(
    `SELECT invitation.id, invitation.disposition IS NOT DISTINCT FROM 'answered' AS answered, draft.answers
       FROM invitation LEFT JOIN draft ON draft.invitation_id = invitation.id`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    [...idByLink].map(([link, id]) => {
      const row = byId.get(id);
      return [link, { link, isAnswered: row?.answered ?? false, answers: row?.answers ?? null }];
    }),
  );
}

/** Answered invitations without exactly one response each, or with a draft left. */
async function countHalfStates({ db }: Context): Promise<number> {
  const { rows } = await db.raw<{ rows: { responses: number; answered: number; drafts: number }[] }>(
    `SELECT (SELECT count(*) FROM response) AS responses,
            (SELECT count(*) FROM invitation WHERE disposition = 'answered') AS answered,
            (SELECT count(*) FROM draft JOIN invitation ON invitation.id = draft.invitation_id
              WHERE invitation.disposition IS NOT NULL) AS drafts`,
  );
  const [counts] = rows;
  return counts === undefined ? 1 : Math.abs(counts.responses - counts.answered) + counts.drafts;
}

function isLost(journey: JourneyOutcome, stored: Stored | undefined): boolean {
  if (stored?.isAnswered) return !journey.hasTriedSending;
  if (journey.isSent) return true;
  return Object.entries(journey.saved).some(
    ([name, answer]) => JSON.stringify(stored?.answers?.[name]) !== JSON.stringify(answer),
  );
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

function readPostmasterPid(dataDirectory: string): number {
  const file = join(dataDirectory, 'postgres', 'cluster', 'postmaster.pid');
  return Number(readFileSync(file, 'utf8').split('\n')[0]);
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

/** Journeys that were cut off by an answer which tells to come again, or by a lost connection, were told clearly. */
function isUnclear({ failure }: JourneyOutcome): boolean {
  const status = /: (\d+) instead of/.exec(failure ?? '')?.[1];
  return status !== undefined && status !== '503';
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

/** Faults that the server could not name, each once. */
function listCauses(folder: string): string {
  const lines = readFileSync(join(folder, 'server.log'), 'utf8').split('\n');
  const causes = lines.flatMap((line) => {
    if (!line.includes('"code":"unexpected"')) return [];
    const { err } = JSON.parse(line) as { err?: { message?: string; code?: string } };
    return [`${(err?.message ?? '').replace(/^.* - /s, '').slice(0, 100)} (${err?.code ?? 'no code'})`];
  });
  return [...new Set(causes)].join('; ') || 'none';
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
  report(figures, { postgres: description, remarks: [`Causes of unclear answers by the log: ${listCauses(folder)}.`] });
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
