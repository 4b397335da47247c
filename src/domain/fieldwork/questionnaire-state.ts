import type { AnswerFault, Answers, CompiledInstrument, SurveyPage } from '../instrument/types';

/** What a draft amounts to: which questions it leads to and what is still missing or wrong. */
export interface QuestionnaireState {
  /** Valid answers to visible questions. */
  readonly answers: Answers;
  /** Faults of visible questions in order, unanswered required ones included. */
  readonly faults: readonly AnswerFault[];
  readonly visibleQuestions: ReadonlySet<string>;
  /** Pages with something to answer, in order. */
  readonly pages: readonly SurveyPage[];
}

/**
 * Reads a draft against its instrument.
 * @param instrument the compiled instrument
 * @param draft everything written so far, valid or not
 * @returns the state of the questionnaire
 */
export function readQuestionnaireState(instrument: CompiledInstrument, draft: Answers): QuestionnaireState {
  const { answers, faults, visible } = instrument.checkResponse(draft);
  const visibleQuestions = new Set(visible);
  const pages = instrument.pages.filter(({ questions }) => questions.some(({ name }) => visibleQuestions.has(name)));
  return { answers, faults, visibleQuestions, pages };
}

/**
 * Finds the page to go on with.
 * @param state the questionnaire
 * @param pageName page that was left last, or null when nothing has been answered
 * @returns that page when it is still shown, else the first one
 */
export function findResumePage(state: QuestionnaireState, pageName: string | null): SurveyPage | null {
  return state.pages.find((page) => page.name === pageName) ?? state.pages[0] ?? null;
}
