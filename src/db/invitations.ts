import { z } from 'zod';
import type { StoredDisposition } from '../domain/fieldwork/dispositions';
import type { Language } from '../domain/languages';
import { selectRows, type Database } from './database';

/** Who is invited to answer for a unit. */
export interface NewInvitation {
  readonly unit: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly language: Language;
}

/** An invitation as coordinators know it: its unit and whether it has an outcome. */
export interface UnitInvitation {
  readonly id: string;
  readonly unit: string;
  readonly hasOutcome: boolean;
}

const unitInvitationSchema = z.object({ id: z.string(), unit: z.string(), hasOutcome: z.boolean() });

/**
 * Adds invitations to units of a wave's frame.
 * @param transaction a transaction
 * @param waveId the wave
 * @param invitations units by key, and who is invited
 */
export async function insertInvitations(
  transaction: Database,
  waveId: string,
  invitations: readonly NewInvitation[],
): Promise<void> {
  await transaction.raw(
    `INSERT INTO invitation (wave_id, unit_id, name, email, language)
     SELECT unit.wave_id, unit.id, added.name, added.email, added.language
       FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS added (unit text, name text, email text, language text)
       JOIN unit ON unit.wave_id = :waveId AND unit.key = added.unit`,
    { waveId, rows: JSON.stringify(invitations) },
  );
}

/**
 * Lists the invitations of a wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns invitations by unit
 */
export async function selectInvitations(db: Database, waveId: string): Promise<readonly UnitInvitation[]> {
  return selectRows(db, unitInvitationSchema, {
    sql: `SELECT invitation.id, unit.key AS unit, invitation.disposition IS NOT NULL AS "hasOutcome"
            FROM invitation JOIN unit ON unit.id = invitation.unit_id
           WHERE invitation.wave_id = :waveId ORDER BY unit.key, invitation.id`,
    bindings: { waveId },
  });
}

/**
 * Keeps the hashes of personal links; earlier links stay valid.
 * @param transaction a transaction
 * @param date day they are made, YYYY-MM-DD
 * @param tokens SHA-256 of each token and the invitation it is for
 */
export async function insertTokens(
  transaction: Database,
  date: string,
  tokens: readonly { readonly tokenHash: Buffer; readonly invitationId: string }[],
): Promise<void> {
  const rows = tokens.map(({ tokenHash, invitationId }) => ({ hash: tokenHash.toString('hex'), invitationId }));
  await transaction.raw(
    `INSERT INTO invitation_token (token_hash, invitation_id, created_on)
     SELECT decode(added.hash, 'hex'), added."invitationId", :date
       FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS added (hash text, "invitationId" uuid)`,
    { date, rows: JSON.stringify(rows) },
  );
}

/**
 * Sets the outcome of invitations and deletes their drafts.
 * @param transaction a transaction
 * @param date the day, YYYY-MM-DD
 * @param outcomes invitations with their disposition
 */
export async function updateDispositions(
  transaction: Database,
  date: string,
  outcomes: readonly { readonly invitationId: string; readonly disposition: StoredDisposition }[],
): Promise<void> {
  const bindings = { date, rows: JSON.stringify(outcomes) };
  await transaction.raw(
    `UPDATE invitation SET disposition = outcome.disposition,
            answered_on = CASE WHEN outcome.disposition = 'answered' THEN CAST(:date AS date) END
       FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS outcome ("invitationId" uuid, disposition text)
      WHERE invitation.id = outcome."invitationId"`,
    bindings,
  );
  await transaction.raw(
    `DELETE FROM draft USING jsonb_to_recordset(CAST(:rows AS jsonb)) AS outcome ("invitationId" uuid)
      WHERE draft.invitation_id = outcome."invitationId"`,
    bindings,
  );
}

/**
 * Gives every invitation of a wave without an outcome one; the drafts must still be there. Somebody whom no mail reached
 * but who has begun was reached in another way.
 * @param transaction a transaction
 * @param waveId the wave
 * @param outcomes disposition of those who had begun, and of those who had not
 */
export async function updateOpenDispositions(
  transaction: Database,
  waveId: string,
  outcomes: { readonly begun: StoredDisposition; readonly untouched: StoredDisposition },
): Promise<void> {
  await transaction.raw(
    `UPDATE invitation
        SET disposition = CASE WHEN EXISTS (SELECT FROM draft WHERE draft.invitation_id = invitation.id)
                               THEN :begun ELSE :untouched END
      WHERE invitation.wave_id = :waveId
        AND (invitation.disposition IS NULL
             OR (invitation.disposition = 'UE'
                 AND EXISTS (SELECT FROM draft WHERE draft.invitation_id = invitation.id)))`,
    { waveId, ...outcomes },
  );
}

/**
 * Deletes every draft of a wave.
 * @param transaction a transaction
 * @param waveId the wave
 */
export async function deleteDrafts(transaction: Database, waveId: string): Promise<void> {
  await transaction.raw(
    `DELETE FROM draft USING invitation WHERE invitation.id = draft.invitation_id AND invitation.wave_id = :waveId`,
    { waveId },
  );
}

/**
 * Counts the invitations of a wave that were found not to be eligible.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns number by stratum; strata without any are left out
 */
export async function selectIneligibleCounts(db: Database, waveId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await selectRows(db, z.object({ stratum: z.string(), count: z.number() }), {
    sql: `SELECT unit.stratum, count(*) AS count FROM invitation JOIN unit ON unit.id = invitation.unit_id
           WHERE invitation.wave_id = :waveId AND invitation.disposition = 'NE' GROUP BY unit.stratum`,
    bindings: { waveId },
  });
  return new Map(rows.map(({ stratum, count }) => [stratum, count]));
}

/**
 * Finds the outcome of one invitation and keeps its respondent from answering until the transaction ends.
 * @param transaction a transaction
 * @param invitation ids of the unit and the invitation, any texts
 * @returns the disposition (null: none yet), or null when there is no such invitation
 */
export async function selectOptionalOutcomeForUpdate(
  transaction: Database,
  invitation: { readonly unitId: string; readonly invitationId: string },
): Promise<{ readonly disposition: string | null } | null> {
  const [row] = await selectRows(transaction, z.object({ disposition: z.string().nullable() }), {
    sql: `SELECT invitation.disposition FROM invitation
           WHERE CAST(invitation.unit_id AS text) = :unitId AND CAST(invitation.id AS text) = :invitationId
             FOR UPDATE OF invitation`,
    bindings: invitation,
  });
  return row ?? null;
}

/**
 * Puts an invitation in the place of another. The one that was there goes with its links, its draft and what was mailed to
 * it, so that neither a link nor a browser of before leads to the new one.
 * @param transaction a transaction
 * @param invitationId the invitation that goes
 * @param renewed who is invited now, and the outcome it begins with
 */
export async function renewInvitation(
  transaction: Database,
  invitationId: string,
  renewed: {
    readonly name: string | null;
    readonly email: string | null;
    readonly language: Language;
    readonly disposition: StoredDisposition | null;
  },
): Promise<void> {
  const [gone] = await selectRows(transaction, z.object({ waveId: z.string(), unitId: z.string() }), {
    sql: `DELETE FROM invitation WHERE invitation.id = :invitationId
          RETURNING invitation.wave_id AS "waveId", invitation.unit_id AS "unitId"`,
    bindings: { invitationId },
  });
  if (gone === undefined) return;
  await transaction.raw(
    `INSERT INTO invitation (wave_id, unit_id, name, email, language, disposition)
     VALUES (:waveId, :unitId, :name, :email, :language, :disposition)`,
    { ...gone, ...renewed },
  );
}
