import type { Context } from '../../context';
import { loadQuestionnaire, type Questionnaire } from '../load-questionnaire';

/**
 * Reads a respondent's questionnaire, for a page of it or for the review of all answers.
 * @param context the process' context
 * @param invitationId the invitation
 * @throws AppError link_expired, wave_not_open or already_answered
 */
export async function readQuestionnaire(context: Context, invitationId: string): Promise<Questionnaire> {
  return loadQuestionnaire(context, invitationId);
}
