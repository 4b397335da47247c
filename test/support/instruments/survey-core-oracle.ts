import { ConditionRunner, Model } from 'survey-core';
import { registerSurveyLocales } from '../../../src/domain/instrument/check-with-survey-core';
import type { SurveyDefinition } from '../../../src/domain/instrument/survey-schema';
import type { Answers } from '../../../src/domain/instrument/types';

export interface SurveyCoreVerdict {
  readonly visible: readonly string[];
  readonly required: readonly string[];
}

/**
 * Asks one survey-core model what it shows and demands with some answers. A model takes milliseconds, so it is told the
 * answers once: when they hold no hidden answer, and conditions read earlier questions only, what it shows with them is
 * what a respondent sees who answers from the first question to the last.
 * @param survey parsed survey.json
 */
export function makeSurveyCoreOracle(survey: object): (answers: Answers) => SurveyCoreVerdict {
  registerSurveyLocales();
  const model = new Model(survey);
  const questions = model.getAllQuestions();
  return (answers) => {
    model.data = { ...answers };
    const shown = questions.filter((question) => question.isVisible && question.page.isVisible);
    return {
      visible: shown.map(({ name }) => name),
      required: shown.filter((question) => question.isRequired && question.isEmpty()).map(({ name }) => name),
    };
  };
}

/**
 * Asks survey-core's own ConditionRunner, in microseconds, from the first question to the last and answering only what
 * is shown.
 * @param survey parsed survey.json
 */
export function makeConditionRunnerOracle(survey: SurveyDefinition): (answers: Answers) => SurveyCoreVerdict {
  const makeRunner = (text: string | undefined) => (text === undefined ? null : new ConditionRunner(text));
  const pages = survey.pages.map((page) => ({
    runner: makeRunner(page.visibleIf),
    questions: page.elements.map((question) => ({ question, runner: makeRunner(question.visibleIf) })),
  }));
  return (given) => {
    const answers: Record<string, unknown> = {};
    const visible: string[] = [];
    const required: string[] = [];
    for (const page of pages) {
      if (page.runner?.runValues(answers) === false) continue;
      for (const { question, runner } of page.questions) {
        if (runner?.runValues(answers) === false) continue;
        visible.push(question.name);
        const answer = given[question.name];
        if (answer !== undefined) answers[question.name] = answer;
        else if (question.isRequired === true) required.push(question.name);
      }
    }
    return { visible, required };
  };
}
