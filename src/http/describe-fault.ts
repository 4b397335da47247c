import type { Language } from '../domain/languages';
import type { AppError } from '../errors';
import { isTextKey, translate } from '../texts/translate';

/**
 * Tells a fault in the words of the catalogue.
 * @param error the fault
 * @param language language of the reader
 * @returns what happened, and what to do
 */
export function describeFault(error: AppError, language: Language): { readonly title: string; readonly help: string } {
  const text = (suffix: string): string => {
    const key = `error.${error.code}${suffix}`;
    return isTextKey(key)
      ? translate(language, key, error.details.values ?? {})
      : translate(language, 'error.unexpected');
  };
  return { title: text(''), help: text('.help') };
}
