import type { CodebookVariable } from './codebook';
import type { RoutedQuestion } from './compile-routing';
import { localiseSurveyText } from './localise-text';
import type { SurveyQuestion } from './survey-schema';
import type { Choice, Question, QuestionKind } from './types';

/** Longest answer in characters where survey.json sets no maxLength. */
const defaultMaximumLength: Readonly<Record<QuestionKind, number>> = {
  radio: 32,
  checkbox: 32,
  number: 32,
  text: 200,
  longtext: 2000,
};

/**
 * Describes one question as the respondent's page needs it.
 * @param routed question of survey.json with its routing
 * @param variable its variable in the codebook, which knows the exclusive codes
 * @returns the question with its texts, choices and limits
 * @throws Error when a translation is missing
 */
export function compileQuestion(routed: RoutedQuestion, variable: CodebookVariable | undefined): Question {
  const { source } = routed;
  const kind = questionKind(source);
  return {
    name: source.name,
    kind,
    title: localiseSurveyText(source.title),
    description: source.description === undefined ? null : localiseSurveyText(source.description),
    choices: compileChoices(source, variable),
    maximumChoices: source.type === 'checkbox' ? (source.maxSelectedChoices ?? null) : null,
    maximumLength: ('maxLength' in source ? source.maxLength : undefined) ?? defaultMaximumLength[kind],
    minimum: source.type === 'text' ? (source.min ?? null) : null,
    maximum: source.type === 'text' ? (source.max ?? null) : null,
    isRequired: source.isRequired ?? false,
    dependsOnSamePage: routed.dependsOnSamePage,
  };
}

/**
 * Names the kind of input of a question.
 * @param source question of survey.json
 * @returns the kind the respondent's page draws
 */
export function questionKind(source: SurveyQuestion): QuestionKind {
  switch (source.type) {
    case 'radiogroup':
      return 'radio';
    case 'checkbox':
      return 'checkbox';
    case 'comment':
      return 'longtext';
    case 'text':
      return source.inputType === 'number' ? 'number' : 'text';
  }
}

function compileChoices(source: SurveyQuestion, variable: CodebookVariable | undefined): readonly Choice[] {
  if (source.type !== 'radiogroup' && source.type !== 'checkbox') return [];
  const exclusive = new Set(variable?.values?.filter((value) => value.exclusive === true).map((value) => value.code));
  return source.choices.map((choice) => ({
    code: choice.value,
    label: localiseSurveyText(choice.text),
    exclusive: exclusive.has(choice.value),
  }));
}
