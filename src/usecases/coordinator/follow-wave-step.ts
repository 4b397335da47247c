import type { Context } from '../../context';
import { unlockAbandonedJobs } from '../../db/jobs';
import {
  deleteWaveJob,
  failUnqueuedWaveJobs,
  selectOptionalWaveJob,
  updateWaveJobFailed,
  updateWaveJobProgress,
  type WaveJob,
} from '../../db/wave-jobs';
import { selectOptionalWave } from '../../db/waves';
import type { WaveJobProgress } from '../../domain/fieldwork/wave-job';
import type { ErrorCode } from '../../errors';
import { isStepWanted } from '../wave-step-wanted';

/** What becomes of an attempt: done, refused for a reason of the catalogue, or to be tried again later. */
export type WaveStepOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'later' }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly values: Readonly<Record<string, string | number>>;
    };

const notBegun: WaveJobProgress = { phase: 'reading', done: 0, total: 0 };

/**
 * Begins an attempt at what was asked for. The wave itself tells whether an earlier attempt was already done.
 * @param context the process' context
 * @param waveId the wave
 * @returns the step and in whose name it is done, or null when there is nothing to do
 */
export async function beginWaveStep(
  context: Context,
  waveId: string,
): Promise<Pick<WaveJob, 'waveKey' | 'step' | 'actorId'> | null> {
  const job = await selectOptionalWaveJob(context.db, waveId);
  const wave = job === null ? null : await selectOptionalWave(context.db, job.waveKey);
  if (job === null || wave === null || job.state === 'failed') return null;
  if (!(await isStepWanted(context.db, wave, job.step))) {
    await deleteWaveJob(context.db, waveId);
    return null;
  }
  await updateWaveJobProgress(context.db, waveId, { state: 'running', ...notBegun });
  return job;
}

/**
 * Notes how far an attempt has come.
 * @param context the process' context
 * @param waveId the wave
 * @param progress how far
 */
export async function noteWaveStepProgress(context: Context, waveId: string, progress: WaveJobProgress): Promise<void> {
  await updateWaveJobProgress(context.db, waveId, { state: 'running', ...progress });
}

/**
 * Notes what became of an attempt.
 * @param context the process' context
 * @param waveId the wave
 * @param outcome done, refused, or to be tried again
 */
export async function endWaveStep(context: Context, waveId: string, outcome: WaveStepOutcome): Promise<void> {
  if (outcome.kind === 'done') await deleteWaveJob(context.db, waveId);
  else if (outcome.kind === 'failed') await updateWaveJobFailed(context.db, waveId, outcome);
  else await updateWaveJobProgress(context.db, waveId, { state: 'waiting', ...notBegun });
}

/**
 * Takes over the jobs of programs that were killed, and gives up those that were tried too often.
 * @param context the process' context
 * @returns number of jobs taken over
 */
export async function recoverWaveSteps(context: Context): Promise<number> {
  const unlocked = await unlockAbandonedJobs(context.db);
  await failUnqueuedWaveJobs(context.db, 'unexpected');
  return unlocked;
}
