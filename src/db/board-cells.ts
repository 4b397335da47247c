import { z } from 'zod';
import type { BoardCell } from '../domain/fieldwork/board/counts';
import type { DayCount } from '../domain/fieldwork/board/days';
import { sectors, sizes } from '../domain/fieldwork/types';
import { selectRows, type Database } from './database';

const cellSchema = z.object({
  organisation: z.string(),
  sector: z.enum(sectors),
  size: z.enum(sizes),
  invitedUnits: z.number(),
  invited: z.number(),
  mailed: z.number(),
  opened: z.number(),
  started: z.number(),
  answered: z.number(),
  refused: z.number(),
  notContacted: z.number(),
  other: z.number(),
  undeliverable: z.number(),
  ineligible: z.number(),
});

/**
 * Counts the invitations of a wave by what is known of them, per organisation, sector and size.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns one row a cell with invited units; too fine to be shown
 */
export async function selectBoardCells(db: Database, waveId: string): Promise<readonly BoardCell[]> {
  return selectRows(db, cellSchema, {
    sql: `SELECT organisation.key AS organisation, unit.sector, unit.size,
            count(DISTINCT unit.id) AS "invitedUnits",
            count(invitation.id) AS invited,
            count(invitation.id) FILTER (WHERE mailed.invitation_id IS NOT NULL) AS mailed,
            count(invitation.id) FILTER (WHERE invitation.opened_on IS NOT NULL) AS opened,
            count(invitation.id) FILTER (
              WHERE draft.invitation_id IS NOT NULL OR invitation.disposition = 'answered') AS started,
            count(invitation.id) FILTER (WHERE invitation.disposition = 'answered') AS answered,
            count(invitation.id) FILTER (WHERE invitation.disposition = 'R') AS refused,
            count(invitation.id) FILTER (WHERE invitation.disposition = 'NC') AS "notContacted",
            count(invitation.id) FILTER (WHERE invitation.disposition = 'O') AS other,
            count(invitation.id) FILTER (WHERE invitation.disposition = 'UE') AS undeliverable,
            count(invitation.id) FILTER (WHERE invitation.disposition = 'NE') AS ineligible
       FROM unit
       JOIN organisation ON organisation.id = unit.organisation_id
       LEFT JOIN invitation ON invitation.unit_id = unit.id
       LEFT JOIN draft ON draft.invitation_id = invitation.id
       LEFT JOIN (SELECT DISTINCT mail_item.invitation_id FROM mail_item
                   WHERE mail_item.state IN ('sent', 'bounced')) AS mailed ON mailed.invitation_id = invitation.id
      WHERE unit.wave_id = :waveId AND unit.is_invited
      GROUP BY organisation.key, unit.sector, unit.size
      ORDER BY organisation.key, unit.sector, unit.size`,
    bindings: { waveId },
  });
}

const daySchema = z.object({ organisation: z.string(), day: z.iso.date(), answered: z.number() });

/** Responses handed in on one day by one organisation's units. */
export type OrganisationDay = DayCount & { readonly organisation: string };

/**
 * Counts by day what has been handed in to a wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns one row an organisation and day with any
 */
export async function selectAnsweredDays(db: Database, waveId: string): Promise<readonly OrganisationDay[]> {
  return selectRows(db, daySchema, {
    sql: `SELECT organisation.key AS organisation, invitation.answered_on AS day, count(*) AS answered
            FROM invitation
            JOIN unit ON unit.id = invitation.unit_id
            JOIN organisation ON organisation.id = unit.organisation_id
           WHERE invitation.wave_id = :waveId AND invitation.answered_on IS NOT NULL
           GROUP BY organisation.key, invitation.answered_on
           ORDER BY organisation.key, invitation.answered_on`,
    bindings: { waveId },
  });
}

const mailingSchema = z.object({ number: z.number(), day: z.iso.date() });

/** A mailing of a wave: 0 the invitation, 1 and up reminders. */
export type MailingDay = z.infer<typeof mailingSchema>;

/**
 * Lists the days on which mail went out.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns mailings that have begun, in order
 */
export async function selectMailingDays(db: Database, waveId: string): Promise<readonly MailingDay[]> {
  return selectRows(db, mailingSchema, {
    sql: `SELECT mailing.number, to_char(mailing.started_at AT TIME ZONE 'Europe/Oslo', 'YYYY-MM-DD') AS day
            FROM mailing WHERE mailing.wave_id = :waveId AND mailing.started_at IS NOT NULL ORDER BY mailing.number`,
    bindings: { waveId },
  });
}
