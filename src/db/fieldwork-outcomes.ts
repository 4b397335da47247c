import { z } from 'zod';
import type { GroupOutcome } from '../domain/fieldwork/board/outcomes';
import type { DayCount } from '../domain/fieldwork/board/days';
import { sectors, sizes } from '../domain/fieldwork/types';
import { selectRows, type Database } from './database';

const outcomeSchema = z.object({
  organisation: z.string().nullable(),
  sector: z.string().nullable(),
  size: z.string().nullable(),
  invited: z.number(),
  answered: z.number(),
  refused: z.number(),
  notContacted: z.number(),
  other: z.number(),
  undeliverable: z.number(),
  ineligible: z.number(),
  complete: z.number().nullable(),
  partial: z.number().nullable(),
});

/**
 * Keeps the outcomes of a wave that closes.
 * @param transaction the transaction that closes it
 * @param waveId the wave
 * @param outcomes one row a group; organisations by key
 */
export async function insertFieldworkOutcomes(
  transaction: Database,
  waveId: string,
  outcomes: readonly GroupOutcome[],
): Promise<void> {
  await transaction.raw(
    `INSERT INTO fieldwork_outcome (wave_id, organisation_id, sector, size, invited, answered, refused, not_contacted,
                                    other, undeliverable, ineligible, complete, partial)
     SELECT :waveId, organisation.id, added.sector, added.size, added.invited, added.answered, added.refused,
            added."notContacted", added.other, added.undeliverable, added.ineligible, added.complete, added.partial
       FROM jsonb_to_recordset(CAST(:rows AS jsonb))
            AS added (organisation text, sector text, size text, invited integer, answered integer, refused integer,
                      "notContacted" integer, other integer, undeliverable integer, ineligible integer,
                      complete integer, partial integer)
       LEFT JOIN organisation ON organisation.key = added.organisation`,
    { waveId, rows: JSON.stringify(outcomes) },
  );
}

/**
 * Reads what was kept of the fieldwork of a wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns one row a group; none before the wave closes
 */
export async function selectFieldworkOutcomes(db: Database, waveId: string): Promise<readonly GroupOutcome[]> {
  return selectRows(db, outcomeSchema, {
    sql: `SELECT organisation.key AS organisation, fieldwork_outcome.sector, fieldwork_outcome.size,
                 fieldwork_outcome.invited, fieldwork_outcome.answered, fieldwork_outcome.refused,
                 fieldwork_outcome.not_contacted AS "notContacted", fieldwork_outcome.other,
                 fieldwork_outcome.undeliverable, fieldwork_outcome.ineligible, fieldwork_outcome.complete,
                 fieldwork_outcome.partial
            FROM fieldwork_outcome LEFT JOIN organisation ON organisation.id = fieldwork_outcome.organisation_id
           WHERE fieldwork_outcome.wave_id = :waveId
           ORDER BY organisation.name, array_position(CAST(:sectors AS text[]), fieldwork_outcome.sector),
                    array_position(CAST(:sizes AS text[]), fieldwork_outcome.size)`,
    bindings: { waveId, sectors: [...sectors], sizes: [...sizes] },
  });
}

/** What an organisation's units, or all that are told about (null), handed in on one day. */
export type KeptDay = DayCount & { readonly organisation: string | null };

const daySchema = z.object({ organisation: z.string().nullable(), day: z.iso.date(), answered: z.number() });

/**
 * Keeps by day what was handed in to a wave that closes; the invitations that it is counted from are deleted later.
 * @param transaction the transaction that closes it
 * @param waveId the wave
 * @param days one row an organisation and day; null: all organisations that are told about
 */
export async function insertFieldworkDays(
  transaction: Database,
  waveId: string,
  days: readonly KeptDay[],
): Promise<void> {
  await transaction.raw(
    `INSERT INTO fieldwork_day (wave_id, organisation_id, day, answered)
     SELECT :waveId, organisation.id, added.day, added.answered
       FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS added (organisation text, day date, answered integer)
       LEFT JOIN organisation ON organisation.key = added.organisation`,
    { waveId, rows: JSON.stringify(days) },
  );
}

/**
 * Reads by day what was handed in to a closed wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns rows as they were kept, by day
 */
export async function selectFieldworkDays(db: Database, waveId: string): Promise<readonly KeptDay[]> {
  return selectRows(db, daySchema, {
    sql: `SELECT organisation.key AS organisation, fieldwork_day.day, fieldwork_day.answered
            FROM fieldwork_day LEFT JOIN organisation ON organisation.id = fieldwork_day.organisation_id
           WHERE fieldwork_day.wave_id = :waveId ORDER BY fieldwork_day.day`,
    bindings: { waveId },
  });
}
