import { z } from 'zod';
import { languages, type Language } from '../domain/languages';
import { selectRows, type Database } from './database';

/** Somebody who may still be asked, and where. */
export interface OpenInvitation {
  readonly id: string;
  readonly unit: string;
  readonly unitName: string | null;
  readonly organisationName: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly language: Language;
}

const rowSchema = z.object({
  id: z.string(),
  unit: z.string(),
  unitName: z.string().nullable(),
  organisationName: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  language: z.enum(languages),
});

/**
 * Lists the invitations of a wave that can still be handed out: those without an outcome, and those that mail did not
 * reach.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns by organisation and unit
 */
export async function selectOpenInvitations(db: Database, waveId: string): Promise<readonly OpenInvitation[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT invitation.id, unit.key AS unit, unit.name AS "unitName", organisation.name AS "organisationName",
                 invitation.name, invitation.email, invitation.language
            FROM invitation
            JOIN unit ON unit.id = invitation.unit_id
            JOIN organisation ON organisation.id = unit.organisation_id
           WHERE invitation.wave_id = :waveId AND (invitation.disposition IS NULL OR invitation.disposition = 'UE')
           ORDER BY organisation.name, unit.key, invitation.id`,
    bindings: { waveId },
  });
}
