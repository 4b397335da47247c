import { createFreezeWave, type FreezeWaveSize } from './support/freeze-wave';
import { collectEditions } from '../src/domain/benchmark/compute-release';
import { createMaskContext } from '../src/domain/benchmark/freeze-editions';
import { createIndicatorMasker } from '../src/domain/benchmark/indicator-groups';
import { freezeInThreads } from '../src/platform/freeze-in-threads';
import { report, type Figure } from './support/figures';

/**
 * Freezing a release in threads: masks, attack and figures, as networks grow; and the masks alone, in one thread. Arguments:
 * organisations, sectors, sizes and indicators of one network, and "masks" for its masks alone; none: the networks below.
 */
interface Run {
  readonly size: FreezeWaveSize;
  readonly isAttacked: boolean;
  readonly longestMinutes?: number;
}

const few = { sectors: 4, sizes: 3, indicators: 6 };
const many = { sectors: 4, sizes: 3, indicators: 60 };
const growth: readonly Run[] = [
  ...[15, 30, 60, 120].map((organisations) => ({ size: { organisations, ...few }, isAttacked: true })),
  { size: { organisations: 30, ...many }, isAttacked: true, longestMinutes: 3 },
  ...[30, 60, 120, 240].map((organisations) => ({ size: { organisations, ...few }, isAttacked: false })),
  { size: { organisations: 356, ...many }, isAttacked: false, longestMinutes: 60 },
];
const mostMebibytes = 4096;

async function measure({ size, isAttacked, longestMinutes }: Run): Promise<readonly Figure[]> {
  const input = createFreezeWave(size);
  const [began, before] = [process.hrtime.bigint(), process.cpuUsage()];
  const work = isAttacked ? await freeze(input) : mask(input);
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  const { organisations, sectors, sizes, indicators } = size;
  const name = `${organisations} × ${sectors} × ${sizes}, ${indicators} indicators, ${isAttacked ? 'attacked' : 'masks alone'}`;
  const isBound = longestMinutes !== undefined;
  return [
    { name, rounds: [seconds], unit: 's', ...(isBound && { target: { atMost: 60 * longestMinutes } }) },
    { name: `${name}: processor time`, rounds: [process.cpuUsage(before).user / 1e6], unit: 's' },
    {
      name: `${name}: most memory so far`,
      rounds: [Math.round(process.resourceUsage().maxRSS / 1024)],
      unit: 'MiB',
      ...(isBound && { target: { atMost: mostMebibytes } }),
    },
    ...work.map((figure) => ({ ...figure, name: `${name}: ${figure.name}` })),
  ];
}

function mask(input: ReturnType<typeof createFreezeWave>): readonly Figure[] {
  const maskOne = createIndicatorMasker(createMaskContext(input).context);
  let [shown, all, unproven] = [0, 0, 0];
  for (const { indicator, valid, yes } of input.tally.indicators) {
    const { published, hidden } = maskOne({ sensitivity: indicator.sensitivity, valid, yes }).mask;
    shown += published.size;
    all += published.size + hidden.size;
    unproven += [...hidden.values()].filter((reason) => reason === 'effort').length;
  }
  return [
    { name: 'groups shown', rounds: [shown], unit: `of ${all}` },
    { name: 'hidden because proving them safe takes too long', rounds: [unproven], unit: '' },
  ];
}

async function freeze(input: ReturnType<typeof createFreezeWave>): Promise<readonly Figure[]> {
  const frozen = await freezeInThreads({
    input: { ...input, publicCellSize: null },
    known: { network: new Map(), public: new Map() },
    restrict: (network) => network,
    onSettled: () => Promise.resolve(),
  });
  const { estimates } = collectEditions(input, frozen, null).network;
  const shown = estimates.flatMap(({ estimate }) => ('value' in estimate ? [estimate.value] : []));
  const coarse = shown.filter(({ flags }) => flags.includes('coarse')).length;
  return [
    { name: 'figures shown', rounds: [shown.length], unit: `of ${estimates.length}` },
    { name: 'of these in steps', rounds: [coarse], unit: '' },
  ];
}

function readRuns(): readonly Run[] {
  if (process.argv.length < 6) return growth;
  const [organisations = 0, sectors = 0, sizes = 0, indicators = 0] = process.argv.slice(2, 6).map(Number);
  return [{ size: { organisations, sectors, sizes, indicators }, isAttacked: process.argv[6] !== 'masks' }];
}

async function main(): Promise<void> {
  const figures: Figure[] = [];
  for (const run of readRuns()) {
    const measured = await measure(run);
    figures.push(...measured);
    process.stderr.write(
      `${measured.map(({ name, rounds, unit }) => `${name}: ${rounds.join()} ${unit}`).join('\n')}\n`,
    );
  }
  report(figures);
}

void main();
