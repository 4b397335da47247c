import { z } from 'zod';
import { sectors, sizes, type Sector, type SizeClass } from '../domain/fieldwork/types';
import { languages } from '../domain/languages';
import { selectRows, type Database } from './database';

/** Which units of a frame are looked for. */
export interface FrameSearch {
  readonly waveId: string;
  /** Keys of the organisations whose units are shown. */
  readonly organisations: readonly string[];
  /** Part of a key or a name of the unit, or of a name or an address; empty: any. */
  readonly text: string;
  readonly sector: Sector | null;
  readonly size: SizeClass | null;
  /** Null: any. */
  readonly isInvited: boolean | null;
}

const personSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  language: z.enum(languages),
  isIneligible: z.boolean(),
});
const unitSchema = z.object({
  id: z.string(),
  unit: z.string(),
  name: z.string().nullable(),
  organisation: z.string(),
  organisationName: z.string(),
  sector: z.enum(sectors),
  type: z.string(),
  size: z.enum(sizes),
  isInvited: z.boolean(),
  employeeCount: z.number().nullable(),
  persons: z.array(personSchema),
});

/** A unit as it stands on the pages of its frame, with those who are invited to answer. Nothing about answers. */
export type ListedUnit = z.infer<typeof unitSchema>;

const unitColumns = `unit.id, unit.key AS unit, unit.name, organisation.key AS organisation,
  organisation.name AS "organisationName", unit.sector, unit.type, unit.size, unit.is_invited AS "isInvited",
  unit.employee_count AS "employeeCount",
  coalesce((SELECT json_agg(json_build_object('id', invitation.id, 'name', invitation.name, 'email', invitation.email,
                                              'language', invitation.language,
                                              'isIneligible', coalesce(invitation.disposition = 'NE', false))
                            ORDER BY invitation.name, invitation.email, invitation.id)
              FROM invitation WHERE invitation.unit_id = unit.id), '[]') AS persons`;

const matches = `unit.wave_id = :waveId AND organisation.key = ANY(CAST(:organisations AS text[]))
  AND (CAST(:sector AS text) IS NULL OR unit.sector = :sector)
  AND (CAST(:size AS text) IS NULL OR unit.size = :size)
  AND (CAST(:isInvited AS boolean) IS NULL OR unit.is_invited = :isInvited)
  AND (CAST(:pattern AS text) = '%%' OR unit.key ILIKE :pattern OR unit.name ILIKE :pattern
       OR EXISTS (SELECT FROM invitation WHERE invitation.unit_id = unit.id
                     AND (invitation.name ILIKE :pattern OR invitation.email ILIKE :pattern)))`;

function bind({ text, ...search }: FrameSearch) {
  return { ...search, pattern: `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` };
}

/**
 * Lists the units of a frame that are looked for, a page at a time.
 * @param db the database or a transaction
 * @param search which units
 * @param page how many to leave out before, and most to give
 * @returns units by organisation, then name or key
 */
export async function selectListedUnits(
  db: Database,
  search: FrameSearch,
  page: { readonly offset: number; readonly limit: number },
): Promise<readonly ListedUnit[]> {
  return selectRows(db, unitSchema, {
    sql: `SELECT ${unitColumns}
            FROM unit JOIN organisation ON organisation.id = unit.organisation_id
           WHERE ${matches}
           ORDER BY organisation.name, lower(coalesce(unit.name, unit.key)), unit.key
           LIMIT :limit OFFSET :offset`,
    bindings: { ...bind(search), ...page },
  });
}

/**
 * Counts the units of a frame that are looked for.
 * @param db the database or a transaction
 * @param search which units
 */
export async function countListedUnits(db: Database, search: FrameSearch): Promise<number> {
  const rows = await selectRows(db, z.object({ count: z.number() }), {
    sql: `SELECT count(*) AS count FROM unit JOIN organisation ON organisation.id = unit.organisation_id WHERE ${matches}`,
    bindings: bind(search),
  });
  return rows[0]?.count ?? 0;
}

