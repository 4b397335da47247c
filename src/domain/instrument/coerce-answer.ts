import type { Answer, AnswerFault, Question } from './types';

/** A raw value made clean: an answer, a fault, or neither when the question was left empty. */
export interface CoercedAnswer {
  readonly answer?: Answer;
  readonly fault?: Omit<AnswerFault, 'question'>;
}

const nothing: CoercedAnswer = {};
const invalid: CoercedAnswer = { fault: { code: 'invalid' } };
const notANumber: CoercedAnswer = { fault: { code: 'not_a_number' } };
const exclusiveWithOthers: CoercedAnswer = { fault: { code: 'exclusive' } };

/** More values than any question has are refused before they are looked at. */
const maximumRawValues = 1000;
const maximumNumberLength = 32;
const largestNumber = 1e15;

/**
 * Makes the function that cleans raw values of one question.
 * @param question the question as compiled, with its choices and limits
 * @returns function from any raw value to the clean answer, a fault, or neither when it is empty
 */
export function makeCoercion(question: Question): (raw: unknown) => CoercedAnswer {
  switch (question.kind) {
    case 'radio':
      return coerceSingle(new Set(question.choices.map((choice) => choice.code)));
    case 'checkbox':
      return coerceMultiple(question);
    case 'number':
      return (raw) => coerceNumber(raw, question);
    case 'text':
    case 'longtext':
      return (raw) => coerceText(raw, question);
  }
}

const coercions = new WeakMap<Question, (raw: unknown) => CoercedAnswer>();

/**
 * Cleans one raw value.
 * @param question a question of a compiled instrument
 * @param raw anything
 * @returns the clean answer, a fault, or neither when it is empty
 */
export function coerceAnswer(question: Question, raw: unknown): CoercedAnswer {
  const coerce = coercions.get(question) ?? makeCoercion(question);
  coercions.set(question, coerce);
  return coerce(raw);
}

function isEmpty(raw: unknown): raw is undefined | null | '' {
  return raw === undefined || raw === null || raw === '';
}

function coerceSingle(codes: ReadonlySet<string>): (raw: unknown) => CoercedAnswer {
  const answers = new Map<unknown, CoercedAnswer>([...codes].map((code) => [code, { answer: code }]));
  return (raw) => (isEmpty(raw) ? nothing : (answers.get(raw) ?? invalid));
}

function coerceMultiple(question: Question): (raw: unknown) => CoercedAnswer {
  const order = question.choices.map((choice) => choice.code);
  const positions = new Map<unknown, number>(order.map((code, index) => [code, index]));
  const exclusive = new Set(question.choices.filter((choice) => choice.exclusive).map((choice) => choice.code));
  const limit = question.maximumChoices;
  return (raw) => {
    if (isEmpty(raw)) return nothing;
    const values: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
    if (values.length > maximumRawValues) return invalid;
    if (!isCodes(values, positions)) return invalid;
    const answer = isSorted(values, positions) ? values : order.filter((code) => values.includes(code));
    if (answer.length === 0) return nothing;
    if (answer.length > 1 && exclusive.size > 0 && answer.some((code) => exclusive.has(code))) {
      return exclusiveWithOthers;
    }
    if (limit !== null && answer.length > limit) return { fault: { code: 'too_many', limit } };
    return { answer };
  };
}

/** A field that is left empty posts an empty text. */
function isCodes(values: readonly unknown[], positions: ReadonlyMap<unknown, number>): values is readonly string[] {
  for (const value of values) if (value !== '' && !positions.has(value)) return false;
  return true;
}

/** A browser sends codes in order, and each one once. */
function isSorted(codes: readonly string[], positions: ReadonlyMap<unknown, number>): boolean {
  let last = -1;
  for (const code of codes) {
    const position = positions.get(code) ?? -1;
    if (position <= last) return false;
    last = position;
  }
  return true;
}

function coerceNumber(raw: unknown, question: Question): CoercedAnswer {
  if (isEmpty(raw)) return nothing;
  if (typeof raw === 'string' && raw.length <= maximumNumberLength && raw.trim() === '') return nothing;
  const value = typeof raw === 'number' ? raw : typeof raw === 'string' ? parseNumber(raw) : null;
  if (value === null || !Number.isFinite(value) || Math.abs(value) > largestNumber) return notANumber;
  const { minimum, maximum } = question;
  if (minimum !== null && value < minimum) return { fault: { code: 'too_small', limit: minimum } };
  if (maximum !== null && value > maximum) return { fault: { code: 'too_large', limit: maximum } };
  return { answer: value === 0 ? 0 : value };
}

/**
 * Reads a number as people write it: comma or point before decimals, spaces between groups of three digits.
 * "1.000" and "1,000" are refused, because they mean a thousand to some and one to others.
 */
function parseNumber(text: string): number | null {
  if (text.length > maximumNumberLength) return null;
  const written = text.trim().replace(/\u2212/g, '-');
  const parts = /^(-?)(\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?:[.,](\d+))?$/.exec(written);
  const [, sign = '', whole = '', decimals = ''] = parts ?? [];
  if (parts === null || (decimals.length === 3 && /^[1-9]\d{0,2}$/.test(whole))) return null;
  return Number(`${sign}${whole.replace(/\D/g, '')}.${decimals === '' ? '0' : decimals}`);
}

function coerceText(raw: unknown, question: Question): CoercedAnswer {
  if (isEmpty(raw)) return nothing;
  if (typeof raw !== 'string') return invalid;
  const limit = question.maximumLength;
  const text = cleanText(raw, question.kind === 'longtext');
  if (text === '') return nothing;
  return text.length > limit ? { fault: { code: 'too_long', limit } } : { answer: text };
}

const needsCleaning = /[\p{Cc}\p{Cs}]/u;

/** Control characters and lone surrogates are taken out: the database's JSON refuses them. */
function cleanText(raw: string, keepLines: boolean): string {
  if (!needsCleaning.test(raw)) return raw.trim();
  const lines = raw.replace(/\r\n?/g, '\n');
  const kept = keepLines ? lines : lines.replace(/[\n\t]+/g, ' ');
  return kept
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .trim();
}
