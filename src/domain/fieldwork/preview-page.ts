import type { AnswerFault, Answers, CompiledInstrument, RawAnswers, SurveyPage } from '../instrument/types';
import { mergeDraftPage, type MergedPage } from './merge-draft-page';
import { readQuestionnaireState, type QuestionnaireState } from './questionnaire-state';

/** Where somebody who tries a questionnaire wants to go. */
export type PreviewStep = 'next' | 'back' | 'stay';

/** A questionnaire on trial: nothing of it is stored. */
export interface PreviewState {
  readonly answers: Answers;
  readonly state: QuestionnaireState;
  /** The page to show; null: the review. */
  readonly page: SurveyPage | null;
  readonly faults: readonly AnswerFault[];
  readonly merged: MergedPage;
  /** Questions of the page that the answers have opened. */
  readonly opened: readonly string[];
}

/**
 * Does with posted answers what the survey would do with a draft.
 * @param instrument the compiled instrument
 * @param posted every answer given so far by question name, the questions that the page asked, the page and the step
 * @returns the page to show next with its faults; null when the instrument has no such page
 */
export function stepPreview(
  instrument: CompiledInstrument,
  posted: {
    readonly raw: RawAnswers;
    readonly asked: readonly string[];
    readonly pageName: string;
    readonly step: PreviewStep;
  },
): PreviewState | null {
  const { raw, asked, pageName, step } = posted;
  const page = instrument.pages.find(({ name }) => name === pageName);
  if (page === undefined) return null;
  const questions = instrument.pages.flatMap((each) => each.questions);
  const merged = mergeDraftPage({}, questions, { raw, asked: new Map() });
  const state = readQuestionnaireState(instrument, merged.answers);
  const seen = new Set(asked);
  const names = page.questions.map(({ name }) => name).filter((name) => state.visibleQuestions.has(name));
  const opened = seen.size === 0 ? [] : names.filter((name) => !seen.has(name));
  const faults = step === 'next' ? state.faults.filter(({ question }) => names.includes(question)) : [];
  const isDone = opened.length + faults.length + merged.invalid.length === 0;
  const at = state.pages.indexOf(page);
  const goTo = { stay: page, back: state.pages[at - 1] ?? page, next: isDone ? (state.pages[at + 1] ?? null) : page };
  return {
    answers: merged.answers,
    state,
    page: goTo[step],
    faults: faults.filter(({ question, code }) => code !== 'required' || !opened.includes(question)),
    merged,
    opened: step === 'next' ? opened : [],
  };
}
