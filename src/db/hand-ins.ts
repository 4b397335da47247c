import { z } from 'zod';
import type { Answers } from '../domain/instrument/types';
import { selectRows, writeUuids, type Database } from './database';

/** A finished draft that its respondent sends. */
export interface HandIn {
  readonly invitationId: string;
  /** Revision of the draft that was reviewed; 0: nothing was saved. */
  readonly revision: number;
  /** The clean answers of that revision. */
  readonly answers: Answers;
  /** YYYY-MM-DD. */
  readonly date: string;
}

const idSchema = z.object({ id: z.string() }).transform(({ id }) => id);

/** Holds invitations against other hand-ins and their wave against closing; one that is being closed is not waited for. */
async function lockOpenInvitations(transaction: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const locked = await selectRows(transaction, idSchema, {
    sql: `SELECT invitation.id FROM invitation JOIN wave ON wave.id = invitation.wave_id
           WHERE invitation.id = ANY(CAST(:ids AS uuid[])) AND invitation.disposition IS NULL AND wave.state = 'open'
           ORDER BY invitation.id
             FOR KEY SHARE OF wave SKIP LOCKED FOR NO KEY UPDATE OF invitation`,
    bindings: { ids: writeUuids(ids) },
  });
  return new Set(locked);
}

/**
 * Hands in responses in one transaction: each invitation is marked answered with the day and nothing more, its draft is
 * deleted, and a response is put into the ballot box under a random id with the unit's stratum, in random order and with
 * nothing that leads back.
 * @param db the database
 * @param handIns at most one an invitation
 * @returns the invitations that have been answered now; left out are those of which the draft has changed, those that
 *   have been answered already and those whose wave is not open or is being closed
 */
export async function handInResponses(db: Database, handIns: readonly HandIn[]): Promise<ReadonlySet<string>> {
  return db.transaction(async (transaction) => {
    const open = await lockOpenInvitations(
      transaction,
      handIns.map(({ invitationId }) => invitationId),
    );
    const rows = handIns.filter(({ invitationId }) => open.has(invitationId));
    if (rows.length === 0) return new Set<string>();
    const answered = await selectRows(transaction, idSchema, {
      sql: `WITH sent AS (
              SELECT invitation.id, invitation.wave_id, unit.stratum, added.answers, added.date
                FROM jsonb_to_recordset(CAST(:rows AS jsonb))
                     AS added ("invitationId" uuid, revision integer, answers jsonb, date date)
                JOIN invitation ON invitation.id = added."invitationId"
                JOIN unit ON unit.id = invitation.unit_id
                LEFT JOIN draft ON draft.invitation_id = invitation.id
               WHERE invitation.id = ANY(CAST(:ids AS uuid[])) AND coalesce(draft.revision, 0) = added.revision),
            forgotten AS (DELETE FROM draft USING sent WHERE draft.invitation_id = sent.id),
            stored AS (
              INSERT INTO response (wave_id, stratum, answers)
              SELECT sent.wave_id, sent.stratum, sent.answers FROM sent ORDER BY random())
            UPDATE invitation SET disposition = 'answered', answered_on = sent.date
              FROM sent WHERE invitation.id = sent.id RETURNING invitation.id`,
      bindings: { rows: JSON.stringify(rows), ids: writeUuids([...open]) },
    });
    return new Set(answered);
  });
}
