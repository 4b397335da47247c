import type { Language } from '../../../domain/languages';

const locales: Readonly<Record<Language, string>> = { nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB', da: 'da-DK' };

/**
 * Writes a day in full.
 * @param date YYYY-MM-DD
 * @param language language of the reader
 */
export function formatDate(date: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}
