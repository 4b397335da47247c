import { hash } from 'node:crypto';
import { coerceAnswer } from '../instrument/coerce-answer';
import type { Answer, Answers, Question, RawAnswers } from '../instrument/types';

/** One page as it was posted from one browser tab. */
export interface PostedPage {
  /** Values by question name, before any check; a question without a key was left empty. */
  readonly raw: RawAnswers;
  /** Questions that the form asked, each with the fingerprint of the answer that was stored when the form was drawn. */
  readonly asked: ReadonlyMap<string, string>;
}

export interface MergedPage {
  /** Everything the draft shall hold afterwards, valid or not. */
  readonly answers: Answers;
  /** Questions that this tab and another one have answered differently since the form was drawn: the stored answer stays. */
  readonly conflicts: readonly string[];
  /** What this tab says on the questions in conflict. */
  readonly disputed: Answers;
  /** Questions posted with a value that the page never offered. */
  readonly invalid: readonly string[];
  readonly isChanged: boolean;
}

const fingerprintLength = 8;
const maximumKeptLength = 20_000;

/**
 * Identifies an answer without repeating it, so that a form can carry what it was drawn from.
 * @param answer an answer, or undefined when there is none
 * @returns eight characters; "" when there is none
 */
export function fingerprintAnswer(answer: Answer | undefined): string {
  if (answer === undefined) return '';
  return hash('sha256', JSON.stringify(answer), 'base64url').slice(0, fingerprintLength);
}

/**
 * Takes a posted page into a draft. Per question, the side that has changed since the form was drawn wins; when both
 * have, and differ, the stored answer stays and the question is reported. Nothing written is thrown away: what is not
 * valid yet is kept as it was written, and answers to questions that the form did not ask stay.
 * @param stored answers of the draft now
 * @param questions questions of the page
 * @param posted the page as posted
 * @returns the draft's answers afterwards and the questions in conflict
 */
export function mergeDraftPage(stored: Answers, questions: readonly Question[], posted: PostedPage): MergedPage {
  const answers: Record<string, Answer> = { ...stored };
  const disputed: Record<string, Answer> = {};
  const conflicts: string[] = [];
  const invalid: string[] = [];
  let isChanged = false;
  for (const question of questions) {
    const { name } = question;
    const isPosted = Object.hasOwn(posted.raw, name);
    const drawnFrom = posted.asked.get(name);
    if (drawnFrom === undefined && !isPosted) continue;
    const { written, isInvalid } = readWritten(question, isPosted ? posted.raw[name] : undefined);
    if (isInvalid) invalid.push(name);
    const mine = fingerprintAnswer(written);
    const theirs = fingerprintAnswer(stored[name]);
    if (isInvalid || mine === theirs || (drawnFrom === mine && drawnFrom !== theirs)) continue;
    if (drawnFrom !== undefined && drawnFrom !== theirs) {
      conflicts.push(name);
      if (written !== undefined) disputed[name] = written;
    } else {
      isChanged = true;
      if (written === undefined) Reflect.deleteProperty(answers, name);
      else answers[name] = written;
    }
  }
  return { answers, conflicts, disputed, invalid, isChanged };
}

/** The clean answer, or what was written when it only breaks a limit and its writer will want to mend it. */
function readWritten(question: Question, raw: unknown): { written?: Answer; isInvalid: boolean } {
  const { answer, fault } = coerceAnswer(question, raw);
  if (answer !== undefined) return { written: answer, isInvalid: false };
  if (fault === undefined) return { isInvalid: false };
  if (question.kind === 'checkbox' && fault.code !== 'invalid' && Array.isArray(raw)) {
    const ticked = new Set<unknown>(raw);
    return { written: question.choices.flatMap(({ code }) => (ticked.has(code) ? [code] : [])), isInvalid: false };
  }
  if (question.kind === 'radio' || question.kind === 'checkbox' || typeof raw !== 'string') return { isInvalid: true };
  return { written: keepText(raw), isInvalid: false };
}

/** Characters that the database's JSON refuses are taken out. */
function keepText(raw: string): string {
  return raw
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .slice(0, maximumKeptLength);
}
