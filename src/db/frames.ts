import { z } from 'zod';
import { sectors, sizes, type FrameUnit, type Stratum } from '../domain/fieldwork/types';
import { selectRows, type Database } from './database';

/** A unit of a wave's frame with its id. */
export interface StoredUnit extends FrameUnit {
  readonly id: string;
  /** Null before the wave opens. */
  readonly stratum: string | null;
}

/** A stratum with what fieldwork made of it; respondents are counted when the wave closes. */
export interface StoredStratum extends Stratum {
  readonly ineligibleCount: number;
  readonly respondentCount: number;
  /** Invited workplaces. */
  readonly workplaceCount: number;
}

const unitSchema = z
  .object({
    id: z.string(),
    key: z.string(),
    organisation: z.string(),
    sector: z.enum(sectors),
    type: z.string(),
    size: z.enum(sizes),
    is_invited: z.boolean(),
    stratum: z.string().nullable(),
    people_frame: z.number().nullable(),
    people_invited: z.number().nullable(),
  })
  .transform(({ key, is_invited, people_frame, people_invited, ...unit }): StoredUnit => ({
    ...unit,
    unit: key,
    isInvited: is_invited,
    ...(people_frame !== null && { people: { frame: people_frame, invited: people_invited ?? 0 } }),
  }));

const stratumSchema = z
  .object({
    code: z.string(),
    organisation: z.string(),
    sector: z.enum(sectors).nullable(),
    size: z.enum(sizes).nullable(),
    cells: z.array(z.strictObject({ sector: z.enum(sectors), size: z.enum(sizes) })),
    frame_count: z.number(),
    invited_count: z.number(),
    ineligible_count: z.number(),
    respondent_count: z.number(),
    workplace_count: z.number(),
  })
  .transform(
    ({
      frame_count,
      invited_count,
      ineligible_count,
      respondent_count,
      workplace_count,
      ...stratum
    }): StoredStratum => ({
      ...stratum,
      frameCount: frame_count,
      invitedCount: invited_count,
      ineligibleCount: ineligible_count,
      respondentCount: respondent_count,
      workplaceCount: workplace_count,
    }),
  );

/** How many people are listed for a unit. */
const listed = `CAST((SELECT count(*) FROM invitation WHERE invitation.unit_id = unit.id) AS integer)`;

/**
 * Lists the frame of a wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns units by organisation, then key
 */
export async function selectUnits(db: Database, waveId: string): Promise<readonly StoredUnit[]> {
  return selectRows(db, unitSchema, {
    sql: `SELECT unit.id, unit.key, organisation.key AS organisation, unit.sector, unit.type, unit.size, unit.is_invited,
                 unit.stratum,
                 CASE WHEN wave.population = 'employees'
                      THEN coalesce(unit.employee_count, nullif(${listed}, 0), 1) END AS people_frame,
                 CASE WHEN wave.population = 'employees'
                      THEN coalesce(unit.invited_count, ${listed}) END AS people_invited
            FROM unit JOIN organisation ON organisation.id = unit.organisation_id JOIN wave ON wave.id = unit.wave_id
           WHERE unit.wave_id = :waveId ORDER BY organisation.key, unit.key`,
    bindings: { waveId },
  });
}

/**
 * Deletes the frame of a wave with its invitations.
 * @param transaction a transaction
 * @param waveId a wave in the state draft
 */
export async function deleteUnits(transaction: Database, waveId: string): Promise<void> {
  await transaction.raw('DELETE FROM unit WHERE unit.wave_id = :waveId', { waveId });
}

/**
 * Fixes how many people work in each unit and how many are invited, and deletes the names and addresses of those whose unit
 * is not; called while a wave is being opened, before its strata are made.
 * @param transaction a transaction
 * @param waveId a wave in the state draft
 */
