import type { Language } from '../../domain/languages';

const locales: Readonly<Record<Language, string>> = { nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB', da: 'da-DK' };

/**
 * Writes a date in words, as the calendar in Norway has it.
 * @param language language of the reader
 * @param moment a moment, or a day as YYYY-MM-DD
 * @returns such as "12. mars 2026"
 */
export function formatDate(language: Language, moment: Date | string): string {
  const isDay = typeof moment === 'string';
  const date = isDay ? new Date(`${moment}T12:00:00Z`) : moment;
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'Europe/Oslo' }).format(date);
}

/**
 * Writes a count with the language's separator of thousands.
 * @param language language of the reader
 * @param count whole number
 */
export function formatCount(language: Language, count: number): string {
  return new Intl.NumberFormat(locales[language]).format(count);
}

/**
 * Joins names as a sentence does.
 * @param language language of the reader
 * @param names at least one name
 * @returns such as "Asker, Bærum og Drammen"
 */
export function joinNames(language: Language, names: readonly string[]): string {
  return new Intl.ListFormat(locales[language], { type: 'conjunction' }).format(names);
}
