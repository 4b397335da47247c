import type { Context } from '../src/context';
import { fillClosedWave } from '../src/demo/fill-waves';
import { demoOrganisations, drawUnits } from '../src/demo/organisations';
import { createSeededRandom } from '../src/demo/seeded-random';
import type { ReleaseVisibility } from '../src/domain/fieldwork/release-choice';
import { operator } from '../src/domain/permissions';
import { releaseWave } from '../src/usecases/coordinator/release-wave';
import { withBenchDatabase } from './support/bench-database';
import { report, type Figure } from './support/figures';
import { networkKey } from './support/network';
import { describePostgres } from './support/postgres';

/** Releasing a wave of the demo network: all figures, comparisons, masks and the attack on them, stored. */
interface Run {
  readonly name: string;
  readonly peerBases: readonly string[];
  readonly visibility: ReleaseVisibility;
}

const targetSeconds = 20;
const seed = 20_261;
const runs: readonly Run[] = [
  { name: 'for the network', peerBases: [], visibility: 'network' },
  { name: 'for the network, two peer groups', peerBases: ['kind'], visibility: 'network' },
  { name: 'for the network and in public, two peer groups', peerBases: ['kind'], visibility: 'public' },
];

async function measure(context: Context, { name, visibility, peerBases }: Run): Promise<readonly Figure[]> {
  const random = createSeededRandom(seed);
  const units = demoOrganisations.flatMap((organisation) => drawUnits(random, organisation));
  const wave = { networkKey, instrument: 'workplace/1', period: '2023–2024', trend: 0.12, released: '2025-03-12' };
  const waveKey = [visibility, ...peerBases].join('-');
  const closed = await fillClosedWave(context, random, { ...wave, key: waveKey, units, peerBases });
  const [began, before] = [process.hrtime.bigint(), process.cpuUsage()];
  await releaseWave(closed, operator, { waveKey, choice: { visibility, embargoUntil: null } });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  return [
    { name, rounds: [seconds], unit: 's', target: { atMost: targetSeconds } },
    { name: `${name}: processor time`, rounds: [process.cpuUsage(before).user / 1e6], unit: 's' },
  ];
}

void withBenchDatabase(async (context) => {
  const figures: Figure[] = [];
  for (const run of runs) figures.push(...(await measure(context, run)));
  report(figures, { postgres: await describePostgres(context) });
});
