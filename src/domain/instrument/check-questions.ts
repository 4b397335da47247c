import type { Codebook, CodebookVariable } from './codebook';
import { questionKind } from './compile-question';
import { repetitions, codebookFault, surveyFault } from './fault';
import { findTextProblems } from './localise-text';
import type { SurveyDefinition, SurveyQuestion, SurveyText } from './survey-schema';
import type { InstrumentFault, QuestionKind } from './types';

const typeOfKind: Readonly<Record<QuestionKind, CodebookVariable['type']>> = {
  radio: 'single',
  checkbox: 'multiple',
  number: 'number',
  text: 'text',
  longtext: 'text',
};

/**
 * Compares the questions of survey.json with the variables of codebook.json and finds missing translations.
 * @param survey definition with the right structure
 * @param codebook codebook with the right structure
 * @returns faults with their JSON path
 */
export function checkQuestions(survey: SurveyDefinition, codebook: Codebook): readonly InstrumentFault[] {
  const variables = new Map(codebook.variables.map((variable) => [variable.name, variable]));
  const questions = survey.pages.flatMap((page, pageIndex) =>
    page.elements.map((question, index) => ({ question, place: `pages[${pageIndex}].elements[${index}]` })),
  );
  const asked = questions.map(({ question }) => question.name);
  const unasked = codebook.variables.flatMap(({ name }, index) =>
    asked.includes(name)
      ? []
      : [codebookFault(`variables[${index}].name`, `no question is called "${name}" (renamed?)`)],
  );
  return [
    ...repetitions(survey.pages.map(({ name }) => name)).map(({ index, value }) =>
      surveyFault(`pages[${index}].name`, `"${value}" is used twice`),
    ),
    ...repetitions(asked).map(({ index, value }) =>
      surveyFault(`${questions[index]?.place ?? ''}.name`, `"${value}" is used twice`),
    ),
    ...unasked,
    ...questions.flatMap(({ question, place }) => checkQuestion(question, place, variables.get(question.name))),
    ...checkTexts(survey),
  ];
}

function checkQuestion(
  question: SurveyQuestion,
  place: string,
  variable: CodebookVariable | undefined,
): readonly InstrumentFault[] {
  const limits = checkLimits(question, place);
  if (variable === undefined) {
    return [...limits, surveyFault(`${place}.name`, `codebook.json has no variable "${question.name}" (renamed?)`)];
  }
  const kind = questionKind(question);
  if (typeOfKind[kind] !== variable.type) {
    const message = `is a ${typeOfKind[kind]} question, but codebook.json says ${variable.type}`;
    return [...limits, surveyFault(`${place}.type`, message)];
  }
  return [...limits, ...checkChoices(question, place, variable)];
}

function checkLimits(question: SurveyQuestion, place: string): readonly InstrumentFault[] {
  if (question.type === 'checkbox') {
    const limit = question.maxSelectedChoices;
    const isTooLarge = limit !== undefined && limit > question.choices.length;
    return isTooLarge ? [surveyFault(`${place}.maxSelectedChoices`, 'is larger than the number of choices')] : [];
  }
  if (question.type !== 'text') return [];
  const { min, max, maxLength } = question;
  const faults: InstrumentFault[] = [];
  const isNumber = question.inputType === 'number';
  if (!isNumber && (min !== undefined || max !== undefined)) {
    faults.push(surveyFault(place, 'min and max need inputType "number"'));
  }
  if (isNumber && maxLength !== undefined) faults.push(surveyFault(`${place}.maxLength`, 'is for texts; use max'));
  if (min !== undefined && max !== undefined && min > max)
    faults.push(surveyFault(`${place}.min`, 'is larger than max'));
  return faults;
}

function checkChoices(question: SurveyQuestion, place: string, variable: CodebookVariable): readonly InstrumentFault[] {
  if (question.type !== 'radiogroup' && question.type !== 'checkbox') return [];
  const codes = (variable.values ?? []).map(({ code }) => code);
  const choices = question.choices.map(({ value }) => value);
  const repeated = repetitions(choices).map(({ index, value }) =>
    surveyFault(`${place}.choices[${index}].value`, `"${value}" is used twice`),
  );
  const extra = choices.flatMap((value, index) =>
    codes.includes(value)
      ? []
      : [surveyFault(`${place}.choices[${index}].value`, `codebook.json has no code "${value}" for ${variable.name}`)],
  );
  const missing = codes
    .filter((code) => !choices.includes(code))
    .map((code) => surveyFault(`${place}.choices`, `code "${code}" of codebook.json is missing`));
  const faults = [...repeated, ...extra, ...missing];
  if (faults.length > 0 || choices.join() === codes.join()) return faults;
  return [surveyFault(`${place}.choices`, `order differs from codebook.json: ${codes.join(', ')}`)];
}

function checkTexts(survey: SurveyDefinition): readonly InstrumentFault[] {
  const texts: [string, SurveyText | undefined][] = [['title', survey.title]];
  survey.pages.forEach((page, pageIndex) => {
    const place = `pages[${pageIndex}]`;
    texts.push([`${place}.title`, page.title], [`${place}.description`, page.description]);
    page.elements.forEach((question, index) => {
      const at = `${place}.elements[${index}]`;
      texts.push([`${at}.title`, question.title], [`${at}.description`, question.description]);
      if (!('choices' in question)) return;
      question.choices.forEach((choice, position) => texts.push([`${at}.choices[${position}].text`, choice.text]));
    });
  });
  return texts.flatMap(([place, text]) =>
    text === undefined ? [] : findTextProblems(text).map((message) => surveyFault(place, message)),
  );
}
