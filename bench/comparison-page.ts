import { report, type Figure } from './support/figures';
import { writeGet } from './support/http-connection';
import { openComparison } from './support/comparison-site';
import type { LoadOutcome } from './support/load-jobs';
import { describePostgres } from './support/postgres';
import { readFamilySeconds, readProcessorSeconds } from './support/processor-time';
import { startSiteProduct, withSite } from './support/survey-site';

/**
 * Latency of the comparison page at a fixed rate. Arguments: responses behind it, requests per second, seconds per round,
 * rounds.
 */
const responses = Number(process.argv[2] ?? 10_000);
const perSecond = Number(process.argv[3] ?? 100);
const seconds = Number(process.argv[4] ?? 5);
const roundCount = Number(process.argv[5] ?? 5);
const connections = 16;
const calmPerSecond = 10;

/** Processor seconds. */
interface Used {
  readonly node: number;
  readonly postgres: number;
}

void withSite(200, async (site) => {
  const { context, load, postgres } = site;
  const comparison = await openComparison(context, responses);
  const product = await startSiteProduct(site);
  const request = writeGet(comparison.path, { Cookie: await comparison.signIn(product.port) });
  const { port, pid } = product;
  const runRate = async (rate: number): Promise<LoadOutcome & Used> => {
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
  await load.repeat({ port, connections, requests: [request], seconds, expectedStatus: 200, isOnce: false });
  const full: (LoadOutcome & Used)[] = [];
  const calm: (LoadOutcome & Used)[] = [];
  for (let round = 0; round < roundCount; round += 1) {
    full.push(await runRate(perSecond));
    calm.push(await runRate(calmPerSecond));
  }
  const figure = (name: string, unit: string, rounds: readonly number[]): Figure => ({
    name: `comparison page: ${name}`,
    rounds,
    unit,
  });
  const counted = await context.db.raw<{ rows: { count: number }[] }>('SELECT count(*) AS count FROM response');
  report(
    [
      figure(
        `p50 at ${perSecond}/s`,
        'ms',
        full.map(({ latency }) => latency.p50),
      ),
      {
        ...figure(
          `p95 at ${perSecond}/s`,
          'ms',
          full.map(({ latency }) => latency.p95),
        ),
        target: { atMost: 20 },
      },
      figure(
        `p99 at ${perSecond}/s`,
        'ms',
        full.map(({ latency }) => latency.p99),
      ),
      figure(
        'answered',
        'requests/s',
        full.map(({ count, seconds: taken }) => count / taken),
      ),
      figure(
        'node',
        'µs/request',
        full.map(({ node, count }) => (node * 1e6) / count),
      ),
      figure(
        'Postgres',
        'µs/request',
        full.map((each) => (each.postgres * 1e6) / each.count),
      ),
      figure(
        `p50 at ${calmPerSecond}/s`,
        'ms',
        calm.map(({ latency }) => latency.p50),
      ),
      figure(
        `p95 at ${calmPerSecond}/s`,
        'ms',
        calm.map(({ latency }) => latency.p95),
      ),
    ],
    {
      postgres: await describePostgres(context),
      remarks: [
        `${counted.rows[0]?.count ?? 0} responses behind the page, ${perSecond} requests/s over ${connections} connections; the time ` +
          'that a request waits for a connection counts.',
      ],
    },
  );
  await product.kill('SIGTERM');
});
