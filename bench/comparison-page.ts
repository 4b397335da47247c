import { openComparison } from './support/comparison-site';
import { report, type Figure } from './support/figures';
import { writeGet } from './support/http-connection';
import type { LoadOutcome } from './support/load-jobs';
import { releaseBenchWave } from './support/network';
import { describePostgres } from './support/postgres';
import { readFamilySeconds, readProcessorSeconds } from './support/processor-time';
import { startSiteProduct, withSite } from './support/survey-site';

/**
 * Latency of the comparison page at a fixed rate, with few and with many responses behind it, in turn. Arguments: the two
 * numbers of responses, requests per second, seconds per round, rounds.
 */
const responses = Number(process.argv[2] ?? 10_000);
const manyResponses = Number(process.argv[3] ?? 1_000_000);
const perSecond = Number(process.argv[4] ?? 100);
const seconds = Number(process.argv[5] ?? 5);
const roundCount = Number(process.argv[6] ?? 5);
const connections = 16;
const calmPerSecond = 10;
const mostMilliseconds = 20;

/** Outcome with processor seconds. */
interface Round extends LoadOutcome {
  readonly node: number;
  readonly postgres: number;
}

interface Page {
  readonly responses: number;
  readonly request: string;
  readonly full: Round[];
  readonly calm: Round[];
}

function describe({ responses: behind, full, calm }: Page): readonly Figure[] {
  const figure = (name: string, unit: string, rounds: readonly number[]): Figure => ({
    name: `${behind} responses: ${name}`,
    rounds,
    unit,
  });
  const latency = (rate: number, share: 'p50' | 'p95' | 'p99', rounds: readonly Round[]): Figure =>
    figure(
      `${share} at ${rate}/s`,
      'ms',
      rounds.map((round) => round.latency[share]),
    );
  const used = (name: string, read: (round: Round) => number): Figure =>
    figure(
      name,
      'µs/request',
      full.map((round) => (read(round) * 1e6) / round.count),
    );
  return [
    latency(perSecond, 'p50', full),
    { ...latency(perSecond, 'p95', full), target: { atMost: mostMilliseconds } },
    latency(perSecond, 'p99', full),
    figure(
      'answered',
      'requests/s',
      full.map(({ count, seconds: taken }) => count / taken),
    ),
    used('node', ({ node }) => node),
    used('Postgres', ({ postgres }) => postgres),
    latency(calmPerSecond, 'p50', calm),
    latency(calmPerSecond, 'p95', calm),
  ];
}

void withSite(200, async (site) => {
  const { context, load, postgres } = site;
  const comparison = await openComparison(context, responses);
  const many = await releaseBenchWave(context, manyResponses, 'released-large');
  const product = await startSiteProduct(site);
  const headers = { Cookie: await comparison.signIn(product.port), 'Accept-Encoding': 'gzip, deflate, br' };
  const { port, pid } = product;
  const runRate = async (request: string, rate: number): Promise<Round> => {
    const before = [readProcessorSeconds(pid), readFamilySeconds(postgres.postmasterPid())] as const;
    const outcome = await load.rate({
      port,
      connections,
      requests: [request],
      perSecond: rate,
      seconds,
      expectedStatus: 200,
    });
    const node = readProcessorSeconds(pid) - before[0];
    return { ...outcome, node, postgres: readFamilySeconds(postgres.postmasterPid()) - before[1] };
  };
  const counted = await context.db.raw<{ rows: { count: number }[] }>(
    `SELECT count(*) AS count FROM response JOIN wave ON wave.id = response.wave_id
      WHERE wave.state = 'released' GROUP BY wave.key ORDER BY wave.key`,
  );
  const paths = [comparison.path, `/runder/${many}/sammenligning`];
  const pages = paths.map((path, index): Page => {
    const behind = counted.rows[index]?.count ?? 0;
    return { responses: behind, request: writeGet(path, headers), full: [], calm: [] };
  });
  for (const { request } of pages) {
    await load.repeat({ port, connections, requests: [request], seconds, expectedStatus: 200, isOnce: false });
  }
  for (let round = 0; round < roundCount; round += 1) {
    for (const { request, full, calm } of pages) {
      full.push(await runRate(request, perSecond));
      calm.push(await runRate(request, calmPerSecond));
    }
  }
  report(pages.flatMap(describe), {
    postgres: await describePostgres(context),
    remarks: [
      `${perSecond} requests/s over ${connections} connections; the time that a request waits for a connection counts. ` +
        'Of more than 10,000 responses a part is drawn and imported, then copied in the database, and the whole released.',
    ],
  });
  await product.kill('SIGTERM');
});
