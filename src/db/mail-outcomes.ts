import { z } from 'zod';
import { selectRows, type Database } from './database';

/** A mail that somebody has to look into. */
export interface TroubledMail {
  readonly unit: string;
  readonly unitName: string | null;
  readonly organisationName: string;
  readonly state: 'refused' | 'bounced' | 'deferred';
  /** Three digits of the mail server; null: it gave none. */
  readonly replyCode: number | null;
}

const troubledSchema = z.object({
  unit: z.string(),
  unitName: z.string().nullable(),
  organisationName: z.string(),
  state: z.enum(['refused', 'bounced', 'deferred']),
  replyCode: z.number().nullable(),
});

/**
 * Lists the mails of a wave that did not arrive, the latest for each invitation.
 * @param db the database or a transaction
 * @param search the wave and how many at most
 * @returns by organisation and unit
 */
export async function selectTroubledMails(
  db: Database,
  search: { readonly waveId: string; readonly most: number },
): Promise<readonly TroubledMail[]> {
  return selectRows(db, troubledSchema, {
    sql: `SELECT unit.key AS unit, unit.name AS "unitName", organisation.name AS "organisationName", latest.state,
                 latest.reply_code AS "replyCode"
            FROM (SELECT DISTINCT ON (mail_item.invitation_id)
                         mail_item.invitation_id, mail_item.state, mail_item.reply_code
                    FROM mail_item JOIN mailing ON mailing.id = mail_item.mailing_id
                   WHERE mailing.wave_id = :waveId AND mail_item.state NOT IN ('waiting', 'skipped')
                   ORDER BY mail_item.invitation_id, mailing.number DESC) AS latest
            JOIN invitation ON invitation.id = latest.invitation_id
            JOIN unit ON unit.id = invitation.unit_id
            JOIN organisation ON organisation.id = unit.organisation_id
           WHERE latest.state IN ('refused', 'bounced', 'deferred')
           ORDER BY organisation.name, unit.key LIMIT :most`,
    bindings: search,
  });
}

/**
 * Notes that a server has taken a mail, whatever was decided about its mailing meanwhile.
 * @param db the database
 * @param sent the mail, the server's answer and the day
 */
export async function updateMailSent(
  db: Database,
  sent: { readonly itemId: string; readonly code: number; readonly date: string },
): Promise<void> {
  await db.raw(
    `UPDATE mail_item SET state = 'sent', reply_code = :code, sent_on = CAST(:date AS date),
            attempts = mail_item.attempts + 1, try_after = NULL
      WHERE mail_item.id = :itemId AND mail_item.state IN ('waiting', 'deferred', 'skipped')`,
    sent,
  );
}

/**
 * Notes that a mail is to be tried again.
 * @param db the database
 * @param deferred the mail, the server's answer and when
 */
export async function updateMailDeferred(
  db: Database,
  deferred: { readonly itemId: string; readonly code: number | null; readonly tryAfter: Date },
): Promise<void> {
  await db.raw(
    `UPDATE mail_item SET state = 'deferred', reply_code = :code, attempts = mail_item.attempts + 1, try_after = :tryAfter
      WHERE mail_item.id = :itemId AND mail_item.state IN ('waiting', 'deferred')`,
    deferred,
  );
}

/**
 * Notes that a mail was refused for good, and that nobody can be reached at its address when that is why.
 * @param db the database
 * @param refused the mail, the server's answer, and the address when it is dead
 */
export async function updateMailRefused(
  db: Database,
  refused: { readonly itemId: string; readonly code: number | null; readonly deadAddress: string | null },
): Promise<void> {
  await db.raw(
    `WITH refused AS (
       UPDATE mail_item SET state = 'refused', reply_code = :code, attempts = mail_item.attempts + 1, try_after = NULL
        WHERE mail_item.id = :itemId AND mail_item.state IN ('waiting', 'deferred') RETURNING mail_item.invitation_id)
     UPDATE invitation SET disposition = 'UE' FROM refused
      WHERE invitation.id = refused.invitation_id AND invitation.disposition IS NULL
        AND invitation.email = CAST(:deadAddress AS text)`,
    refused,
  );
}

/**
 * Leaves out a mail that is no longer called for.
 * @param db the database
 * @param itemId the mail
 */
export async function updateMailSkipped(db: Database, itemId: string): Promise<void> {
  await db.raw(
    `UPDATE mail_item SET state = 'skipped', try_after = NULL
      WHERE mail_item.id = :itemId AND mail_item.state IN ('waiting', 'deferred')`,
    { itemId },
  );
}

/**
 * Lets the mails that wait for another try be tried at once, with all their tries before them.
 * @param transaction a transaction
 * @param mailingId the mailing
 */
export async function updateDeferredMailsDue(transaction: Database, mailingId: string): Promise<void> {
  await transaction.raw(
    `UPDATE mail_item SET state = 'waiting', try_after = NULL, attempts = 0
      WHERE mail_item.mailing_id = :mailingId AND mail_item.state = 'deferred'`,
    { mailingId },
  );
}

/**
 * Leaves out what a mailing has not sent.
 * @param transaction a transaction
 * @param mailingId the mailing
 */
export async function updateUnsentMailsSkipped(transaction: Database, mailingId: string): Promise<void> {
  await transaction.raw(
    `UPDATE mail_item SET state = 'skipped', try_after = NULL
      WHERE mail_item.mailing_id = :mailingId AND mail_item.state IN ('waiting', 'deferred')`,
    { mailingId },
  );
}

/**
 * Notes that a mail came back, and that nobody can be reached at its address when that is why.
 * @param db the database or a transaction
 * @param bounce number of the mail or its message id, and whether the address is dead
 * @returns true when it is a mail of ours
 */
export async function updateMailBounced(
  db: Database,
  bounce: { readonly itemId: string | null; readonly messageId: string | null; readonly isAddressDead: boolean },
): Promise<boolean> {
  const rows = await selectRows(db, z.object({ id: z.string() }), {
    sql: `WITH found AS (
            SELECT mail_item.id, mail_item.invitation_id FROM mail_item
             WHERE mail_item.id = CAST(:itemId AS uuid)
                OR (CAST(:itemId AS uuid) IS NULL AND mail_item.message_id = CAST(:messageId AS text))
               FOR UPDATE),
          returned AS (
            UPDATE mail_item SET state = 'bounced' FROM found
             WHERE mail_item.id = found.id AND mail_item.state = 'sent'
            RETURNING mail_item.invitation_id),
          unreachable AS (
            UPDATE invitation SET disposition = 'UE' FROM returned
             WHERE invitation.id = returned.invitation_id AND invitation.disposition IS NULL
               AND CAST(:isAddressDead AS boolean))
          SELECT found.id FROM found`,
    bindings: bounce,
  });
  return rows.length > 0;
}
