import { z } from 'zod';
import type { Answers } from '../domain/instrument/types';
import { selectRows, type Database } from './database';

/** What the responses of a wave lie in: one partition while it is open, another one from its closing on. */
export type ResponseBox = 'ballot' | 'sealed';

/** One hand-in: its stratum and its clean answers, and nothing else. */
export interface NewResponse {
  readonly stratum: string;
  readonly answers: Answers;
}

/** Name of a partition; a uuid leaves nothing to escape. */
function nameOf(waveId: string, box: ResponseBox | 'renewed'): string {
  return `response_${z.uuid().parse(waveId).replaceAll('-', '')}_${box}`;
}

/**
 * Reads the name of a partition.
 * @param name name of a table
 * @returns its wave and kind
 * @throws RangeError when it is no partition of responses
 */
export function parsePartitionName(name: string): { readonly waveId: string; readonly box: ResponseBox } {
  const [, digits = '', box = ''] = /^response_([0-9a-f]{32})_(ballot|sealed)$/.exec(name) ?? [];
  if (digits === '') throw new RangeError(`${name} is no partition of responses`);
  const waveId = digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { waveId, box: box === 'ballot' ? 'ballot' : 'sealed' };
}

async function createPartitionTable(transaction: Database, name: string): Promise<void> {
  await transaction.raw(`CREATE TABLE ${name} (LIKE response INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
}

async function attachPartition(transaction: Database, waveId: string, name: string): Promise<void> {
  await transaction.raw(`ALTER TABLE response ATTACH PARTITION ${name} FOR VALUES IN ('${z.uuid().parse(waveId)}')`);
}

/**
 * Makes a partition and fills it before the table of responses knows of it.
 * @param transaction a transaction
 * @param partition the wave and what its responses lie in
 * @param fill puts rows into the table of that name
 */
export async function fillPartition(
  transaction: Database,
  { waveId, box }: { readonly waveId: string; readonly box: ResponseBox },
  fill: (table: string) => Promise<void>,
): Promise<void> {
  const name = nameOf(waveId, box);
  await createPartitionTable(transaction, name);
  await fill(name);
  await attachPartition(transaction, waveId, name);
}

/**
 * Makes the ballot box of a wave: the partition that responses go into while it is open.
 * @param transaction a transaction
 * @param waveId the wave
 */
export async function createBallotBox(transaction: Database, waveId: string): Promise<void> {
  await fillPartition(transaction, { waveId, box: 'ballot' }, () => Promise.resolve());
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
 * Erases the responses of a stratum from a sealed wave: all others are written anew, as at sealing, so that no dead row
 * is left of what was erased.
 * @param transaction a transaction
 * @param waveId a sealed wave
 * @param stratum code of the stratum
 */
export async function eraseSealedStratum(transaction: Database, waveId: string, stratum: string): Promise<void> {
  const sealed = nameOf(waveId, 'sealed');
  const renewed = nameOf(waveId, 'renewed');
  await createPartitionTable(transaction, renewed);
  await transaction.raw(
    `INSERT INTO ${renewed} (id, wave_id, stratum, answers)
     SELECT gen_random_uuid() AS new_id, kept.wave_id, kept.stratum, kept.answers
       FROM ${sealed} AS kept WHERE kept.stratum <> :stratum ORDER BY new_id`,
    { stratum },
  );
  await transaction.raw(`ALTER TABLE response DETACH PARTITION ${sealed}`);
  await transaction.raw(`DROP TABLE ${sealed}`);
  await transaction.raw(`ALTER TABLE ${renewed} RENAME TO ${sealed}`);
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
