import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../../context';
import type { Database } from '../../db/database';
import { upsertDraft, type Draft } from '../../db/drafts';
import { lockInvitation } from '../../db/respondent-invitations';
import { mergeDraftPage, type MergedPage, type PostedPage } from '../../domain/fieldwork/merge-draft-page';
import { readQuestionnaireState, type QuestionnaireState } from '../../domain/fieldwork/questionnaire-state';
import type { AnswerFault, SurveyPage } from '../../domain/instrument/types';
import type { Language } from '../../domain/languages';
import { AppError } from '../../errors';
import { createAnsweringError, loadQuestionnaire, type Questionnaire } from '../load-questionnaire';

export interface PageToSave {
  readonly invitationId: string;
  readonly pageName: string;
  readonly posted: PostedPage;
  /** Language that the reader has chosen; null: the draft's, else the invitation's. */
  readonly language: Language | null;
  /** Only `next` demands that the page is complete. */
  readonly action: 'next' | 'back' | 'stay';
}

export interface SavedPage {
  readonly questionnaire: Questionnaire;
  readonly page: SurveyPage;
  /** Faults of this page; unanswered required questions among them only when going on. */
  readonly faults: readonly AnswerFault[];
  readonly merged: MergedPage;
  /** Questions of this page that the answers have opened since the form was drawn. */
  readonly openedQuestions: readonly string[];
  /** Name of the page to show now; null: the review. */
  readonly goTo: string | null;
}

/**
 * Saves one page of a questionnaire as a draft: all of it, valid or not. Two tabs or devices may hold the same page;
 * see mergeDraftPage for who wins.
 * @param context the process' context
 * @param input the page as posted and where its respondent wants to go
 * @throws AppError not_found for a page that the instrument does not have, bad_request for keys that the page does not
 *   have, link_expired, wave_not_open or already_answered
 */
export async function saveDraft(context: Context, input: PageToSave): Promise<SavedPage> {
  return context.db.transaction(async (transaction) => {
    const isLocked = await lockInvitation(transaction, input.invitationId);
    const before = await loadQuestionnaire(context, input.invitationId, transaction);
    if (!isLocked) throw createAnsweringError('wave_not_open', before.invitation);
    const page = findPage(before, input);
    const stored = before.draft?.answers ?? {};
    const merged = mergeDraftPage(stored, page.questions, input.posted);
    const state = readQuestionnaireState(before.instrument, merged.answers);
    const openedQuestions = findOpened(page, state, input.posted);
    const faults = findFaults(page, state, { merged, openedQuestions, action: input.action });
    const isDone = faults.length + merged.conflicts.length + openedQuestions.length === 0;
    const goTo =
      input.action === 'stay' || (input.action === 'next' && !isDone) ? page.name : step(page, state, input.action);
    const language = input.language ?? before.draft?.language ?? before.invitation.language;
    const changed = { answers: merged.answers, page: goTo ?? page.name, language };
    const draft = await keepDraft(transaction, { invitationId: input.invitationId, before: before.draft, changed });
    return { questionnaire: { ...before, draft, state }, page, faults, merged, openedQuestions, goTo };
  });
}

/** Writes nothing when nothing has changed. */
async function keepDraft(
  transaction: Database,
  draft: { invitationId: string; before: Draft | null; changed: Omit<Draft, 'revision'> },
): Promise<Draft> {
  const { before, changed } = draft;
  if (before !== null && isDeepStrictEqual({ ...changed, revision: before.revision }, before)) return before;
  const revision = await upsertDraft(transaction, { invitationId: draft.invitationId, ...changed });
  return { ...changed, revision };
}

function findPage({ instrument }: Questionnaire, { pageName, posted }: PageToSave): SurveyPage {
  const page = instrument.pages.find(({ name }) => name === pageName);
  if (page === undefined) throw new AppError('not_found');
  const names = new Set(page.questions.map(({ name }) => name));
  const keys = [...Object.keys(posted.raw), ...posted.asked.keys()];
  if (keys.some((key) => !names.has(key))) throw new AppError('bad_request');
  return page;
}

/** Without script a respondent has not seen these yet. A form that names no questions is a program's. */
function findOpened(page: SurveyPage, state: QuestionnaireState, { asked, raw }: PostedPage): readonly string[] {
  if (asked.size === 0) return [];
  return page.questions
    .map(({ name }) => name)
    .filter((name) => state.visibleQuestions.has(name) && !asked.has(name) && !Object.hasOwn(raw, name));
}

function findFaults(
  page: SurveyPage,
  state: QuestionnaireState,
  { merged, openedQuestions, action }: Pick<SavedPage, 'merged' | 'openedQuestions'> & Pick<PageToSave, 'action'>,
): readonly AnswerFault[] {
  const ownFaults = new Map(state.faults.map((fault) => [fault.question, fault]));
  return page.questions.flatMap(({ name }): readonly AnswerFault[] => {
    if (merged.invalid.includes(name)) return [{ question: name, code: 'invalid' }];
    const fault = ownFaults.get(name);
    if (fault === undefined || merged.conflicts.includes(name)) return [];
    const isSilent = fault.code === 'required' && (action !== 'next' || openedQuestions.includes(name));
    return isSilent ? [] : [fault];
  });
}

function step(page: SurveyPage, { pages }: QuestionnaireState, action: 'next' | 'back'): string | null {
  const at = pages.findIndex(({ name }) => name === page.name);
  if (action === 'next') return pages[at + 1]?.name ?? null;
  return pages[Math.max(0, at - 1)]?.name ?? page.name;
}
