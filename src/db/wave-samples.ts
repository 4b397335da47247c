import { z } from 'zod';
import type { SamplePlan } from '../domain/fieldwork/draw-sample';
import { populations, type Population } from '../domain/fieldwork/types';
import { selectRows, type Database } from './database';

/** A sample that was drawn: whom it invites, and the seed that gives the same units again. */
export interface WaveSample {
  readonly seed: string;
  readonly plan: SamplePlan;
}

/** Whom a wave asks. */
export interface WavePopulation {
  readonly population: Population;
  /** Null: every unit whose row says so is invited. */
  readonly sample: WaveSample | null;
}

const planSchema = z.object({ organisations: z.record(z.string(), z.number()), minimum: z.number() });
const rowSchema = z
  .object({ population: z.enum(populations), sample_seed: z.string().nullable(), sample_plan: planSchema.nullable() })
  .transform(({ population, sample_seed, sample_plan }): WavePopulation => ({
    population,
    sample: sample_seed === null || sample_plan === null ? null : { seed: sample_seed, plan: sample_plan },
  }));

/**
 * Reads whom a wave asks.
 * @param db the database or a transaction
 * @param waveId a wave that is there
 * @returns its population and the sample that was drawn
 * @throws RangeError when there is no such wave
 */
export async function selectWavePopulation(db: Database, waveId: string): Promise<WavePopulation> {
  const [row] = await selectRows(db, rowSchema, {
    sql: 'SELECT wave.population, wave.sample_seed, wave.sample_plan FROM wave WHERE wave.id = :waveId',
    bindings: { waveId },
  });
  if (row === undefined) throw new RangeError(`there is no wave ${waveId}`);
  return row;
}

/**
 * Keeps the sample of a wave, or that it has none.
 * @param transaction a transaction
 * @param waveId a wave in the state draft
 * @param sample seed and plan; null: all are invited whose row says so
 */
export async function updateWaveSample(
  transaction: Database,
  waveId: string,
  sample: WaveSample | null,
): Promise<void> {
  await transaction.raw(
    'UPDATE wave SET sample_seed = :seed, sample_plan = CAST(:plan AS jsonb) WHERE wave.id = :waveId',
    { waveId, seed: sample?.seed ?? null, plan: sample === null ? null : JSON.stringify(sample.plan) },
  );
}
