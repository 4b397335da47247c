import { z } from 'zod';
import type { Answers } from '../domain/instrument/types';
import { selectRows, type Database } from './database';

/** One hand-in: its stratum and its clean answers, and nothing else. */
export interface NewResponse {
  readonly stratum: string;
  readonly answers: Answers;
}

/** Name of a partition; a uuid leaves nothing to escape. */
function nameOf(waveId: string, kind: 'ballot' | 'sealed'): string {
  return `response_${z.uuid().parse(waveId).replaceAll('-', '')}_${kind}`;
}

async function createPartitionTable(transaction: Database, name: string): Promise<void> {
  await transaction.raw(`CREATE TABLE ${name} (LIKE response INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
}

async function attachPartition(transaction: Database, waveId: string, name: string): Promise<void> {
  await transaction.raw(`ALTER TABLE response ATTACH PARTITION ${name} FOR VALUES IN ('${z.uuid().parse(waveId)}')`);
}

/**
 * Makes the ballot box of a wave: the partition that responses go into while it is open.
 * @param transaction a transaction
 * @param waveId the wave
 */
export async function createBallotBox(transaction: Database, waveId: string): Promise<void> {
  const name = nameOf(waveId, 'ballot');
  await createPartitionTable(transaction, name);
  await attachPartition(transaction, waveId, name);
}

/**
 * Seals the ballot box of a wave: every response goes into a new table under a new random id, the rows lie in the order
 * of those ids, and the old table is dropped, so that neither order nor transaction ids nor dead rows tell who is who.
 * @param transaction a transaction; its own must not be one that changes invitations
 * @param waveId the wave
 * @param codes the new stratum code of every earlier one
 */
export async function sealBallotBox(
  transaction: Database,
  waveId: string,
  codes: Readonly<Record<string, string>>,
): Promise<void> {
  const ballot = nameOf(waveId, 'ballot');
  const sealed = nameOf(waveId, 'sealed');
  await createPartitionTable(transaction, sealed);
  await transaction.raw(
    `INSERT INTO ${sealed} (id, wave_id, stratum, answers)
     SELECT gen_random_uuid() AS new_id, ballot.wave_id,
            coalesce(CAST(:codes AS jsonb) ->> ballot.stratum, ballot.stratum), ballot.answers
       FROM ${ballot} AS ballot ORDER BY new_id`,
    { codes: JSON.stringify(codes) },
  );
  await transaction.raw(`ALTER TABLE response DETACH PARTITION ${ballot}`);
  await transaction.raw(`DROP TABLE ${ballot}`);
  await attachPartition(transaction, waveId, sealed);
}

/**
 * Puts many responses into the ballot box of an open wave.
 * @param transaction the transaction that also marks their invitations
 * @param waveId the wave
 * @param responses stratum and clean answers
 */
export async function insertResponses(
  transaction: Database,
  waveId: string,
  responses: readonly NewResponse[],
): Promise<void> {
  await transaction.raw(
    `INSERT INTO response (wave_id, stratum, answers)
     SELECT :waveId, added.stratum, added.answers
       FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS added (stratum text, answers jsonb)`,
    { waveId, rows: JSON.stringify(responses) },
  );
}

/**
 * Counts the responses of a wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns number by stratum; strata without any are left out
 */
export async function selectResponseCounts(db: Database, waveId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await selectRows(db, z.object({ stratum: z.string(), count: z.number() }), {
    sql: `SELECT response.stratum, count(*) AS count FROM response WHERE response.wave_id = :waveId GROUP BY response.stratum`,
    bindings: { waveId },
  });
  return new Map(rows.map(({ stratum, count }) => [stratum, count]));
}
