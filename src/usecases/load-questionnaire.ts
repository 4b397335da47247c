import type { Context } from '../context';
import type { Database } from '../db/database';
import { selectOptionalDraft, type Draft } from '../db/drafts';
import { selectOptionalInvitation, type RespondentInvitation } from '../db/respondent-invitations';
import { findAnsweringObstacle } from '../domain/fieldwork/answering-obstacle';
import { readQuestionnaireState, type QuestionnaireState } from '../domain/fieldwork/questionnaire-state';
import type { CompiledInstrument } from '../domain/instrument/types';
import { AppError, type ErrorCode } from '../errors';

/** A respondent's questionnaire as it stands. */
export interface Questionnaire {
  readonly invitation: RespondentInvitation;
  readonly instrument: CompiledInstrument;
  /** Null: nothing saved yet. */
  readonly draft: Draft | null;
  readonly state: QuestionnaireState;
}

/**
 * Makes the error of an invitation that cannot be answered, with whom to ask and in which language.
 * @param code what stands in the way
 * @param invitation the invitation
 */
export function createAnsweringError(code: ErrorCode, invitation: RespondentInvitation): AppError {
  const { contactName, contactEmail } = invitation.network;
  return new AppError(code, {
    values: { contactName: contactName ?? '', contactEmail: contactEmail ?? '', language: invitation.language },
  });
}

/**
 * Loads the questionnaire of an invitation that can be answered now.
 * @param context the process' context
 * @param invitationId the invitation
 * @param db the database, or the transaction that holds the invitation's lock
 * @throws AppError link_expired, wave_not_open or already_answered
 */
export async function loadQuestionnaire(
  context: Context,
  invitationId: string,
  db: Database = context.db,
): Promise<Questionnaire> {
  const invitation = await selectOptionalInvitation(db, invitationId);
  if (invitation === null) throw new AppError('link_expired');
  const obstacle = findAnsweringObstacle(invitation);
  if (obstacle !== null) throw createAnsweringError(obstacle, invitation);
  const instrument = await context.instruments.load(db, invitation.instrumentVersionId);
  const draft = await selectOptionalDraft(db, invitationId);
  return { invitation, instrument, draft, state: readQuestionnaireState(instrument, draft?.answers ?? {}) };
}
