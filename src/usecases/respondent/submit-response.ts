import type { Context } from '../../context';
import { loadQuestionnaire, retryOvertaken, type Questionnaire } from '../load-questionnaire';

/** `incomplete`: something is missing or wrong. `changed`: the draft is not the one that was reviewed. */
export type SubmitOutcome =
  { readonly kind: 'sent' } | { readonly kind: 'incomplete' | 'changed'; readonly questionnaire: Questionnaire };

/**
 * Hands in a response: in one transaction the invitation is marked answered, the draft deleted and a response inserted
 * that carries the unit's stratum and nothing that leads back to the invitation. No audit event, no time of day.
 * @param context the process' context
 * @param input the invitation and the revision of the draft that was reviewed
 * @throws AppError already_answered, link_expired, wave_not_open or busy
 */
export async function submitResponse(
  context: Context,
  { invitationId, revision }: { invitationId: string; revision: number },
): Promise<SubmitOutcome> {
  return retryOvertaken(async (): Promise<SubmitOutcome | null> => {
    const questionnaire = await loadQuestionnaire(context, invitationId);
    const { invitation, draft, state } = questionnaire;
    if ((draft?.revision ?? 0) !== revision) return { kind: 'changed', questionnaire };
    if (state.faults.length > 0) return { kind: 'incomplete', questionnaire };
    if (invitation.stratum === null) throw new Error('an open wave has a unit without a stratum');
    const date = context.now().toISOString().slice(0, 10);
    const draftRevision = draft?.revision ?? (await keepEmptyDraft(context, questionnaire));
    if (draftRevision === null) return null;
    const answers = state.answers === draft?.answers ? null : state.answers;
    const isTaken = await context.respondents.handIn({ invitationId, revision: draftRevision, answers, date });
    return isTaken ? { kind: 'sent' } : null;
  });
}

/** A questionnaire that demands nothing can be sent before anything is written; sending takes a draft. */
function keepEmptyDraft(context: Context, { invitation, state }: Questionnaire): Promise<number | null> {
  const { id: invitationId, language } = invitation;
  const page = state.pages[0]?.name ?? '';
  return context.respondents.saveDraft({ invitationId, answers: {}, page, language, madeFrom: 0 });
}
