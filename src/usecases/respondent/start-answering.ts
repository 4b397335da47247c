import type { Context } from '../../context';
import { selectOptionalInvitationByToken, updateInvitationOpened } from '../../db/respondent-invitations';
import { findAnsweringObstacle } from '../../domain/fieldwork/answering-obstacle';
import { findResumePage, readQuestionnaireState } from '../../domain/fieldwork/questionnaire-state';
import type { Language } from '../../domain/languages';
import { hashToken } from '../../domain/fieldwork/tokens';
import { toDate } from '../../domain/fieldwork/wave-state';
import { AppError } from '../../errors';
import { createAnsweringError } from '../load-questionnaire';

/**
 * Exchanges a personal link for the right to answer, and notes the day it was first used.
 * @param context the process' context
 * @param token the token of the link
 * @returns the invitation, its respondent's language, and the name of the page to begin or go on with; null when there
 *   is nothing to ask
 * @throws AppError link_unknown, link_used, link_expired or wave_not_open
 */
export async function startAnswering(
  context: Context,
  token: string,
): Promise<{ readonly invitationId: string; readonly language: Language; readonly page: string | null }> {
  const { db } = context;
  const found = await selectOptionalInvitationByToken(db, hashToken(token));
  if (found === null) throw new AppError('link_unknown');
  const { invitation, draft } = found;
  const obstacle = findAnsweringObstacle(invitation);
  if (obstacle !== null) {
    throw createAnsweringError(obstacle === 'already_answered' ? 'link_used' : obstacle, invitation);
  }
  await updateInvitationOpened(db, { invitationId: invitation.id, date: toDate(context.now()) });
  const instrument = await context.instruments.load(db, invitation.instrumentVersionId);
  const state = readQuestionnaireState(instrument, draft?.answers ?? {});
  return {
    invitationId: invitation.id,
    language: draft?.language ?? invitation.language,
    page: findResumePage(state, draft?.page ?? null)?.name ?? null,
  };
}
