import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import type { Config } from '../config';
import { createContext } from '../context';
import { createDatabase } from '../db/database';
import type { WaveJobProgress, WaveJobStep } from '../domain/fieldwork/wave-job';
import { AppError } from '../errors';
import { giveWay } from '../platform/give-way';
import { createLog } from '../platform/log';
import { closeWave } from '../usecases/coordinator/close-wave';
import { correctRelease } from '../usecases/coordinator/correct-release';
import type { WaveStepOutcome } from '../usecases/coordinator/follow-wave-step';
import { releaseWave } from '../usecases/coordinator/release-wave';
import { loadActor } from '../usecases/visitor/load-actor';

/** What the thread is given. */
export interface WaveStepInput {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly waveKey: string;
  readonly step: WaveJobStep;
  readonly actorId: string;
}

/** What the thread tells. */
export type WaveStepMessage =
  ({ readonly kind: 'progress' } & WaveJobProgress) | { readonly kind: 'outcome'; readonly outcome: WaveStepOutcome };

function tell(message: WaveStepMessage): void {
  parentPort?.postMessage(message);
}

async function takeStep({ config, databaseUrl, waveKey, step, actorId }: WaveStepInput): Promise<void> {
  const db = createDatabase(databaseUrl);
  try {
    const context = await createContext({ config, db, log: createLog(config) });
    const actor = await loadActor(context, actorId);
    if (step === 'close') await closeWave(context, actor, { waveKey });
    else {
      const onProgress = (progress: WaveJobProgress) => {
        tell({ kind: 'progress', ...progress });
      };
      const work = step === 'release' ? releaseWave : correctRelease;
      await work(context, actor, { waveKey, onProgress });
    }
    tell({ kind: 'outcome', outcome: { kind: 'done' } });
  } catch (fault) {
    if (!(fault instanceof AppError)) throw fault;
    const { code, details } = fault;
    tell({ kind: 'outcome', outcome: { kind: 'failed', code, values: details.values ?? {} } });
  } finally {
    await db.destroy();
  }
}

giveWay();
const { input } = z.object({ input: z.custom<WaveStepInput>() }).parse(workerData);
void takeStep(input);
