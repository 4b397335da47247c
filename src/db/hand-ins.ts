import { z } from 'zod';
import type { Answers } from '../domain/instrument/types';
import { selectRows, type Database } from './database';

/** A finished draft that its respondent sends. */
export interface HandIn {
  readonly invitationId: string;
  /** Revision of the draft that was reviewed. */
  readonly revision: number;
  /** The clean answers of that revision; null: they are the draft's own, every one of them. */
  readonly answers: Answers | null;
  /** Random id of the response; made of the receipt code, which nobody stores. */
  readonly responseId: string;
  /** YYYY-MM-DD. */
  readonly date: string;
}

const idSchema = z.object({ id: z.string() }).transform(({ id }) => id);

/**
 * Hands in responses in one statement, all or nothing: each invitation is marked answered with the day and nothing more,
 * its draft is deleted, and a response is put into the ballot box under its random id with the unit's stratum, in random
 * order and with nothing that leads back. Holds the invitation against others, and its wave against closing; a wave that
 * is being closed is not waited for. Locks are taken in the order of `saveDrafts`: wave, invitation, draft.
 * @param db the database
 * @param handIns at most one an invitation
 * @returns the invitations that have been answered now; left out are those of which the draft has changed, those that
 *   have been answered already and those whose wave is not open or is being closed
 */
export async function handInResponses(db: Database, handIns: readonly HandIn[]): Promise<ReadonlySet<string>> {
  const answered = await selectRows(db, idSchema, {
    sql: `WITH held AS (
            SELECT invitation.id, invitation.wave_id, unit.stratum, added.date, added."responseId",
                   coalesce(added.answers, draft.answers) AS answers
              FROM jsonb_to_recordset(CAST(:handIns AS jsonb))
                   AS added ("invitationId" uuid, revision integer, answers jsonb, date date, "responseId" uuid)
              JOIN invitation ON invitation.id = added."invitationId"
              JOIN wave ON wave.id = invitation.wave_id
              JOIN unit ON unit.id = invitation.unit_id
              JOIN draft ON draft.invitation_id = invitation.id AND draft.revision = added.revision
             WHERE invitation.id = ANY(CAST(:ids AS uuid[])) AND invitation.disposition IS DISTINCT FROM 'answered' AND wave.state = 'open'
             ORDER BY invitation.id
               FOR SHARE OF wave SKIP LOCKED FOR NO KEY UPDATE OF invitation FOR UPDATE OF draft),
          forgotten AS (DELETE FROM draft USING held WHERE draft.invitation_id = held.id),
          stored AS (
            INSERT INTO response (id, wave_id, stratum, answers)
            SELECT held."responseId", held.wave_id, held.stratum, held.answers FROM held ORDER BY random())
          UPDATE invitation SET disposition = 'answered', answered_on = held.date
            FROM held WHERE invitation.id = held.id RETURNING invitation.id`,
    bindings: { handIns: JSON.stringify(handIns), ids: handIns.map(({ invitationId }) => invitationId) },
  });
  return new Set(answered);
}