/**
 * Finds one unit of a frame.
 * @param db the database or a transaction
 * @param waveId the wave
 * @param unitId id of the unit, any text
 * @returns the unit, or null
 */
export async function selectOptionalListedUnit(
  db: Database,
  waveId: string,
  unitId: string,
): Promise<ListedUnit | null> {
  const [row] = await selectRows(db, unitSchema, {
    sql: `SELECT ${unitColumns} FROM unit JOIN organisation ON organisation.id = unit.organisation_id
           WHERE unit.wave_id = :waveId AND CAST(unit.id AS text) = :unitId`,
    bindings: { waveId, unitId },
  });
  return row ?? null;
}

const cellSchema = z.object({
  organisation: z.string(),
  sector: z.enum(sectors),
  size: z.enum(sizes),
  units: z.number(),
  frameCount: z.number(),
  invitedCount: z.number(),
  withoutAddress: z.number(),
});

/** One sector and size class of one organisation: units, people or units in the frame (N), and invited (n). */
export type FrameCell = z.infer<typeof cellSchema>;

/**
 * Counts a frame by organisation, sector and size class.
 * @param db the database or a transaction
 * @param waveId the wave
 * @param organisations keys of the organisations that are counted
 * @returns cells that have units
 */
export async function selectFrameCells(
  db: Database,
  waveId: string,
  organisations: readonly string[],
): Promise<readonly FrameCell[]> {
  return selectRows(db, cellSchema, {
    sql: `SELECT organisation.key AS organisation, unit.sector, unit.size, count(*) AS units,
                 CAST(sum(CASE WHEN wave.population = 'managers' THEN 1
                               ELSE coalesce(unit.employee_count, nullif(listed.people, 0), 1) END) AS integer) AS "frameCount",
                 CAST(sum(CASE WHEN NOT unit.is_invited THEN 0 WHEN wave.population = 'managers' THEN 1
                               ELSE coalesce(unit.invited_count, listed.people) END) AS integer) AS "invitedCount",
                 CAST(sum(CASE WHEN unit.is_invited THEN listed.silent ELSE 0 END) AS integer) AS "withoutAddress"
            FROM unit JOIN wave ON wave.id = unit.wave_id
            JOIN organisation ON organisation.id = unit.organisation_id
           CROSS JOIN LATERAL (SELECT CAST(count(*) AS integer) AS people,
                                      CAST(count(*) FILTER (WHERE invitation.email IS NULL) AS integer) AS silent
                                 FROM invitation WHERE invitation.unit_id = unit.id) AS listed
           WHERE unit.wave_id = :waveId AND organisation.key = ANY(CAST(:organisations AS text[]))
           GROUP BY organisation.key, unit.sector, unit.size`,
    bindings: { waveId, organisations },
  });
}

/**
 * Lists addresses that are invited more than once, as managers of two units are.
 * @param db the database or a transaction
 * @param waveId the wave
 * @param organisations keys of the organisations that are looked at
 * @returns addresses in small letters
 */
export async function selectRepeatedAddresses(
  db: Database,
  waveId: string,
  organisations: readonly string[],
): Promise<readonly string[]> {
  const rows = await selectRows(db, z.object({ email: z.string() }), {
    sql: `SELECT lower(invitation.email) AS email
            FROM invitation JOIN unit ON unit.id = invitation.unit_id
            JOIN organisation ON organisation.id = unit.organisation_id
           WHERE unit.wave_id = :waveId AND invitation.email IS NOT NULL AND unit.is_invited
             AND organisation.key = ANY(CAST(:organisations AS text[]))
           GROUP BY lower(invitation.email) HAVING count(*) > 1`,
    bindings: { waveId, organisations },
  });
  return rows.map(({ email }) => email);
}
