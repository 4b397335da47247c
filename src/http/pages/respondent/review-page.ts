import type { AnswerFault, Question, SurveyPage } from '../../../domain/instrument/types';
import type { Language } from '../../../domain/languages';
import { pick } from '../../../texts/translate';
import type { Questionnaire } from '../../../usecases/load-questionnaire';
import { describeFault } from './describe-fault';
import { formatAnswer } from './format-answer';
import { pagePath } from './page-path';

export interface ReviewModel {
  readonly sections: readonly {
    readonly heading: string;
    readonly items: readonly {
      readonly title: string;
      /** Null: not answered. */
      readonly answer: string | null;
      readonly error: string | null;
      readonly href: string;
    }[];
  }[];
  readonly errors: readonly { readonly href: string; readonly text: string }[];
  readonly unansweredCount: number;
  readonly isChanged: boolean;
  readonly backHref: string | null;
  readonly revision: number;
  readonly formKey: string;
}

/**
 * Makes the view model of the review: every visible question with its answer.
 * @param questionnaire the questionnaire
 * @param options language, the form's key, and whether sending was refused because the answers had changed or because
 *   something is missing
 */
export function buildReview(
  questionnaire: Pick<Questionnaire, 'state' | 'draft'>,
  options: {
    readonly language: Language;
    readonly formKey: string;
    readonly refusal: 'incomplete' | 'changed' | null;
  },
): ReviewModel {
  const { state, draft } = questionnaire;
  const faults = new Map(state.faults.map((fault) => [fault.question, fault]));
  const sections = state.pages.map((page) => ({
    heading: pick(page.title, options.language),
    items: page.questions
      .filter(({ name }) => state.visibleQuestions.has(name))
      .map((question) => buildItem(question, { page, questionnaire, fault: faults.get(question.name), ...options })),
  }));
  const items = sections.flatMap((section) => section.items);
  const lastPage = state.pages.at(-1);
  return {
    sections,
    errors:
      options.refusal !== 'incomplete'
        ? []
        : items.flatMap(({ title, error, href }) => (error === null ? [] : [{ href, text: `${title} – ${error}` }])),
    unansweredCount: items.filter(({ answer }) => answer === null).length,
    isChanged: options.refusal === 'changed',
    backHref: lastPage === undefined ? null : pagePath(lastPage.name),
    revision: draft?.revision ?? 0,
    formKey: options.formKey,
  };
}

interface ItemInput {
  readonly page: SurveyPage;
  readonly questionnaire: Pick<Questionnaire, 'state' | 'draft'>;
  readonly fault: AnswerFault | undefined;
  readonly language: Language;
}

function buildItem(question: Question, { page, questionnaire, fault, language }: ItemInput) {
  const answer = questionnaire.draft?.answers[question.name];
  return {
    title: pick(question.title, language),
    answer: answer === undefined ? null : formatAnswer(question, answer, language),
    error: fault === undefined ? null : describeFault(fault, question, language),
    href: `${pagePath(page.name)}?from=review#q-${question.name}`,
  };
}
