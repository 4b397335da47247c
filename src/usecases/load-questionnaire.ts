import type { Context } from '../context';
import type { Draft } from '../db/drafts';
import type { RespondentInvitation } from '../db/respondent-invitations';
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
 * @throws AppError link_expired, wave_not_open or already_answered
 */
export async function loadQuestionnaire(context: Context, invitationId: string): Promise<Questionnaire> {
  const found = await context.respondents.findInvitation(invitationId);
  if (found === null) throw new AppError('link_expired');
  const { invitation, draft } = found;
  const obstacle = findAnsweringObstacle(invitation);
  if (obstacle !== null) throw createAnsweringError(obstacle, invitation);
  const instrument = await context.instruments.load(context.db, invitation.instrumentVersionId);
  return { invitation, instrument, draft, state: readQuestionnaireState(instrument, draft?.answers ?? {}) };
}

/** Two tabs or two processes at the same questionnaire settle in one or two; more means that a wave is being closed. */
const mostAttempts = 5;

/**
 * Repeats work that another request for the same invitation has overtaken.
 * @param work tries once from what is stored now; null: overtaken
 * @throws AppError busy when it is overtaken every time
 */
export async function retryOvertaken<Result>(work: () => Promise<Result | null>): Promise<Result> {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const result = await work();
    if (result !== null) return result;
  }
  throw new AppError('busy');
}
