import { z } from 'zod';
import type { Language } from '../domain/languages';
import type { Answers } from '../domain/instrument/types';
import { selectRows, type Database } from './database';

/** What a respondent has written and not sent, valid or not. */
export interface Draft {
  readonly answers: Answers;
  /** Name of the page to go on with. */
  readonly page: string;
  readonly language: Language;
  /** Counts every change; the first one makes it 1. */
  readonly revision: number;
}

/** A draft to save, if nobody has saved another one meanwhile. */
export interface DraftToSave extends Omit<Draft, 'revision'> {
  readonly invitationId: string;
  /** Revision that it was made from; 0: nothing was saved. */
  readonly madeFrom: number;
}

const savedSchema = z
  .object({ invitation_id: z.string(), revision: z.number() })
  .transform((row) => ({ invitationId: row.invitation_id, revision: row.revision }));

/**
 * Saves drafts over earlier ones, in one statement: those whose wave is open, whose invitation is not answered and whose
 * stored revision is the one they were made from. Holds the wave against closing and the invitation against sending; a
 * wave that is being closed is not waited for.
 * @param db the database
 * @param drafts what to save; one an invitation
 * @returns new revision by invitation; what was not saved is left out
 */
export async function saveDrafts(db: Database, drafts: readonly DraftToSave[]): Promise<ReadonlyMap<string, number>> {
  const rows = await selectRows(db, savedSchema, {
    sql: `WITH held AS (
            SELECT invitation.id, added.answers, added.page, added.language, added."madeFrom"
              FROM jsonb_to_recordset(CAST(:drafts AS jsonb))
                   AS added ("invitationId" uuid, answers jsonb, page text, language text, "madeFrom" integer)
              JOIN invitation ON invitation.id = added."invitationId"
              JOIN wave ON wave.id = invitation.wave_id
             WHERE invitation.id = ANY(CAST(:ids AS uuid[]))
               AND wave.state = 'open' AND invitation.disposition IS DISTINCT FROM 'answered'
             ORDER BY invitation.id
               FOR SHARE OF wave SKIP LOCKED FOR NO KEY UPDATE OF invitation),
          changed AS (
            UPDATE draft SET answers = held.answers, page = held.page, language = held.language,
                             revision = draft.revision + 1
              FROM held WHERE draft.invitation_id = held.id AND draft.revision = held."madeFrom"
            RETURNING draft.invitation_id, draft.revision),
          added AS (
            INSERT INTO draft (invitation_id, answers, page, language)
            SELECT held.id, held.answers, held.page, held.language FROM held WHERE held."madeFrom" = 0
            ON CONFLICT (invitation_id) DO NOTHING
            RETURNING draft.invitation_id, draft.revision)
          SELECT changed.invitation_id, changed.revision FROM changed
          UNION ALL SELECT added.invitation_id, added.revision FROM added`,
    bindings: { drafts: JSON.stringify(drafts), ids: drafts.map(({ invitationId }) => invitationId) },
  });
  return new Map(rows.map(({ invitationId, revision }) => [invitationId, revision]));
}
