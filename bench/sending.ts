import { findMedian, report, type Figure } from './support/figures';
import { writePost } from './support/http-connection';
import type { JourneyOutcome, LoadOutcome } from './support/load-jobs';
import { planJourneys, storeDrafts, type Invited } from './support/network';
import { describePostgres } from './support/postgres';
import { readFamilySeconds, readProcessorSeconds } from './support/processor-time';
import { divideRounds, listCosts, pluck, runRounds, type Contestant } from './support/rounds';
import { startReference, type Server } from './support/site';
import { startSiteProduct, withSite, writeSendings, type Site } from './support/survey-site';

/**
 * Sending finished responses, against a bare Node server that does one INSERT of 4 KiB per request on the same Postgres,
 * our own path with nothing shared, and whole journeys from the link to the receipt. Arguments: rounds, seconds per round, submissions per second at most.
 */
const roundCount = Number(process.argv[2] ?? 5);
const seconds = Number(process.argv[3] ?? 1.5);
const mostPerSecond = Number(process.argv[4] ?? 2500);
const connections = 64;
const journeyConnections = 16;
const journeysPerRound = 64;
const warmUpSeconds = 4;
const bodyBytes = 4096;

/** A body of 45 questions in about the size of the reference. */
function writeReferencePost(): string {
  const answers = Array.from({ length: 45 }, (_, index) => [`question_${index}`, `answer ${index} `.padEnd(70, 'x')]);
  const text = JSON.stringify(Object.fromEntries(answers)).slice(0, -1);
  return writePost('/send', {}, `${text},"rest":"${'x'.repeat(Math.max(0, bodyBytes - text.length - 11))}"}`);
}

/** Every invitation sends once, so each round goes on where the last one stopped. */
function createSender(
  { load, context }: Site,
  { name, product, invited }: { name: string; product: Server; invited: readonly Invited[] },
): Contestant {
  let rest = writeSendings(context, invited);
  const send = async (length: number): Promise<LoadOutcome> => {
    const requests = rest.slice(0, Math.ceil(mostPerSecond * length));
    const { port } = product;
    const job = { port, connections, requests, seconds: length, expectedStatus: 303, isOnce: true };
    const outcome = await load.repeat(job);
    rest = rest.slice(outcome.count);
    if (rest.length === 0) throw new RangeError('more invitations are needed');
    return outcome;
  };
  return { name, pid: product.pid, load: send };
}

interface JourneyRound {
  readonly perSecond: number;
  readonly nodeMilliseconds: number;
  readonly postgresMilliseconds: number;
  readonly requests: number;
}

function requireSent(journeys: readonly JourneyOutcome[]): void {
  const failed = journeys.find(({ failure }) => failure !== null);
  if (failed !== undefined) throw new Error(`a journey failed: ${failed.failure ?? ''}`);
}

async function runJourneys({ load, postgres }: Site, product: Server, invited: readonly Invited[]) {
  const rounds: JourneyRound[] = [];
  for (let round = 0; round < roundCount; round += 1) {
    const plans = planJourneys(invited.slice(round * journeysPerRound, (round + 1) * journeysPerRound));
    const postmaster = postgres.postmasterPid();
    const [node, family] = [readProcessorSeconds(product.pid), readFamilySeconds(postmaster)];
    const outcome = await load.journeys({ port: product.port, connections: journeyConnections, plans });
    requireSent(outcome.journeys);
    rounds.push({
      perSecond: plans.length / outcome.seconds,
      nodeMilliseconds: ((readProcessorSeconds(product.pid) - node) * 1000) / plans.length,
      postgresMilliseconds: ((readFamilySeconds(postmaster) - family) * 1000) / plans.length,
      requests: outcome.journeys.reduce((sum, { requests }) => sum + requests, 0) / plans.length,
    });
  }
  return rounds;
}

async function run(site: Site): Promise<void> {
  const { context, postgres, load, invited } = site;
  const travelling = invited.slice(0, journeysPerRound * roundCount);
  const sending = invited.slice(travelling.length);
  await storeDrafts(context, sending);
  await context.db.raw(
    'CREATE TABLE bench_response (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), body jsonb NOT NULL)',
  );
  const product = await startSiteProduct(site);
  const single = await startSiteProduct(site, { BATCH_SIZE: '1', BATCH_WORKERS: '10' });
  const insert = await startReference(site.folder, { REFERENCE: 'insert', DATABASE_URL: postgres.databaseUrl });
  const request = writeReferencePost();
  const reference: Contestant = {
    name: 'one INSERT of 4 KiB',
    pid: insert.pid,
    load: (length) =>
      load.repeat({
        port: insert.port,
        connections,
        requests: [request],
        seconds: length,
        expectedStatus: 303,
        isOnce: false,
      }),
  };
  const half = Math.ceil(sending.length / 2);
  const sender = createSender(site, { name: 'submission', product, invited: sending.slice(0, half) });
  const alone = createSender(site, {
    name: 'submission, nothing shared',
    product: single,
    invited: sending.slice(half),
  });
  const rounds = await runRounds([sender, reference, alone], {
    rounds: roundCount,
    seconds,
    postmasterPid: postgres.postmasterPid(),
  });
  const journeys = await runJourneys(site, product, travelling);
  const medianRate = findMedian(pluck(rounds, reference.name, ({ perSecond }) => perSecond));
  const journeyFigure = (name: string, unit: string, read: (round: JourneyRound) => number): Figure => ({
    name: `journey: ${name}`,
    rounds: journeys.map(read),
    unit,
  });
  report(
    [
      {
        name: `submission / ${reference.name}`,
        rounds: divideRounds(rounds, [sender.name, reference.name], ({ perSecond }) => perSecond),
        unit: '× requests/s',
        reference: `${Math.round(medianRate)}/s`,
        target: { atLeast: 0.6 },
      },
      {
        name: `submission / ${alone.name}`,
        rounds: divideRounds(rounds, [sender.name, alone.name], ({ perSecond }) => perSecond),
        unit: '× requests/s',
        target: { atLeast: 1.5 },
      },
      {
        name: `submission / ${reference.name}, by processor time of node and Postgres`,
        rounds: divideRounds(
          rounds,
          [reference.name, sender.name],
          ({ nodeMicroseconds, postgresMicroseconds }) => nodeMicroseconds + postgresMicroseconds,
        ),
        unit: '× requests per second of a core',
      },
      ...listCosts(rounds, sender.name, 'submission'),
      ...listCosts(rounds, alone.name, 'submission'),
      ...listCosts(rounds, reference.name, 'request'),
      journeyFigure('rate', 'journeys/s', ({ perSecond }) => perSecond),
      journeyFigure('node', 'ms/journey', ({ nodeMilliseconds }) => nodeMilliseconds),
      journeyFigure('Postgres', 'ms/journey', ({ postgresMilliseconds }) => postgresMilliseconds),
      journeyFigure('requests', 'per journey', ({ requests }) => requests),
    ],
    {
      postgres: await describePostgres(context),
      remarks: [
        `Submissions: ${connections} connections, pool of 10, every one of another invitation with a finished draft of ` +
          `workplace/1. Journeys: ${journeyConnections} at a time, each on a connection of its own, without script; they write ` +
          'every page as a draft before the response is sent.',
      ],
    },
  );
  for (const server of [product, single, insert]) await server.kill('SIGTERM');
}

const needed = Math.ceil(2 * mostPerSecond * (warmUpSeconds + roundCount * seconds)) + journeysPerRound * roundCount;
void withSite(needed, run);
