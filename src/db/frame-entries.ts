import { z } from 'zod';
import type { FrameEntry } from '../domain/fieldwork/frame-entry';
import { sectors, sizes, type Population } from '../domain/fieldwork/types';
import { languages } from '../domain/languages';
import { selectRows, type Database } from './database';

const personSchema = z.object({
  name: z.string().nullable(),
  email: z.string().nullable(),
  language: z.enum(languages),
});
const rowSchema = z
  .object({
    key: z.string(),
    name: z.string().nullable(),
    organisation: z.string(),
    sector: z.enum(sectors),
    type: z.string(),
    size: z.enum(sizes),
    is_invited: z.boolean(),
    employee_count: z.number().nullable(),
    persons: z.array(personSchema),
  })
  .transform(({ key, is_invited, employee_count, ...entry }): FrameEntry => ({
    ...entry,
    unit: key,
    isInvited: is_invited,
    employeeCount: employee_count,
  }));

/**
 * Reads the frame of a wave with everybody who is named in it.
 * @param db the database or a transaction
 * @param waveId the wave
 * @param organisations keys of the organisations whose part is read
 * @returns units by organisation, then key
 */
export async function selectFrameEntries(
  db: Database,
  waveId: string,
  organisations: readonly string[],
): Promise<readonly FrameEntry[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT unit.key, unit.name, organisation.key AS organisation, unit.sector, unit.type, unit.size, unit.is_invited,
                 unit.employee_count,
                 coalesce((SELECT json_agg(json_build_object('name', invitation.name, 'email', invitation.email,
                                                             'language', invitation.language)
                                           ORDER BY invitation.email, invitation.name, invitation.id)
                             FROM invitation WHERE invitation.unit_id = unit.id), '[]') AS persons
            FROM unit JOIN organisation ON organisation.id = unit.organisation_id
           WHERE unit.wave_id = :waveId AND organisation.key = ANY(CAST(:organisations AS text[]))
           ORDER BY organisation.key COLLATE "C", unit.key COLLATE "C"`,
    bindings: { waveId, organisations },
  });
}

/**
 * Stores units with those who are invited to answer; units whose key is there already become what is given.
 * @param transaction a transaction
 * @param waveId a wave in the state draft
 * @param entries the units; their organisations exist
 */
export async function storeFrameEntries(
  transaction: Database,
  waveId: string,
  entries: readonly FrameEntry[],
): Promise<void> {
  const bindings = { waveId, rows: JSON.stringify(entries) };
  await transaction.raw(
    `INSERT INTO unit (wave_id, organisation_id, key, name, sector, type, size, is_invited, employee_count)
     SELECT :waveId, organisation.id, added.unit, added.name, added.sector, added.type, added.size, added."isInvited",
            added."employeeCount"
       FROM jsonb_to_recordset(CAST(:rows AS jsonb))
            AS added (unit text, name text, organisation text, sector text, type text, size text, "isInvited" boolean,
                      "employeeCount" integer)
       JOIN organisation ON organisation.key = added.organisation
         ON CONFLICT ON CONSTRAINT unit_key_unique DO UPDATE
        SET organisation_id = excluded.organisation_id, name = excluded.name, sector = excluded.sector,
            type = excluded.type, size = excluded.size, is_invited = excluded.is_invited,
            employee_count = excluded.employee_count`,
    bindings,
  );
  await transaction.raw(
    `DELETE FROM invitation USING unit, jsonb_to_recordset(CAST(:rows AS jsonb)) AS added (unit text)
      WHERE unit.id = invitation.unit_id AND unit.wave_id = :waveId AND unit.key = added.unit`,
    bindings,
  );
  await transaction.raw(
    `INSERT INTO invitation (wave_id, unit_id, name, email, language)
     SELECT unit.wave_id, unit.id, person.name, person.email, person.language
       FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS added (unit text, persons jsonb)
       JOIN unit ON unit.wave_id = :waveId AND unit.key = added.unit,
            jsonb_to_recordset(added.persons) AS person (name text, email text, language text)`,
    bindings,
  );
}

/**
 * Takes units out of the frame with those who were invited.
 * @param transaction a transaction
 * @param waveId a wave in the state draft
 * @param keys keys of the units
 */
export async function deleteFrameEntries(
  transaction: Database,
  waveId: string,
  keys: readonly string[],
): Promise<void> {
  await transaction.raw(`DELETE FROM unit WHERE unit.wave_id = :waveId AND unit.key = ANY(CAST(:keys AS text[]))`, {
    waveId,
    keys: [...keys],
  });
}

/**
 * Sets which units are invited. Where managers are asked, units that had nobody get an invitation without a name.
 * @param transaction a transaction
 * @param waveId a wave in the state draft
 * @param invited keys of the units that are invited, all others are not; and whom the wave asks
 */
export async function updateInvitedUnits(
  transaction: Database,
  waveId: string,
  invited: { readonly keys: readonly string[]; readonly population: Population },
): Promise<void> {
  await transaction.raw(
    `UPDATE unit SET is_invited = unit.key = ANY(CAST(:keys AS text[]))
      WHERE unit.wave_id = :waveId AND unit.is_invited <> (unit.key = ANY(CAST(:keys AS text[])))`,
    { waveId, keys: [...invited.keys] },
  );
  if (invited.population === 'employees') return;
  await transaction.raw(
    `INSERT INTO invitation (wave_id, unit_id, language)
     SELECT unit.wave_id, unit.id, 'nb' FROM unit
      WHERE unit.wave_id = :waveId AND unit.is_invited
        AND NOT EXISTS (SELECT FROM invitation WHERE invitation.unit_id = unit.id)`,
    { waveId },
  );
}
