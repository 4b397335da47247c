import type { DisclosurePolicy } from '../domain/disclosure/types';
import type { ReadWavePlan } from '../domain/fieldwork/read-wave-plan';
import type { Database } from './database';

/** What is planned for a wave and can change until it opens. */
export interface WavePlan extends Omit<ReadWavePlan, 'minimumCellSize'> {
  readonly instrumentVersionId: string;
  readonly policy: DisclosurePolicy;
}

/**
 * Writes the plan of a draft wave.
 * @param transaction a transaction
 * @param waveId the wave
 * @param plan all of it
 */
export async function updateWavePlan(transaction: Database, waveId: string, plan: WavePlan): Promise<void> {
  await transaction.raw(
    `UPDATE wave SET instrument_version_id = :instrumentVersionId, period = :period, anonymity_level = :anonymityLevel,
            policy = CAST(:policy AS jsonb), minimum_cell_size = :minimumCellSize, public_cell_size = :publicCellSize,
            population = :population, opens_on = :opensOn, closes_on = :closesOn,
            target_response_rate = :targetResponseRate, retention_days = :retentionDays
      WHERE wave.id = :waveId`,
    { waveId, ...plan, policy: JSON.stringify(plan.policy), minimumCellSize: plan.policy.minimumCellSize },
  );
}

/**
 * Moves the deadline of an open wave.
 * @param transaction a transaction
 * @param waveId the wave
 * @param closesOn last day for answering, YYYY-MM-DD
 */
export async function updateWaveDeadline(transaction: Database, waveId: string, closesOn: string): Promise<void> {
  await transaction.raw('UPDATE wave SET closes_on = :closesOn WHERE wave.id = :waveId', { waveId, closesOn });
}

/**
 * Notes which members take no part in a draft wave.
 * @param transaction a transaction
 * @param waveId the wave
 * @param organisationIds all that are left out
 */
export async function replaceLeftOut(
  transaction: Database,
  waveId: string,
  organisationIds: readonly string[],
): Promise<void> {
  await transaction.raw('DELETE FROM wave_left_out WHERE wave_left_out.wave_id = :waveId', { waveId });
  await transaction.raw(
    `INSERT INTO wave_left_out (wave_id, organisation_id)
     SELECT :waveId, added.value::uuid FROM jsonb_array_elements_text(CAST(:ids AS jsonb)) AS added`,
    { waveId, ids: JSON.stringify(organisationIds) },
  );
}
