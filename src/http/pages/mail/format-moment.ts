import type { Language } from '../../../domain/languages';

const locales: Readonly<Record<Language, string>> = { nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB', da: 'da-DK' };

/**
 * Writes a moment as a list of mails does.
 * @param language language of the reader
 * @param moment any moment
 * @returns such as "12. mars 2026, 09:15", in Norway's time
 */
export function formatMoment(language: Language, moment: Date): string {
  const format = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Oslo' } as const;
  return new Intl.DateTimeFormat(locales[language], format).format(moment);
}
