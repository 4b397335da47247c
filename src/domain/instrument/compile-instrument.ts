import { createHash } from 'node:crypto';
import type { CodebookVariable } from './codebook';
import { makeCoercion, type CoercedAnswer } from './coerce-answer';
import { compileBases } from './compile-bases';
import type { Condition } from './tabulate-comparison';
import { compileQuestion } from './compile-question';
import { compileRouting, walkVisible, type RoutedPage, type RoutedQuestion } from './compile-routing';
import { localiseSurveyText } from './localise-text';
import { readInstrument } from './read-instrument';
import type {
  AnswerFault,
  Answers,
  CheckedAnswers,
  CompiledInstrument,
  InstrumentFault,
  InstrumentFiles,
  RawAnswers,
  SurveyPage,
} from './types';

interface CheckedQuestion extends RoutedQuestion {
  /** Every object has something of this name. */
  readonly isInherited: boolean;
  readonly isRequired: boolean;
  readonly coerce: (raw: unknown) => CoercedAnswer;
}

interface CheckedPage extends RoutedPage<CheckedQuestion> {
  readonly page: SurveyPage;
}

/**
 * Compiles an instrument version once; what it returns needs no survey-core Model and keeps no state between calls.
 * @param files exact text of survey.json and codebook.json
 * @returns the instrument with its pages and the functions that check answers
 * @throws Error naming the first fault; `checkInstrument` lists them all
 */
export function compileInstrument(files: InstrumentFiles): CompiledInstrument {
  const { survey, codebook, faults } = readInstrument(files);
  if (survey === null || codebook === null) throw faultError(faults[0]);
  const variables = new Map(codebook.variables.map((variable) => [variable.name, variable]));
  const routing = compileRouting(survey, variables);
  if (routing.faults.length > 0) throw faultError(routing.faults[0]);
  const pages = routing.pages.map((page) => compilePage(page, variables));
  const bases = compileBases(codebook);
  return {
    id: codebook.instrument,
    version: codebook.version,
    sha256: hashInstrument(files),
    title: localiseSurveyText(survey.title),
    codebook,
    pages: pages.map(({ page }) => page),
    checkResponse: (raw, { required } = { required: true }) => checkAnswers(pages, keepOwnValues(raw), required),
    isInBase: (base, answers) => holdsBase(bases, base, answers),
  };
}

/**
 * Identifies an instrument version by its exact bytes.
 * @param files exact text of survey.json and codebook.json
 * @returns SHA-256 in hex of survey.json, a zero byte and codebook.json
 */
export function hashInstrument(files: InstrumentFiles): string {
  return createHash('sha256').update(files.survey).update('\0').update(files.codebook).digest('hex');
}

function faultError(fault: InstrumentFault | undefined): Error {
  return new Error(fault === undefined ? 'faulty instrument' : `${fault.file} ${fault.place}: ${fault.message}`);
}

/** What comes from a form, a file or the database is a plain object; of anything else, its own values count. */
function keepOwnValues(raw: RawAnswers): RawAnswers {
  return Object.getPrototypeOf(raw) === Object.prototype ? raw : { ...raw };
}

function checkAnswers(pages: readonly CheckedPage[], raw: RawAnswers, required: boolean): CheckedAnswers {
  const faults: AnswerFault[] = [];
  const { answers, visible } = walkVisible(pages, raw, ({ name, isInherited, isRequired, coerce }) => {
    const { answer, fault } = coerce(isInherited && !Object.hasOwn(raw, name) ? undefined : raw[name]);
    if (fault !== undefined) faults.push({ question: name, ...fault });
    else if (answer === undefined && required && isRequired) faults.push({ question: name, code: 'required' });
    return answer;
  });
  return { answers, visible, faults };
}

function holdsBase(bases: ReadonlyMap<string, Condition>, base: string, answers: Answers): boolean {
  const holds = bases.get(base);
  if (holds === undefined) throw new Error(`unknown base ${base}`);
  return holds(answers);
}

function compilePage(routed: RoutedPage, variables: ReadonlyMap<string, CodebookVariable>): CheckedPage {
  const { source } = routed;
  const compiled = routed.questions.map((question) => {
    const described = compileQuestion(question, variables.get(question.name));
    return {
      described,
      checked: {
        ...question,
        isInherited: question.name in {},
        isRequired: described.isRequired,
        coerce: makeCoercion(described),
      },
    };
  });
  return {
    ...routed,
    page: {
      name: source.name,
      title: localiseSurveyText(source.title),
      description: source.description === undefined ? null : localiseSurveyText(source.description),
      questions: compiled.map(({ described }) => described),
    },
    questions: compiled.map(({ checked }) => checked),
  };
}
