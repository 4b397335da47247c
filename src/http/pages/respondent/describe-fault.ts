import type { AnswerFault, Question } from '../../../domain/instrument/types';
import type { Language } from '../../../domain/languages';
import { translate } from '../../../texts/translate';

/**
 * Puts a fault into words that say what to do.
 * @param fault the fault
 * @param question its question
 * @param language language of the reader
 */
export function describeFault(fault: AnswerFault, question: Question, language: Language): string {
  const isChoice = question.kind === 'radio' || question.kind === 'checkbox';
  if (fault.code === 'required') {
    return translate(language, isChoice ? 'respondent.fault.required_choice' : 'respondent.fault.required');
  }
  return translate(language, `respondent.fault.${fault.code}`, { limit: fault.limit ?? 0 });
}
