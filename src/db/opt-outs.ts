import { z } from 'zod';
import { languages, type Language } from '../domain/languages';
import { selectRows, type Database } from './database';

/** An invitation as somebody meets it who wants to say no. */
export interface DeclinableInvitation {
  readonly id: string;
  readonly email: string;
  readonly language: Language;
  readonly disposition: string | null;
  readonly isOpen: boolean;
  readonly networkName: string;
  readonly isDemo: boolean;
  readonly contactName: string | null;
  readonly contactEmail: string | null;
}

const rowSchema = z.object({
  id: z.string(),
  email: z.string(),
  language: z.enum(languages),
  disposition: z.string().nullable(),
  isOpen: z.boolean(),
  networkName: z.string(),
  isDemo: z.boolean(),
  contactName: z.string().nullable(),
  contactEmail: z.string().nullable(),
});

/**
 * Finds an invitation that has an address.
 * @param db the database or a transaction
 * @param invitationId its id
 * @returns the invitation, or null when it has been deleted
 */
export async function selectOptionalDeclinable(
  db: Database,
  invitationId: string,
): Promise<DeclinableInvitation | null> {
  const [row] = await selectRows(db, rowSchema, {
    sql: `SELECT invitation.id, invitation.email, invitation.language, invitation.disposition,
                 wave.state = 'open' AS "isOpen", network.name AS "networkName", network.is_demo AS "isDemo",
                 network.contact_name AS "contactName", network.contact_email AS "contactEmail"
            FROM invitation
            JOIN wave ON wave.id = invitation.wave_id
            JOIN network ON network.id = wave.network_id
           WHERE invitation.id = :invitationId AND invitation.email IS NOT NULL`,
    bindings: { invitationId },
  });
  return row ?? null;
}

/**
 * Notes that somebody will not answer, or has changed their mind. An outcome that somebody else has noted stays.
 * @param db the database
 * @param decision the invitation, and whether they decline
 */
export async function updateDeclined(
  db: Database,
  { invitationId, declines }: { readonly invitationId: string; readonly declines: boolean },
): Promise<void> {
  await db.raw(
    declines
      ? `UPDATE invitation SET disposition = 'R' FROM wave
          WHERE wave.id = invitation.wave_id AND wave.state = 'open' AND invitation.id = :invitationId
            AND (invitation.disposition IS NULL OR invitation.disposition = 'UE')`
      : `UPDATE invitation SET disposition = NULL FROM wave
          WHERE wave.id = invitation.wave_id AND wave.state = 'open' AND invitation.id = :invitationId
            AND invitation.disposition = 'R'`,
    { invitationId },
  );
}
