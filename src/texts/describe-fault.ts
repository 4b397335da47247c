import type { Language } from '../domain/languages';
import type { AppError } from '../errors';
import { isTextKey, translate } from './translate';

/**
 * Puts an expected fault into words: a line that says what is wrong and what to do, then one line for every fault of a
 * form as field: message, or of a file as file:line: column: message.
 * @param error the fault
 * @param language language of the reader
 * @returns lines for stderr
 */
export function describeFault(error: AppError, language: Language): readonly string[] {
  const values = error.details.values ?? {};
  const texts = [`error.${error.code}`, `error.${error.code}.help`].filter(isTextKey);
  const head = texts.map((key) => translate(language, key, values)).join('. ');
  const faults = error.details.faults ?? [];
  const fields = (error.details.fields ?? []).map(({ field, key, values: own }) => {
    return `${field}: ${isTextKey(key) ? translate(language, key, own ?? {}) : key}`;
  });
  return [
    head,
    ...fields,
    ...faults.map(
      ({ file, line, column, message }) => `${file}:${line}: ${column === '' ? '' : `${column}: `}${message}`,
    ),
  ];
}
