import { z } from 'zod';
import { languages, type Language } from '../domain/languages';
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

const rowSchema = z.object({
  answers: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  page: z.string(),
  language: z.enum(languages),
  revision: z.number(),
});

/**
 * Reads the draft of an invitation.
 * @param db the database or a transaction
 * @param invitationId the invitation
 * @returns the draft, or null when nothing has been saved
 */
export async function selectOptionalDraft(db: Database, invitationId: string): Promise<Draft | null> {
  const [draft] = await selectRows(db, rowSchema, {
    sql: `SELECT draft.answers, draft.page, draft.language, draft.revision
            FROM draft WHERE draft.invitation_id = :invitationId`,
    bindings: { invitationId },
  });
  return draft ?? null;
}

/**
 * Saves a draft over an earlier one. Whoever calls it holds the invitation's lock.
 * @param db a transaction
 * @param draft the invitation and what to save
 * @returns the new revision
 */
export async function upsertDraft(
  db: Database,
  draft: Omit<Draft, 'revision'> & { readonly invitationId: string },
): Promise<number> {
  const { invitationId, answers, page, language } = draft;
  const [row] = await selectRows(db, z.object({ revision: z.number() }), {
    sql: `INSERT INTO draft (invitation_id, answers, page, language)
          VALUES (:invitationId, :answers, :page, :language)
          ON CONFLICT (invitation_id) DO UPDATE
             SET answers = excluded.answers, page = excluded.page, language = excluded.language,
                 revision = draft.revision + 1
          RETURNING draft.revision`,
    bindings: { invitationId, answers: JSON.stringify(answers), page, language },
  });
  if (row === undefined) throw new RangeError('no draft was returned');
  return row.revision;
}

/** Deletes the draft of an invitation, if there is one. */
export async function deleteDraft(db: Database, invitationId: string): Promise<void> {
  await db.raw('DELETE FROM draft WHERE draft.invitation_id = :invitationId', { invitationId });
}