export async function fixUnitCounts(transaction: Database, waveId: string): Promise<void> {
  await transaction.raw(
    `DELETE FROM invitation USING unit
      WHERE unit.id = invitation.unit_id AND unit.wave_id = :waveId AND NOT unit.is_invited`,
    { waveId },
  );
  await transaction.raw(
    `UPDATE unit
        SET invited_count = CASE WHEN NOT unit.is_invited THEN 0 WHEN wave.population = 'managers' THEN 1 ELSE ${listed} END,
            employee_count = CASE WHEN wave.population = 'employees'
                                  THEN coalesce(unit.employee_count, nullif(${listed}, 0), 1) END
       FROM wave WHERE wave.id = unit.wave_id AND wave.id = :waveId`,
    { waveId },
  );
}

/**
 * Notes in which stratum each unit is.
 * @param transaction a transaction
 * @param waveId the wave
 * @param placed units by key with the code of their stratum
 */
export async function updateUnitStrata(
  transaction: Database,
  waveId: string,
  placed: readonly { readonly unit: string; readonly stratum: string }[],
): Promise<void> {
  await transaction.raw(
    `UPDATE unit SET stratum = placed.stratum
       FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS placed (unit text, stratum text)
      WHERE unit.wave_id = :waveId AND unit.key = placed.unit`,
    { waveId, rows: JSON.stringify(placed) },
  );
}

/**
 * Moves the units of a wave to the strata that theirs were merged into.
 * @param transaction a transaction
 * @param waveId the wave
 * @param codes new stratum code by earlier one; those left out stay
 */
export async function updateStratumCodes(
  transaction: Database,
  waveId: string,
  codes: Readonly<Record<string, string>>,
): Promise<void> {
  await transaction.raw(
    `UPDATE unit SET stratum = moved.value FROM jsonb_each_text(CAST(:codes AS jsonb)) AS moved
      WHERE unit.wave_id = :waveId AND unit.stratum = moved.key AND moved.value <> moved.key`,
    { waveId, codes: JSON.stringify(codes) },
  );
}

/**
 * Lists the strata of a wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns strata by code; none before the wave opens
 */
export async function selectStrata(db: Database, waveId: string): Promise<readonly StoredStratum[]> {
  return selectRows(db, stratumSchema, {
    sql: `SELECT stratum.code, organisation.key AS organisation, stratum.sector, stratum.size, stratum.cells,
                 stratum.frame_count, stratum.invited_count, stratum.ineligible_count, stratum.respondent_count,
                 CASE WHEN wave.population = 'managers' THEN stratum.invited_count
                      ELSE (SELECT CAST(count(*) AS integer) FROM unit
                             WHERE unit.wave_id = stratum.wave_id AND unit.stratum = stratum.code AND unit.is_invited)
                      END AS workplace_count
            FROM stratum JOIN organisation ON organisation.id = stratum.organisation_id
            JOIN wave ON wave.id = stratum.wave_id
           WHERE stratum.wave_id = :waveId ORDER BY stratum.code`,
    bindings: { waveId },
  });
}

/**
 * Replaces the strata of a wave.
 * @param transaction a transaction
 * @param waveId the wave
 * @param strata all strata of the wave
 */
export async function replaceStrata(
  transaction: Database,
  waveId: string,
  strata: readonly Omit<StoredStratum, 'workplaceCount'>[],
): Promise<void> {
  await transaction.raw('DELETE FROM stratum WHERE stratum.wave_id = :waveId', { waveId });
  await transaction.raw(
    `INSERT INTO stratum (wave_id, code, organisation_id, sector, size, cells, frame_count, invited_count,
                          ineligible_count, respondent_count)
     SELECT :waveId, added.code, organisation.id, added.sector, added.size, added.cells, added."frameCount",
            added."invitedCount", added."ineligibleCount", added."respondentCount"
       FROM jsonb_to_recordset(CAST(:rows AS jsonb))
            AS added (code text, organisation text, sector text, size text, cells jsonb, "frameCount" integer,
                      "invitedCount" integer, "ineligibleCount" integer, "respondentCount" integer)
       JOIN organisation ON organisation.key = added.organisation`,
    { waveId, rows: JSON.stringify(strata) },
  );
}
