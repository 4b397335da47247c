import { z } from 'zod';
import { anonymityLevels, waveStates, type AnonymityLevel, type WaveState } from '../domain/fieldwork/types';
import { selectRows, type Database } from './database';

/** A wave that has been opened, as far as somebody with a receipt code needs to know it. */
export interface AnsweredWave {
  readonly id: string;
  readonly state: WaveState;
  readonly anonymityLevel: AnonymityLevel;
  readonly instrumentVersionId: string;
  readonly period: string;
  /** YYYY-MM-DD; null while it is open. */
  readonly closedOn: string | null;
}

const waveSchema = z.object({
  id: z.string(),
  state: z.enum(waveStates),
  anonymityLevel: z.enum(anonymityLevels),
  instrumentVersionId: z.string(),
  period: z.string(),
  closedOn: z.string().nullable(),
});

/**
 * Lists the waves that somebody may have answered.
 * @param db the database
 * @returns every wave that has been opened
 */
export async function selectAnsweredWaves(db: Database): Promise<readonly AnsweredWave[]> {
  return selectRows(db, waveSchema, {
    sql: `SELECT wave.id, wave.state, wave.anonymity_level AS "anonymityLevel", wave.period,
                 wave.instrument_version_id AS "instrumentVersionId", wave.closed_on AS "closedOn"
            FROM wave WHERE wave.state <> 'draft'`,
  });
}

/**
 * Tells whether a response lies in the ballot box of a wave.
 * @param db the database
 * @param waveId the wave
 * @param responseId made of a receipt code
 */
export async function hasResponse(db: Database, waveId: string, responseId: string): Promise<boolean> {
  const rows = await selectRows(db, z.object({ found: z.number() }), {
    sql: `SELECT 1 AS found FROM response WHERE response.wave_id = :waveId AND response.id = :responseId`,
    bindings: { waveId, responseId },
  });
  return rows.length > 0;
}

const outcomeSchema = z.object({ isHeld: z.boolean(), isDeleted: z.boolean() });

/**
 * Deletes a response from the ballot box of an open wave and adds one to the wave's count, and keeps nothing else.
 * Holds the wave against closing; one that is being closed is not waited for.
 * @param db the database or a transaction
 * @param waveId the wave
 * @param responseId made of a receipt code
 * @returns isHeld: false when the wave is not open or is being closed; isDeleted: whether the response was there
 */
export async function deleteResponse(
  db: Database,
  waveId: string,
  responseId: string,
): Promise<{ readonly isHeld: boolean; readonly isDeleted: boolean }> {
  const [row] = await selectRows(db, outcomeSchema, {
    sql: `WITH held AS (
            SELECT wave.id FROM wave WHERE wave.id = :waveId AND wave.state = 'open' FOR SHARE OF wave SKIP LOCKED),
          gone AS (
            DELETE FROM response USING held
             WHERE response.wave_id = :waveId AND response.id = :responseId RETURNING response.wave_id),
          counted AS (
            INSERT INTO withdrawal (wave_id, withdrawals) SELECT gone.wave_id, 1 FROM gone
            ON CONFLICT (wave_id) DO UPDATE SET withdrawals = withdrawal.withdrawals + 1)
          SELECT EXISTS (SELECT FROM held) AS "isHeld", EXISTS (SELECT FROM gone) AS "isDeleted"`,
    bindings: { waveId, responseId },
  });
  return row ?? { isHeld: false, isDeleted: false };
}

/**
 * Counts the responses that respondents have taken back.
 * @param db the database or a transaction
 * @param waveId the wave
 */
export async function selectWithdrawals(db: Database, waveId: string): Promise<number> {
  const [row] = await selectRows(db, z.object({ withdrawals: z.number() }), {
    sql: 'SELECT withdrawal.withdrawals FROM withdrawal WHERE withdrawal.wave_id = :waveId',
    bindings: { waveId },
  });
  return row?.withdrawals ?? 0;
}
