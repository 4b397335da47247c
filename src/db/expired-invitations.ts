import { z } from 'zod';
import { selectRows, type Database } from './database';

const rowSchema = z.object({
  key: z.string(),
  networkId: z.string(),
  invitations: z.number(),
  addresses: z.number(),
  links: z.number(),
  mailItems: z.number(),
});

/** What was deleted from one wave. */
export type DeletedInvitations = z.infer<typeof rowSchema>;

/**
 * Deletes the invitations, with names, addresses, links, drafts and what was mailed to whom, of every wave whose promised
 * day has come, and writes down the proof of it. What is needed of them later, the counts per stratum, stands with the
 * strata. Respondents have no stored sessions: their cookie names an invitation and leads nowhere once that is gone.
 * @param transaction a transaction
 * @param today YYYY-MM-DD
 * @returns the waves that had anything to delete, or whose proof was missing, with how many
 */
export async function deleteExpiredInvitations(
  transaction: Database,
  today: string,
): Promise<readonly DeletedInvitations[]> {
  return selectRows(transaction, rowSchema, {
    sql: `WITH due AS (
            SELECT wave.id, wave.key, wave.network_id, wave.delete_addresses_on FROM wave
             WHERE wave.delete_addresses_on <= CAST(:today AS date)
               AND (EXISTS (SELECT FROM invitation WHERE invitation.wave_id = wave.id)
                    OR NOT EXISTS (SELECT FROM deletion_proof WHERE deletion_proof.wave_id = wave.id))),
          gone AS (
            DELETE FROM invitation USING due WHERE invitation.wave_id = due.id
            RETURNING invitation.id, invitation.wave_id, invitation.email),
          counted AS (
            SELECT due.id AS wave_id, count(gone.id) AS invitations, count(gone.email) AS addresses,
                   (SELECT count(*) FROM invitation_token JOIN invitation ON invitation.id = invitation_token.invitation_id
                     WHERE invitation.wave_id = due.id) AS links,
                   (SELECT count(*) FROM draft JOIN invitation ON invitation.id = draft.invitation_id
                     WHERE invitation.wave_id = due.id) AS drafts,
                   (SELECT count(*) FROM mail_item JOIN invitation ON invitation.id = mail_item.invitation_id
                     WHERE invitation.wave_id = due.id) AS mail_items,
                   (SELECT count(*) FROM stratum WHERE stratum.wave_id = due.id) AS strata
              FROM due LEFT JOIN gone ON gone.wave_id = due.id GROUP BY due.id),
          proven AS (
            INSERT INTO deletion_proof AS known (wave_id, promised_on, done_on, invitations, addresses, links, drafts,
                                                 mail_items, strata_kept)
            SELECT due.id, due.delete_addresses_on, :today, counted.invitations, counted.addresses, counted.links,
                   counted.drafts, counted.mail_items, counted.strata
              FROM due JOIN counted ON counted.wave_id = due.id
            ON CONFLICT (wave_id) DO UPDATE
               SET done_on = excluded.done_on, invitations = known.invitations + excluded.invitations,
                   addresses = known.addresses + excluded.addresses, links = known.links + excluded.links,
                   drafts = known.drafts + excluded.drafts, mail_items = known.mail_items + excluded.mail_items)
          SELECT due.key, due.network_id AS "networkId", counted.invitations, counted.addresses, counted.links,
                 counted.mail_items AS "mailItems"
            FROM due JOIN counted ON counted.wave_id = due.id ORDER BY due.key`,
    bindings: { today },
  });
}
