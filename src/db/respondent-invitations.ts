import { z } from 'zod';
import { languages, type Language } from '../domain/languages';
import { anonymityLevels, waveStates, type AnonymityLevel, type WaveState } from '../domain/fieldwork/types';
import { answersSchema } from './answers';
import { selectRows, type Database } from './database';
import type { Draft } from './drafts';

/** An invitation with what page 1 promises its respondent. Dates are YYYY-MM-DD. */
export interface RespondentInvitation {
  readonly id: string;
  readonly waveId: string;
  readonly language: Language;
  /** Null: no outcome yet. */
  readonly disposition: string | null;
  readonly stratum: string | null;
  /** Invited units of the stratum; null before the wave opens. */
  readonly stratumInvited: number | null;
  readonly organisationName: string;
  readonly network: {
    readonly name: string;
    readonly isDemo: boolean;
    readonly isOpen: boolean;
    readonly contactName: string | null;
    readonly contactEmail: string | null;
  };
  readonly instrumentVersionId: string;
  readonly waveState: WaveState;
  readonly anonymityLevel: AnonymityLevel;
  readonly minimumCellSize: number;
  readonly closesOn: string | null;
  readonly deleteAddressesOn: string | null;
}

const rowSchema = z
  .object({
    id: z.string(),
    wave_id: z.string(),
    language: z.enum(languages),
    disposition: z.string().nullable(),
    stratum: z.string().nullable(),
    stratum_invited: z.number().nullable(),
    organisation_name: z.string(),
    network_name: z.string(),
    is_demo: z.boolean(),
    is_open: z.boolean(),
    contact_name: z.string().nullable(),
    contact_email: z.string().nullable(),
    instrument_version_id: z.string(),
    state: z.enum(waveStates),
    anonymity_level: z.enum(anonymityLevels),
    minimum_cell_size: z.number(),
    closes_on: z.string().nullable(),
    delete_addresses_on: z.string().nullable(),
  })
  .transform((row): RespondentInvitation => ({
    id: row.id,
    waveId: row.wave_id,
    language: row.language,
    disposition: row.disposition,
    stratum: row.stratum,
    stratumInvited: row.stratum_invited,
    organisationName: row.organisation_name,
    network: {
      name: row.network_name,
      isDemo: row.is_demo,
      isOpen: row.is_open,
      contactName: row.contact_name,
      contactEmail: row.contact_email,
    },
    instrumentVersionId: row.instrument_version_id,
    waveState: row.state,
    anonymityLevel: row.anonymity_level,
    minimumCellSize: row.minimum_cell_size,
    closesOn: row.closes_on,
    deleteAddressesOn: row.delete_addresses_on,
  }));

/** From the moment somebody asks for a wave to be closed nobody can answer it; they would only wait for the sealing. */
const isClosing = `EXISTS (SELECT FROM wave_job
  WHERE wave_job.wave_id = wave.id AND wave_job.step = 'close' AND wave_job.state <> 'failed')`;

/** What is read of an invitation, for statements that read more besides. */
export const invitationColumns = `
  invitation.id, invitation.wave_id, invitation.language, invitation.disposition, unit.stratum,
  stratum.invited_count AS stratum_invited, organisation.name AS organisation_name, network.name AS network_name,
  network.is_demo, CAST(wave.policy ->> 'isOpenNetwork' AS boolean) AS is_open, network.contact_name, network.contact_email, wave.instrument_version_id,
  CASE WHEN ${isClosing} THEN 'closed' ELSE wave.state END AS state,
  wave.anonymity_level, wave.minimum_cell_size, to_char(wave.closes_on, 'YYYY-MM-DD') AS closes_on,
  to_char(wave.delete_addresses_on, 'YYYY-MM-DD') AS delete_addresses_on`;

export const invitationJoins = `
  JOIN wave ON wave.id = invitation.wave_id
  JOIN network ON network.id = wave.network_id
  JOIN unit ON unit.id = invitation.unit_id
  JOIN organisation ON organisation.id = unit.organisation_id
  LEFT JOIN stratum ON stratum.wave_id = unit.wave_id AND stratum.code = unit.stratum`;

const draftSchema = z
  .object({
    draft_answers: answersSchema,
    draft_page: z.string(),
    draft_language: z.enum(languages),
    draft_revision: z.number(),
  })
  .transform((row): Draft => ({
    answers: row.draft_answers,
    page: row.draft_page,
    language: row.draft_language,
    revision: row.draft_revision,
  }))
  .or(z.object({ draft_revision: z.null() }).transform(() => null));

/** An invitation and what its respondent has written so far. */
export interface InvitationWithDraft {
  readonly invitation: RespondentInvitation;
  /** Null: nothing saved. */
  readonly draft: Draft | null;
}

export const withDraftSchema = z
  .unknown()
  .transform((row): InvitationWithDraft => ({ invitation: rowSchema.parse(row), draft: draftSchema.parse(row) }));

export const draftColumns = `
  draft.answers AS draft_answers, draft.page AS draft_page, draft.language AS draft_language,
  draft.revision AS draft_revision`;

/**
 * Finds the invitation of a personal link.
 * @param db the database or a transaction
 * @param tokenHash SHA-256 of the link's token
 * @returns the invitation, or null when no such link was made or its address has been deleted
 */
export async function selectOptionalInvitationByToken(
  db: Database,
  tokenHash: Buffer,
): Promise<InvitationWithDraft | null> {
  const [found] = await selectRows(db, withDraftSchema, {
    sql: `SELECT ${invitationColumns}, ${draftColumns}
            FROM invitation_token
            JOIN invitation ON invitation.id = invitation_token.invitation_id ${invitationJoins}
            LEFT JOIN draft ON draft.invitation_id = invitation.id
           WHERE invitation_token.token_hash = :tokenHash`,
    bindings: { tokenHash },
  });
  return found ?? null;
}

/**
 * Finds the invitations that respondents' cookies name.
 * @param db the database or a transaction
 * @param invitationIds uuids
 * @returns invitation and draft by id; those that have been deleted are left out
 */
export async function selectInvitationsWithDrafts(
  db: Database,
  invitationIds: readonly string[],
): Promise<ReadonlyMap<string, InvitationWithDraft>> {
  const rows = await selectRows(db, withDraftSchema, {
    sql: `SELECT ${invitationColumns}, ${draftColumns}
            FROM invitation ${invitationJoins}
            LEFT JOIN draft ON draft.invitation_id = invitation.id
           WHERE invitation.id = ANY(CAST(:ids AS uuid[]))`,
    bindings: { ids: invitationIds },
  });
  return new Map(rows.map((row) => [row.invitation.id, row]));
}

/**
 * Notes the day a personal link was first used.
 * @param db the database or a transaction
 * @param invitation the invitation and the day, YYYY-MM-DD
 */
export async function updateInvitationOpened(
  db: Database,
  { invitationId, date }: { invitationId: string; date: string },
): Promise<void> {
  await db.raw(
    'UPDATE invitation SET opened_on = :date WHERE invitation.id = :invitationId AND invitation.opened_on IS NULL',
    { invitationId, date },
  );
}
