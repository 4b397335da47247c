import { setTimeout as sleep } from 'node:timers/promises';
import { report } from './support/figures';
import { planJourneys } from './support/network';
import { describePostgres } from './support/postgres';
import { readResidentMebibytes } from './support/processor-time';
import { startSiteProduct, withSite } from './support/survey-site';

/** Memory of the server after 1,000 journeys and after many. Arguments: number of journeys in all, journeys at a time. */
const journeyCount = Number(process.argv[2] ?? 10_000);
const connections = Number(process.argv[3] ?? 16);
const firstCount = Math.min(1_000, journeyCount / 2);
/** Fewer say nothing about the bound. */
const targetCount = 100_000;
const restMilliseconds = 3_000;

void withSite(journeyCount, async (site) => {
  const product = await startSiteProduct(site);
  const plans = planJourneys(site.invited).slice(0, journeyCount);
  const travel = async (from: number, to: number): Promise<number> => {
    const job = { port: product.port, connections, plans: plans.slice(from, to) };
    const { journeys } = await site.load.journeys(job);
    const failed = journeys.find(({ failure }) => failure !== null);
    if (failed !== undefined) throw new Error(`a journey failed: ${failed.failure ?? ''}`);
    await sleep(restMilliseconds);
    return readResidentMebibytes(product.pid);
  };
  const atStart = readResidentMebibytes(product.pid);
  const early = await travel(0, firstCount);
  const late = await travel(firstCount, journeyCount);
  report(
    [
      { name: 'memory at start', rounds: [atStart], unit: 'MiB' },
      { name: `memory after ${firstCount} journeys`, rounds: [early], unit: 'MiB' },
      { name: `memory after ${journeyCount} journeys`, rounds: [late], unit: 'MiB' },
      {
        name: 'growth between the two',
        rounds: [late - early],
        unit: 'MiB',
        ...(journeyCount >= targetCount ? { target: { atMost: 50 } } : {}),
      },
    ],
    {
      postgres: await describePostgres(site.context),
      remarks: [
        'Every journey comes from a network address of its own, which is the worst case for what counts by address.',
      ],
    },
  );
  await product.kill('SIGTERM');
});
