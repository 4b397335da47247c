import { z } from 'zod';
import {
  waveJobPhases,
  waveJobStates,
  waveJobSteps,
  type WaveJobProgress,
  type WaveJobState,
  type WaveJobStep,
} from '../domain/fieldwork/wave-job';
import { selectRows, type Database } from './database';

/** Closing or releasing that was asked for and is not done. */
export interface WaveJob extends WaveJobProgress {
  readonly waveKey: string;
  readonly step: WaveJobStep;
  readonly state: WaveJobState;
  readonly actorId: string;
  /** Code of the catalogue and values of its text, when it failed. */
  readonly error: { readonly code: string; readonly values: Readonly<Record<string, string | number>> } | null;
}

const rowSchema = z
  .object({
    wave_key: z.string(),
    step: z.enum(waveJobSteps),
    state: z.enum(waveJobStates),
    actor_id: z.string(),
    phase: z.enum(waveJobPhases),
    done: z.number(),
    total: z.number(),
    error_code: z.string().nullable(),
    error_values: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
  })
  .transform(({ wave_key, actor_id, error_code, error_values, ...row }): WaveJob => ({
    ...row,
    waveKey: wave_key,
    actorId: actor_id,
    error: error_code === null ? null : { code: error_code, values: error_values ?? {} },
  }));

/** Key of the job in the queue; a wave has one at a time. */
const queueKey = `'wave ' || wave_job.wave_id`;
const isQueued = `EXISTS (SELECT FROM graphile_worker.jobs WHERE jobs.key = ${queueKey} AND jobs.attempts < jobs.max_attempts)`;

/**
 * Finds what is being done to a wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns the job, or null when there is none
 */
export async function selectOptionalWaveJob(db: Database, waveId: string): Promise<WaveJob | null> {
  const [row] = await selectRows(db, rowSchema, {
    sql: `SELECT wave.key AS wave_key, wave_job.step, wave_job.state, wave_job.actor_id, wave_job.phase, wave_job.done,
                 wave_job.total, wave_job.error_code, wave_job.error_values
            FROM wave_job JOIN wave ON wave.id = wave_job.wave_id WHERE wave_job.wave_id = :waveId`,
    bindings: { waveId },
  });
  return row ?? null;
}

/**
 * Notes that something is to be done to a wave, unless something already is.
 * @param transaction a transaction
 * @param job the wave, the step, who asked and when
 * @returns key of the job to put on the queue, or null when it is there already
 */
export async function insertWaveJob(
  transaction: Database,
  job: { readonly waveId: string; readonly step: WaveJobStep; readonly actorId: string; readonly requestedAt: Date },
): Promise<string | null> {
  const [row] = await selectRows(transaction, z.object({ key: z.string() }), {
    sql: `INSERT INTO wave_job (wave_id, step, state, actor_id, requested_at)
          VALUES (:waveId, :step, 'waiting', :actorId, :requestedAt)
          ON CONFLICT (wave_id) DO UPDATE
             SET step = excluded.step, state = 'waiting', actor_id = excluded.actor_id,
                 requested_at = excluded.requested_at, phase = 'reading', done = 0, total = 0, error_code = NULL, error_values = NULL
           WHERE wave_job.state = 'failed' OR NOT ${isQueued}
          RETURNING ${queueKey} AS key`,
    bindings: { ...job },
  });
  return row?.key ?? null;
}

/**
 * Notes how far a job has come.
 * @param db the database or a transaction
 * @param waveId the wave
 * @param progress its state, and how far it has come
 */
export async function updateWaveJobProgress(
  db: Database,
  waveId: string,
  progress: WaveJobProgress & { readonly state: 'waiting' | 'running' },
): Promise<void> {
  await db.raw(
    `UPDATE wave_job SET state = :state, phase = :phase, done = :done, total = :total
      WHERE wave_job.wave_id = :waveId AND wave_job.state <> 'failed'`,
    { waveId, ...progress },
  );
}

/**
 * Notes why a job was given up.
 * @param db the database or a transaction
 * @param waveId the wave
 * @param error code of the catalogue and values of its text
 */
export async function updateWaveJobFailed(
  db: Database,
  waveId: string,
  error: NonNullable<WaveJob['error']>,
): Promise<void> {
  await db.raw(
    `UPDATE wave_job SET state = 'failed', error_code = :code, error_values = CAST(:values AS jsonb)
      WHERE wave_job.wave_id = :waveId`,
    { waveId, code: error.code, values: JSON.stringify(error.values) },
  );
}

/**
 * Gives up jobs that the queue no longer tries, such as those that ended the program every time.
 * @param db the database or a transaction
 * @param code code of the catalogue
 */
export async function failUnqueuedWaveJobs(db: Database, code: string): Promise<void> {
  await db.raw(
    `UPDATE wave_job SET state = 'failed', error_code = :code WHERE wave_job.state <> 'failed' AND NOT ${isQueued}`,
    { code },
  );
}

/**
 * Forgets a job that is done.
 * @param db the database or a transaction
 * @param waveId the wave
 */
export async function deleteWaveJob(db: Database, waveId: string): Promise<void> {
  await db.raw('DELETE FROM wave_job WHERE wave_job.wave_id = :waveId', { waveId });
}
