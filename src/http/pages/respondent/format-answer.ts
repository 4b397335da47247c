import type { Answer, Question } from '../../../domain/instrument/types';
import type { Language } from '../../../domain/languages';
import { pick } from '../../../texts/translate';

/**
 * Writes an answer as its respondent reads it.
 * @param question the question
 * @param answer the answer, valid or not
 * @param language language of the reader
 * @returns labels of the choices, separated by semicolons; a number with the language's decimal mark; or the text
 */
export function formatAnswer(question: Question, answer: Answer, language: Language): string {
  if (typeof answer === 'number') return language === 'en' ? String(answer) : String(answer).replace('.', ',');
  const codes = typeof answer === 'string' ? [answer] : answer;
  if (question.choices.length === 0) return codes.join(' ');
  return question.choices
    .filter(({ code }) => codes.includes(code))
    .map(({ label }) => pick(label, language))
    .join('; ');
}
