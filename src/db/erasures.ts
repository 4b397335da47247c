import { z } from 'zod';
import type { StratumOfUnit } from '../domain/fieldwork/sole-response';
import { selectRows, type Database } from './database';

const placeSchema = z
  .object({
    stratum: z.string(),
    responses: z.number(),
    invited_units: z.number(),
    invitations: z.number(),
    in_stratum: z.number(),
    by_unit: z.boolean(),
  })
  .transform((row): StratumOfUnit & { readonly stratum: string } => ({
    stratum: row.stratum,
    responses: row.responses,
    invitedUnits: row.invited_units,
    answered: row.invitations === 0 ? null : { inStratum: row.in_stratum, byUnit: row.by_unit },
  }));

/**
 * Reads what is known of the stratum of an invited unit.
 * @param transaction a transaction that holds the wave
 * @param waveId a sealed wave
 * @param unit key of the unit
 * @returns the stratum, or null when no such unit was invited
 */
export async function selectOptionalStratumOfUnit(
  transaction: Database,
  waveId: string,
  unit: string,
): Promise<(StratumOfUnit & { readonly stratum: string }) | null> {
  const [row] = await selectRows(transaction, placeSchema, {
    sql: `SELECT asked.stratum,
                 (SELECT count(*) FROM response
                   WHERE response.wave_id = asked.wave_id AND response.stratum = asked.stratum) AS responses,
                 count(DISTINCT unit.id) AS invited_units,
                 count(invitation.id) AS invitations,
                 count(invitation.id) FILTER (WHERE invitation.disposition = 'answered') AS in_stratum,
                 coalesce(bool_or(invitation.disposition = 'answered') FILTER (WHERE unit.id = asked.id), false) AS by_unit
            FROM unit AS asked
            JOIN unit ON unit.wave_id = asked.wave_id AND unit.stratum = asked.stratum AND unit.is_invited
            LEFT JOIN invitation ON invitation.unit_id = unit.id
           WHERE asked.wave_id = :waveId AND asked.key = :unit AND asked.is_invited
           GROUP BY asked.id, asked.wave_id, asked.stratum`,
    bindings: { waveId, unit },
  });
  return row ?? null;
}

/**
 * Takes one off the responses of a stratum.
 * @param transaction the transaction that erases the response
 * @param waveId the wave
 * @param stratum code of the stratum
 */
export async function updateRespondentCount(transaction: Database, waveId: string, stratum: string): Promise<void> {
  await transaction.raw(
    `UPDATE stratum SET respondent_count = stratum.respondent_count - 1
      WHERE stratum.wave_id = :waveId AND stratum.code = :stratum`,
    { waveId, stratum },
  );
}

/** How a response was found that was erased: by its receipt code, or as the only one of its stratum. */
export type FoundBy = 'receipt' | 'sole_response';

/**
 * Keeps that a response was erased.
 * @param transaction the transaction that erases it
 * @param erasure the wave, the day (YYYY-MM-DD) and how it was found
 */
export async function insertErasure(
  transaction: Database,
  erasure: { readonly waveId: string; readonly date: string; readonly foundBy: FoundBy },
): Promise<void> {
  await transaction.raw('INSERT INTO erasure (wave_id, erased_on, found_by) VALUES (:waveId, :date, :foundBy)', {
    ...erasure,
  });
}

const erasureSchema = z.object({ date: z.iso.date(), foundBy: z.enum(['receipt', 'sole_response']) });

/**
 * Lists the responses of a wave that were erased on request.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns day and way of each, newest first
 */
export async function selectErasures(
  db: Database,
  waveId: string,
): Promise<readonly { readonly date: string; readonly foundBy: FoundBy }[]> {
  return selectRows(db, erasureSchema, {
    sql: `SELECT erasure.erased_on AS date, erasure.found_by AS "foundBy" FROM erasure
           WHERE erasure.wave_id = :waveId ORDER BY erasure.erased_on DESC, erasure.found_by`,
    bindings: { waveId },
  });
}
