import type { Codebook, CodebookVariable, Indicator } from '../../../src/domain/instrument/codebook';
import type { InstrumentFiles } from '../../../src/domain/instrument/types';

/** A text that is the same in every language of codebook.json. */
export function label(text: string) {
  return { nb: text, nn: `${text} (nn)`, en: `${text} (en)`, da: `${text} (da)` };
}

/** A text that is the same in every language of survey.json. */
export function surveyText(text: string): Record<string, string> {
  return { default: text, nn: `${text} (nn)`, en: `${text} (en)`, da: `${text} (da)` };
}

interface QuestionSource {
  readonly name: string;
  readonly type: 'radiogroup' | 'checkbox' | 'number' | 'text' | 'comment';
  readonly codes?: readonly string[];
  readonly exclusive?: readonly string[];
  readonly visibleIf?: string;
  readonly base?: string;
  readonly sensitivity?: 0 | 1;
  /** More properties of the question in survey.json. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

interface PageSource {
  readonly name: string;
  readonly visibleIf?: string;
  readonly questions: readonly QuestionSource[];
}

export interface InstrumentSource {
  readonly pages: readonly PageSource[];
  readonly bases?: Readonly<Record<string, string>>;
  readonly indicators?: readonly Indicator[];
}

export interface SurveyJson {
  [key: string]: unknown;
  pages: { [key: string]: unknown; elements: { [key: string]: unknown; choices?: Record<string, unknown>[] }[] }[];
}

const typeOf = { radiogroup: 'single', checkbox: 'multiple', number: 'number', text: 'text', comment: 'text' } as const;

/** The survey.json of a small instrument, as an object to change before it is written. */
export function buildSurvey(source: InstrumentSource): SurveyJson {
  return {
    title: surveyText('Prøve'),
    pages: source.pages.map((page) => ({
      name: page.name,
      title: surveyText(page.name),
      ...(page.visibleIf === undefined ? {} : { visibleIf: page.visibleIf }),
      elements: page.questions.map((question) => ({
        type: question.type === 'number' ? 'text' : question.type,
        ...(question.type === 'number' ? { inputType: 'number' } : {}),
        name: question.name,
        title: surveyText(question.name),
        ...(question.visibleIf === undefined ? {} : { visibleIf: question.visibleIf }),
        ...(question.codes === undefined
          ? {}
          : { choices: question.codes.map((code) => ({ value: code, text: surveyText(code) })) }),
        ...question.properties,
      })),
    })),
  };
}

/** The codebook.json of a small instrument, as an object to change before it is written. */
export function buildCodebook(source: InstrumentSource): Codebook {
  const questions = source.pages.flatMap((page) => page.questions);
  const bases = { everybody: '', ...source.bases };
  const first = questions[0]?.name ?? 'missing';
  return {
    instrument: 'probe',
    version: 1,
    title: label('Prøve'),
    population: 'managers',
    referencePeriodMonths: 24,
    minutes: { from: 1, to: 2 },
    sources: [{ id: 'own', title: 'Own', url: 'https://example.org/own' }],
    bases: Object.entries(bases).map(([id, when]) => ({ id, label: label(id), when })),
    variables: questions.map(buildVariable),
    themes: [{ id: 'main', label: label('Tema'), description: label('Om temaet') }],
    defaultTheme: 'main',
    indicators: [
      ...(source.indicators ?? [
        {
          id: 'first_answered',
          label: label('Første'),
          themes: ['main'],
          direction: 'none' as const,
          sensitivity: 1 as const,
          denominator: { base: 'everybody', answered: [first] },
          options: [
            {
              id: 'any',
              label: label('Noe'),
              numerator: [{ variable: first, in: [...(questions[0]?.codes ?? ['yes'])] }],
            },
          ],
        },
      ]),
    ],
  };
}

function buildVariable(question: QuestionSource): CodebookVariable {
  return {
    name: question.name,
    type: typeOf[question.type],
    label: label(question.name),
    base: question.base ?? 'everybody',
    sensitivity: question.sensitivity ?? 0,
    ...(question.codes === undefined
      ? {}
      : {
          values: question.codes.map((code) => ({
            code,
            label: label(code),
            ...(question.exclusive?.includes(code) === true ? { exclusive: true } : {}),
          })),
        }),
    source: 'own',
  };
}

/** Both files of a small instrument. */
export function buildInstrument(source: InstrumentSource): InstrumentFiles {
  return { survey: JSON.stringify(buildSurvey(source)), codebook: JSON.stringify(buildCodebook(source)) };
}
