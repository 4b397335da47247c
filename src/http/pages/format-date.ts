import type { Language } from '../../domain/languages';

const locales: Readonly<Record<Language, string>> = { nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB', da: 'da-DK' };

/** Formats of one language; making one costs more than a hundred uses. */
interface Formats {
  readonly date: Intl.DateTimeFormat;
  readonly moment: Intl.DateTimeFormat;
  readonly count: Intl.NumberFormat;
  readonly names: Intl.ListFormat;
}

const made = new Map<Language, Formats>();

function formatsOf(language: Language): Formats {
  const known = made.get(language);
  if (known !== undefined) return known;
  const locale = locales[language];
  const formats = {
    date: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'Europe/Oslo' }),
    moment: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Oslo' }),
    count: new Intl.NumberFormat(locale),
    names: new Intl.ListFormat(locale, { type: 'conjunction' }),
  };
  made.set(language, formats);
  return formats;
}

/**
 * Writes a date in words, as the calendar in Norway has it.
 * @param language language of the reader
 * @param moment a moment, or a day as YYYY-MM-DD
 * @returns such as "12. mars 2026"
 */
export function formatDate(language: Language, moment: Date | string): string {
  const isDay = typeof moment === 'string';
  const date = isDay ? new Date(`${moment}T12:00:00Z`) : moment;
  return formatsOf(language).date.format(date);
}

/**
 * Writes day and clock time in words, as Norway has them.
 * @param language language of the reader
 * @param moment the moment
 * @returns such as "12. mars 2026 kl. 14:05"
 */
export function formatMoment(language: Language, moment: Date): string {
  return formatsOf(language).moment.format(moment);
}

/**
 * Writes a count with the language's separator of thousands.
 * @param language language of the reader
 * @param count whole number
 */
export function formatCount(language: Language, count: number): string {
  return formatsOf(language).count.format(count);
}

/**
 * Joins names as a sentence does.
 * @param language language of the reader
 * @param names at least one name
 * @returns such as "Asker, Bærum og Drammen"
 */
export function joinNames(language: Language, names: readonly string[]): string {
  return formatsOf(language).names.format(names);
}
