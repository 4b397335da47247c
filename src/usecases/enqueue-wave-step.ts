import type { Database } from '../db/database';
import { addJob } from '../db/jobs';
import { insertWaveJob } from '../db/wave-jobs';
import type { WaveJobStep } from '../domain/fieldwork/wave-job';

/** Name of the task that closes and releases waves. */
export const waveStepTask = 'wave-step';
/** A program that is stopped on the way has used one of them. */
const mostAttempts = 5;

/**
 * Puts closing or releasing a wave on the queue, unless it is there already.
 * @param transaction a transaction
 * @param step the wave, the step, in whose name it is done and when it was asked for
 */
export async function enqueueWaveStep(
  transaction: Database,
  step: { readonly waveId: string; readonly step: WaveJobStep; readonly actorId: string; readonly requestedAt: Date },
): Promise<void> {
  const key = await insertWaveJob(transaction, step);
  if (key === null) return;
  await addJob(transaction, { task: waveStepTask, key, payload: { waveId: step.waveId }, mostAttempts });
}
