import { z } from 'zod';
import { legalBases } from '../domain/fieldwork/privacy';
import type { RespondentPrivacy } from '../domain/fieldwork/respondent-privacy';
import { populations, type Population } from '../domain/fieldwork/types';
import { selectRows, type Database } from './database';
import {
  draftColumns,
  invitationColumns,
  invitationJoins,
  withDraftSchema,
  type InvitationWithDraft,
} from './respondent-invitations';
import { purposeSchema } from './wave-privacy';

/** What page 1 tells besides what every page knows. */
export interface WavePromises {
  readonly population: Population;
  /** Smallest number of valid answers behind a public figure; null: figures are never made public. */
  readonly publicCellSize: number | null;
  /** Null: the wave was opened without a privacy set-up. */
  readonly privacy: RespondentPrivacy | null;
}

const text = z.string().nullable();

const privacySchema = z
  .object({
    purpose: purposeSchema,
    legal_basis: z.enum(legalBases),
    national_basis: text,
    confirmed_by: text,
    confirmed_on: text,
    processor: text,
    controller: z.string(),
    officer_name: text,
    officer_email: text,
    agreement_on: text,
    discussed_on: text,
  })
  .transform((row): RespondentPrivacy => ({
    purpose: row.purpose,
    legalBasis: row.legal_basis,
    nationalBasis: row.national_basis,
    confirmedBy: row.confirmed_by,
    confirmedOn: row.confirmed_on,
    processor: row.processor,
    controller: row.controller,
    officerName: row.officer_name,
    officerEmail: row.officer_email,
    agreementOn: row.agreement_on,
    discussedOn: row.discussed_on,
  }))
  .or(z.object({ purpose: z.null() }).transform(() => null));

const promisesSchema = z
  .object({ population: z.enum(populations), public_cell_size: z.number().nullable() })
  .transform(({ population, public_cell_size }) => ({ population, publicCellSize: public_cell_size }));

const rowSchema = z.unknown().transform((row): InvitationWithDraft & { readonly promises: WavePromises } => ({
  ...withDraftSchema.parse(row),
  promises: { ...promisesSchema.parse(row), privacy: privacySchema.parse(row) },
}));

/**
 * Finds the invitation of a personal link with everything that page 1 tells.
 * @param db the database or a transaction
 * @param tokenHash SHA-256 of the link's token
 * @returns the invitation, or null when no such link was made or its address has been deleted
 */
export async function selectOptionalOpenedInvitation(
  db: Database,
  tokenHash: Buffer,
): Promise<(InvitationWithDraft & { readonly promises: WavePromises }) | null> {
  const [found] = await selectRows(db, rowSchema, {
    sql: `SELECT ${invitationColumns}, ${draftColumns}, wave.population, wave.public_cell_size, wave_privacy.purpose,
                 wave_privacy.legal_basis, wave_privacy.national_basis, wave_privacy.confirmed_by,
                 to_char(wave_privacy.confirmed_on, 'YYYY-MM-DD') AS confirmed_on, wave_privacy.processor,
                 coalesce(part.controller, organisation.name) AS controller, part.officer_name, part.officer_email,
                 to_char(part.agreement_on, 'YYYY-MM-DD') AS agreement_on,
                 to_char(part.discussed_on, 'YYYY-MM-DD') AS discussed_on
            FROM invitation_token
            JOIN invitation ON invitation.id = invitation_token.invitation_id ${invitationJoins}
            LEFT JOIN draft ON draft.invitation_id = invitation.id
            LEFT JOIN wave_privacy ON wave_privacy.wave_id = wave.id
            LEFT JOIN wave_privacy_organisation AS part
                   ON part.wave_id = wave.id AND part.organisation_id = unit.organisation_id
           WHERE invitation_token.token_hash = :tokenHash`,
    bindings: { tokenHash },
  });
  return found ?? null;
}
