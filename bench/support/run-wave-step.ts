import { performance } from 'node:perf_hooks';
import { operator } from '../../src/domain/permissions';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { openBenchContext } from './network';

/** Seals or releases a wave in a process of its own, and tells time and memory. Arguments: step, key of the wave. */
const steps = { close: closeWave, release: releaseWave };

async function run(): Promise<void> {
  const [, , step = '', waveKey = ''] = process.argv;
  if (step !== 'close' && step !== 'release') throw new RangeError(`no step ${step}`);
  const context = await openBenchContext(process.env['DATABASE_URL'] ?? '');
  const started = performance.now();
  await steps[step](context, operator, { waveKey });
  const seconds = (performance.now() - started) / 1000;
  await context.db.destroy();
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const processorSeconds = (userCPUTime + systemCPUTime) / 1e6;
  process.stdout.write(JSON.stringify({ seconds, processorSeconds, mebibytes: maxRSS / 1024 }));
}

void run();
