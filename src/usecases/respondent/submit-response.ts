import type { Context } from '../../context';
import { createReceiptCode, toResponseId } from '../../domain/fieldwork/receipt-code';
import { toDate } from '../../domain/fieldwork/wave-state';
import { loadQuestionnaire, retryOvertaken, type Questionnaire } from '../load-questionnaire';

/** `incomplete`: something is missing or wrong. `changed`: the draft is not the one that was reviewed. */
export type SubmitOutcome =
  | { readonly kind: 'sent'; readonly receiptCode: string }
  | { readonly kind: 'incomplete' | 'changed'; readonly questionnaire: Questionnaire };

/**
 * Hands in a response: in one transaction the invitation is marked answered, the draft deleted and a response inserted
 * that carries the unit's stratum and nothing that leads back to the invitation. No audit event, no time of day. The
 * receipt code, which finds the response until it is sealed, is given to the respondent alone and stored nowhere.
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
    const date = toDate(context.now());
    const draftRevision = draft?.revision ?? (await keepEmptyDraft(context, questionnaire));
    if (draftRevision === null) return null;
    const answers = state.answers === draft?.answers ? null : state.answers;
    const receiptCode = createReceiptCode(context.randomBytes, invitation.waveId);
    const handIn = { invitationId, revision: draftRevision, answers, date, responseId: toResponseId(receiptCode) };
    return (await context.respondents.handIn(handIn)) ? { kind: 'sent', receiptCode } : null;
  });
}

/** A questionnaire that demands nothing can be sent before anything is written; sending takes a draft. */
function keepEmptyDraft(context: Context, { invitation, state }: Questionnaire): Promise<number | null> {
  const { id: invitationId, language } = invitation;
  const page = state.pages[0]?.name ?? '';
  return context.respondents.saveDraft({ invitationId, answers: {}, page, language, madeFrom: 0 });
}
