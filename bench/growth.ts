import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { packageRoot } from '../src/platform/package-root';
import { withBenchDatabase } from './support/bench-database';
import { report, type Figure } from './support/figures';
import { fillLargeWave } from './support/large-wave';
import { describePostgres, type Postgres } from './support/postgres';
import { readFamilySeconds } from './support/processor-time';

/** Time to seal and to release as waves grow, 7 organisations. Arguments: numbers of responses. */
const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [10_000, 100_000, 1_000_000];
const targetSize = 900_000;
const targetSeconds = 120;
const targetMebibytes = 1536;

const run = promisify(execFile);
const stepSchema = z.object({ seconds: z.number(), processorSeconds: z.number(), mebibytes: z.number() });

interface Measured extends z.infer<typeof stepSchema> {
  readonly responses: number;
  readonly databaseSeconds: number;
}

async function measure(
  postgres: Postgres,
  step: 'close' | 'release',
  key: string,
): Promise<Omit<Measured, 'responses'>> {
  const before = readFamilySeconds(postgres.postmasterPid());
  const program = join(packageRoot, 'bench', 'support', 'run-wave-step.ts');
  const { stdout } = await run(process.execPath, ['--import', 'tsx', program, step, key], {
    cwd: packageRoot,
    env: { ...process.env, DATABASE_URL: postgres.databaseUrl },
  });
  const databaseSeconds = readFamilySeconds(postgres.postmasterPid()) - before;
  return { ...stepSchema.parse(JSON.parse(stdout)), databaseSeconds };
}

function describe(name: string, each: Measured): readonly Figure[] {
  const isLarge = each.responses >= targetSize;
  const what = `${name} ${each.responses} responses`;
  return [
    { name: what, rounds: [each.seconds], unit: 's', ...(isLarge && { target: { atMost: targetSeconds } }) },
    { name: `${what}: processor, program`, rounds: [each.processorSeconds], unit: 's' },
    { name: `${what}: processor, Postgres`, rounds: [each.databaseSeconds], unit: 's' },
    {
      name: `${what}: most memory, program`,
      rounds: [each.mebibytes],
      unit: 'MiB',
      ...(isLarge && { target: { atMost: targetMebibytes } }),
    },
  ];
}

/** How time grows with size: 1 in proportion, below 1 slower than that. */
function findExponents(name: string, all: readonly Measured[]): readonly Figure[] {
  return all.slice(1).flatMap((each, index) => {
    const before = all[index];
    if (before === undefined) return [];
    const exponent = Math.log(each.seconds / before.seconds) / Math.log(each.responses / before.responses);
    return [{ name: `${name}: exponent from ${before.responses} to ${each.responses}`, rounds: [exponent], unit: '' }];
  });
}

void withBenchDatabase(async (context, postgres) => {
  const sealed: Measured[] = [];
  const released: Measured[] = [];
  for (const size of sizes) {
    const key = `large-${size}`;
    const responses = await fillLargeWave(context, key, size);
    sealed.push({ responses, ...(await measure(postgres, 'close', key)) });
    released.push({ responses, ...(await measure(postgres, 'release', key)) });
  }
  const figures = [
    ...sealed.flatMap((each) => describe('sealing', each)),
    ...released.flatMap((each) => describe('releasing', each)),
    ...findExponents('sealing', sealed),
    ...findExponents('releasing', released),
  ];
  report(figures, { postgres: await describePostgres(context) });
});
