import { setTimeout as sleep } from 'node:timers/promises';
import { report } from './support/figures';
import { planJourneys } from './support/network';
import { describePostgres } from './support/postgres';
import { readResidentMebibytes } from './support/processor-time';
import { startSiteProduct, withSite } from './support/survey-site';

/**
 * Memory of the server after 1,000 journeys and after many. Arguments: number of journeys in all, journeys at a time,
 * largest heap of the server in MiB (0: what Node chooses).
 */
const journeyCount = Number(process.argv[2] ?? 100_000);
const connections = Number(process.argv[3] ?? 16);
const heapMebibytes = Number(process.argv[4] ?? 0);
const firstCount = Math.min(1_000, Math.floor(journeyCount / 2));
/** Fewer say nothing about the bound. */
const targetCount = 100_000;
const steps = 10;
const restMilliseconds = 3_000;

/** Numbers of journeys after which memory is read. */
function listStops(): readonly number[] {
  const later = Array.from({ length: steps }, (_, step) => Math.round((journeyCount * (step + 1)) / steps));
  return [firstCount, ...later.filter((count) => count > firstCount)];
}

void withSite(journeyCount, async (site) => {
  const heap = heapMebibytes > 0 ? { NODE_OPTIONS: `--max-old-space-size=${heapMebibytes}` } : {};
  const product = await startSiteProduct(site, heap);
  const plans = planJourneys(site.invited).slice(0, journeyCount);
  const atStart = readResidentMebibytes(product.pid);
  const readings: { readonly count: number; readonly mebibytes: number }[] = [];
  let done = 0;
  for (const count of listStops()) {
    const { journeys, seconds } = await site.load.journeys({
      port: product.port,
      connections,
      plans: plans.slice(done, count),
    });
    const failed = journeys.find(({ failure }) => failure !== null);
    if (failed !== undefined) throw new Error(`a journey failed: ${failed.failure ?? ''}`);
    const rate = (count - done) / seconds;
    done = count;
    await sleep(restMilliseconds);
    const mebibytes = readResidentMebibytes(product.pid);
    readings.push({ count, mebibytes });
    process.stdout.write(`${count} of ${journeyCount}: ${mebibytes.toFixed(0)} MiB, ${rate.toFixed(1)} journeys/s\n`);
  }
  const [early] = readings;
  const late = readings.at(-1);
  const growth = (late?.mebibytes ?? 0) - (early?.mebibytes ?? 0);
  report(
    [
      { name: 'memory at start', rounds: [atStart], unit: 'MiB' },
      ...readings.map(({ count, mebibytes }) => ({
        name: `memory after ${count} journeys`,
        rounds: [mebibytes],
        unit: 'MiB',
      })),
      {
        name: `growth from ${firstCount} to ${journeyCount}`,
        rounds: [growth],
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
