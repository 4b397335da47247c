import type { Context } from '../../context';
import { deleteDraft } from '../../db/drafts';
import { lockInvitation, updateInvitationAnswered } from '../../db/respondent-invitations';
import { insertResponse } from '../../db/responses';
import { createAnsweringError, loadQuestionnaire, type Questionnaire } from '../load-questionnaire';

/** `incomplete`: something is missing or wrong. `changed`: the draft is not the one that was reviewed. */
export type SubmitOutcome =
  { readonly kind: 'sent' } | { readonly kind: 'incomplete' | 'changed'; readonly questionnaire: Questionnaire };

/**
 * Hands in a response: in one transaction the invitation is marked answered, the draft deleted and a response inserted
 * that carries the unit's stratum and nothing that leads back to the invitation. No audit event, no time of day.
 * @param context the process' context
 * @param input the invitation and the revision of the draft that was reviewed
 * @throws AppError already_answered, link_expired or wave_not_open
 */
export async function submitResponse(
  context: Context,
  { invitationId, revision }: { invitationId: string; revision: number },
): Promise<SubmitOutcome> {
  return context.db.transaction(async (transaction): Promise<SubmitOutcome> => {
    const isLocked = await lockInvitation(transaction, invitationId);
    const questionnaire = await loadQuestionnaire(context, invitationId, transaction);
    if (!isLocked) throw createAnsweringError('wave_not_open', questionnaire.invitation);
    const { invitation, draft, state } = questionnaire;
    if ((draft?.revision ?? 0) !== revision) return { kind: 'changed', questionnaire };
    if (state.faults.length > 0) return { kind: 'incomplete', questionnaire };
    if (invitation.stratum === null) throw new Error('an open wave has a unit without a stratum');
    await updateInvitationAnswered(transaction, { invitationId, date: context.now().toISOString().slice(0, 10) });
    await deleteDraft(transaction, invitationId);
    await insertResponse(transaction, {
      waveId: invitation.waveId,
      stratum: invitation.stratum,
      answers: state.answers,
    });
    return { kind: 'sent' };
  });
}
