import { fingerprintAnswer } from '../../../domain/fieldwork/merge-draft-page';
import type { Answer, AnswerFault, Question, SurveyPage } from '../../../domain/instrument/types';
import type { Language } from '../../../domain/languages';
import { pick, translate } from '../../../texts/translate';
import type { Questionnaire } from '../../../usecases/load-questionnaire';
import type { SavedPage } from '../../../usecases/respondent/save-draft';
import { describeFault } from './describe-fault';
import { formatAnswer } from './format-answer';

export interface ChoiceModel {
  readonly id: string;
  readonly code: string;
  readonly label: string;
  readonly isChecked: boolean;
  readonly isExclusive: boolean;
}

export interface QuestionModel {
  readonly name: string;
  readonly kind: Question['kind'];
  /** Id of the first input: what links in the error summary lead to. */
  readonly id: string;
  readonly title: string;
  readonly hint: string | null;
  readonly isRequired: boolean;
  readonly isHidden: boolean;
  /** Choices drawn as columns beside each other where there is room. */
  readonly columns: number | null;
  /** A long list of boxes, drawn in two columns where there is room. */
  readonly isMany: boolean;
  readonly choices: readonly ChoiceModel[];
  readonly maximumChoices: number | null;
  /** Text of an open question. */
  readonly value: string;
  readonly isWide: boolean;
  readonly isAnswered: boolean;
  readonly error: string | null;
  /** What another window has stored, when it disagrees with what is shown here. */
  readonly dispute: string | null;
  readonly asked: string;
}

export interface QuestionPageModel {
  readonly heading: string;
  readonly description: string | null;
  readonly questions: readonly QuestionModel[];
  readonly errors: readonly { readonly href: string; readonly text: string }[];
  readonly opened: readonly { readonly href: string; readonly text: string }[];
  readonly hasDispute: boolean;
  readonly pageNumber: number;
  readonly pageCount: number;
  readonly pageName: string;
  readonly hasPrevious: boolean;
  readonly isFromReview: boolean;
  readonly isSaved: boolean;
  readonly formKey: string;
}

export interface QuestionPageInput {
  readonly questionnaire: Pick<Questionnaire, 'state' | 'draft'>;
  readonly page: SurveyPage;
  readonly language: Language;
  readonly formKey: string;
  readonly isFromReview: boolean;
  readonly isSaved?: boolean;
  /** Questions that the last answers opened. */
  readonly opened?: readonly string[];
  /** Outcome of saving, when it could not go on. */
  readonly saved?: Pick<SavedPage, 'faults' | 'merged'>;
}

const fewestColumns = 3;
const mostColumns = 6;
const longestSingleColumn = 6;
const wideTextLength = 120;

/**
 * Makes the view model of one page of questions.
 * @param input the questionnaire, the page and what happened to it
 */
export function buildQuestionPage(input: QuestionPageInput): QuestionPageModel {
  const { questionnaire, page, language } = input;
  const { state } = questionnaire;
  const questions = page.questions.map((question) => buildQuestion(question, input));
  const link = ({ id, title }: QuestionModel) => ({ href: `#${id}`, text: title });
  const at = state.pages.findIndex(({ name }) => name === page.name);
  return {
    heading: pick(page.title, language),
    description: page.description === null ? null : pick(page.description, language),
    questions,
    errors: questions.flatMap((question) =>
      question.error === null ? [] : [{ ...link(question), text: `${question.title} – ${question.error}` }],
    ),
    opened: questions.filter(({ name, isHidden }) => !isHidden && input.opened?.includes(name)).map(link),
    hasDispute: questions.some(({ dispute }) => dispute !== null),
    pageNumber: at + 1,
    pageCount: state.pages.length,
    pageName: page.name,
    hasPrevious: at > 0 && !input.isFromReview,
    isFromReview: input.isFromReview,
    isSaved: input.isSaved ?? false,
    formKey: input.formKey,
  };
}

function buildQuestion(question: Question, input: QuestionPageInput): QuestionModel {
  const { questionnaire, page, language, saved } = input;
  const { name, kind } = question;
  const stored = questionnaire.draft?.answers[name];
  const { isDisputed, shown } = findShown(name, { stored, saved });
  const fault = saved?.faults.find((each) => each.question === name) ?? findLimitFault(question, questionnaire);
  const id = `q-${name}`;
  return {
    name,
    kind,
    id,
    title: pick(question.title, language),
    hint: findHint(question, language),
    isRequired: question.isRequired,
    isHidden: !questionnaire.state.visibleQuestions.has(name),
    columns: countColumns(question, page),
    isMany: kind === 'checkbox' && question.choices.length > longestSingleColumn,
    choices: buildChoices(question, { id, shown, language }),
    maximumChoices: question.maximumChoices,
    value: question.choices.length > 0 || shown === undefined ? '' : formatAnswer(question, shown, language),
    isWide: kind === 'longtext' || (kind === 'text' && question.maximumLength > wideTextLength),
    isAnswered: stored !== undefined,
    error: fault === undefined || isDisputed ? null : describeFault(fault, question, language),
    dispute: isDisputed ? describeDispute(question, stored, language) : null,
    asked: `${name}:${fingerprintAnswer(stored)}`,
  };
}

/** In a dispute the page shows what this tab says. */
function findShown(
  name: string,
  { stored, saved }: { stored: Answer | undefined; saved: QuestionPageInput['saved'] },
): { isDisputed: boolean; shown: Answer | undefined } {
  const isDisputed = saved?.merged.conflicts.includes(name) ?? false;
  return { isDisputed, shown: isDisputed ? saved?.merged.disputed[name] : stored };
}

function buildChoices(
  question: Question,
  { id, shown, language }: { id: string; shown: Answer | undefined; language: Language },
): readonly ChoiceModel[] {
  return question.choices.map((choice, index) => ({
    id: index === 0 ? id : `${id}-${index + 1}`,
    code: choice.code,
    label: pick(choice.label, language),
    isChecked: Array.isArray(shown) ? shown.includes(choice.code) : shown === choice.code,
    isExclusive: choice.exclusive,
  }));
}

/** What breaks a limit is told whenever the page is shown; what is only missing, when its respondent goes on. */
function findLimitFault(
  question: Question,
  { state, draft }: Pick<Questionnaire, 'state' | 'draft'>,
): AnswerFault | undefined {
  if (draft?.answers[question.name] === undefined) return undefined;
  return state.faults.find((fault) => fault.question === question.name && fault.code !== 'required');
}

function findHint(question: Question, language: Language): string | null {
  if (question.description !== null) return pick(question.description, language);
  if (question.maximumChoices === null) return null;
  return translate(language, 'respondent.page.maximum_choices', { count: question.maximumChoices });
}

function describeDispute(question: Question, stored: Answer | undefined, language: Language): string {
  const answer =
    stored === undefined
      ? translate(language, 'respondent.review.unanswered')
      : formatAnswer(question, stored, language);
  return translate(language, 'respondent.page.dispute', { answer });
}

/** Neighbours with the same choices become rows of one grid. */
function countColumns(question: Question, page: SurveyPage): number | null {
  const count = question.choices.length;
  if (question.kind !== 'radio' || count < fewestColumns || count > mostColumns) return null;
  const key = choiceKey(question);
  const at = page.questions.indexOf(question);
  const neighbours = [page.questions[at - 1], page.questions[at + 1]];
  return neighbours.some((other) => other?.kind === 'radio' && choiceKey(other) === key) ? count : null;
}

function choiceKey(question: Question): string {
  return question.choices.map(({ code, label }) => `${code}=${label.nb}`).join('|');
}
