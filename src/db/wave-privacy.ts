import { z } from 'zod';
import { legalBases, type OrganisationPrivacy, type WavePrivacy } from '../domain/fieldwork/privacy';
import { selectRows, type Database } from './database';

const text = z.string().nullable();

export const purposeSchema = z.object({ nb: z.string(), nn: z.string(), en: z.string(), da: z.string() });

const waveSchema = z.object({
  purpose: purposeSchema,
  legalBasis: z.enum(legalBases),
  nationalBasis: text,
  confirmedBy: text,
  confirmedOn: text,
  processor: text,
});

const organisationSchema = z.object({
  organisationId: z.string(),
  controller: z.string(),
  officerName: text,
  officerEmail: text,
  agreementOn: text,
  discussedOn: text,
});

/**
 * Reads the privacy set-up of a wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns the set-up, or null when nothing has been filled in
 */
export async function selectOptionalWavePrivacy(db: Database, waveId: string): Promise<WavePrivacy | null> {
  const [row] = await selectRows(db, waveSchema, {
    sql: `SELECT purpose, legal_basis AS "legalBasis", national_basis AS "nationalBasis", confirmed_by AS "confirmedBy",
                 confirmed_on AS "confirmedOn", processor
            FROM wave_privacy WHERE wave_privacy.wave_id = :waveId`,
    bindings: { waveId },
  });
  return row ?? null;
}

/**
 * Reads the parts of the organisations.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns by id of the organisation; those with nothing filled in are left out
 */
export async function selectOrganisationPrivacy(
  db: Database,
  waveId: string,
): Promise<ReadonlyMap<string, OrganisationPrivacy>> {
  const rows = await selectRows(db, organisationSchema, {
    sql: `SELECT organisation_id AS "organisationId", controller, officer_name AS "officerName",
                 officer_email AS "officerEmail", agreement_on AS "agreementOn", discussed_on AS "discussedOn"
            FROM wave_privacy_organisation WHERE wave_privacy_organisation.wave_id = :waveId`,
    bindings: { waveId },
  });
  return new Map(rows.map(({ organisationId, ...privacy }) => [organisationId, privacy]));
}

/**
 * Writes the privacy set-up of a draft wave.
 * @param transaction a transaction
 * @param waveId the wave
 * @param privacy all of it
 */
export async function upsertWavePrivacy(transaction: Database, waveId: string, privacy: WavePrivacy): Promise<void> {
  await transaction.raw(
    `INSERT INTO wave_privacy (wave_id, purpose, legal_basis, national_basis, confirmed_by, confirmed_on, processor)
     VALUES (:waveId, CAST(:purpose AS jsonb), :legalBasis, :nationalBasis, :confirmedBy, :confirmedOn, :processor)
     ON CONFLICT (wave_id) DO UPDATE
        SET purpose = excluded.purpose, legal_basis = excluded.legal_basis, national_basis = excluded.national_basis,
            confirmed_by = excluded.confirmed_by, confirmed_on = excluded.confirmed_on, processor = excluded.processor`,
    { waveId, ...privacy, purpose: JSON.stringify(privacy.purpose) },
  );
}

/**
 * Writes the part of one organisation in a draft wave.
 * @param transaction a transaction
 * @param place the wave and the organisation
 * @param privacy all of it
 */
export async function upsertOrganisationPrivacy(
  transaction: Database,
  place: { readonly waveId: string; readonly organisationId: string },
  privacy: OrganisationPrivacy,
): Promise<void> {
  await transaction.raw(
    `INSERT INTO wave_privacy_organisation
       (wave_id, organisation_id, controller, officer_name, officer_email, agreement_on, discussed_on)
     VALUES (:waveId, :organisationId, :controller, :officerName, :officerEmail, :agreementOn, :discussedOn)
     ON CONFLICT (wave_id, organisation_id) DO UPDATE
        SET controller = excluded.controller, officer_name = excluded.officer_name,
            officer_email = excluded.officer_email, agreement_on = excluded.agreement_on,
            discussed_on = excluded.discussed_on`,
    { ...place, ...privacy },
  );
}
