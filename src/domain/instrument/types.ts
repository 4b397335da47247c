import type { LocalisedText } from '../languages';
import type { Codebook } from './codebook';

/** Clean answer of one variable: a code, a list of codes in codebook order, a number or a text. Missing = absent key. */
export type Answer = string | number | readonly string[];
export type Answers = Readonly<Record<string, Answer>>;

export type QuestionKind = 'radio' | 'checkbox' | 'text' | 'longtext' | 'number';

export interface Choice {
  readonly code: string;
  readonly label: LocalisedText;
  readonly exclusive: boolean;
}

/** One question as the respondent's page needs it; everything already resolved per language. */
export interface Question {
  readonly name: string;
  readonly kind: QuestionKind;
  readonly title: LocalisedText;
  readonly description: LocalisedText | null;
  readonly choices: readonly Choice[];
  readonly maximumChoices: number | null;
  readonly maximumLength: number;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly isRequired: boolean;
  /** True when whether it is shown depends on an answer of the same page. */
  readonly dependsOnSamePage: boolean;
}

export interface SurveyPage {
  readonly name: string;
  readonly title: LocalisedText;
  readonly description: LocalisedText | null;
  readonly questions: readonly Question[];
}

/** What is wrong with an answer; the interface turns `code` and `limit` into words. */
export interface AnswerFault {
  readonly question: string;
  readonly code:
    'required' | 'invalid' | 'too_many' | 'too_long' | 'not_a_number' | 'too_small' | 'too_large' | 'exclusive';
  readonly limit?: number;
}

/** Raw values of a form or a file, before any check. */
export type RawAnswers = Readonly<Record<string, unknown>>;

export interface CheckedAnswers {
  /** Valid, visible answers only. */
  readonly answers: Answers;
  /** Names of the questions that these answers lead to, in order. */
  readonly visible: readonly string[];
  readonly faults: readonly AnswerFault[];
}

/** An instrument version compiled once: no survey-core Model on any request path. */
export interface CompiledInstrument {
  readonly id: string;
  readonly version: number;
  readonly sha256: string;
  readonly title: LocalisedText;
  readonly codebook: Codebook;
  readonly pages: readonly SurveyPage[];
  /**
   * Checks a whole response; hidden answers and keys that the instrument does not know are dropped.
   * @param raw values: string, string[] or number per question name; an empty string is "no answer"
   * @param options required: whether a visible required question without an answer is a fault; true unless told
   */
  checkResponse(raw: RawAnswers, options?: { readonly required: boolean }): CheckedAnswers;
  /** @returns true when the unit belongs to the base (was asked). */
  isInBase(base: string, answers: Answers): boolean;
}

/** One fault of an instrument under `instrument check`, with its place. */
export interface InstrumentFault {
  readonly file: 'survey.json' | 'codebook.json';
  /** JSON path such as pages[2].elements[0].choices[1]. */
  readonly place: string;
  readonly message: string;
}

export interface InstrumentFiles {
  /** Exact text of survey.json and codebook.json: the hash is taken over these bytes. */
  readonly survey: string;
  readonly codebook: string;
}
