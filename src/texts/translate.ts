import IntlMessageFormat from 'intl-messageformat';
import { defaultLanguage, type Language, type LocalisedText } from '../domain/languages';
import da from './da.json';
import en from './en.json';
import nb from './nb.json';
import nn from './nn.json';

export type TextKey = keyof typeof nb;
export type TextValues = Readonly<Record<string, string | number>>;

const catalogues: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { nb, nn, en, da };
const compiled = new Map<string, IntlMessageFormat>();

/** Locale of numbers and plurals. */
const locales: Readonly<Record<Language, string>> = { nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB', da: 'da-DK' };

/**
 * Gives one text of the interface.
 * @param language language of the reader
 * @param key key of src/texts
 * @param values values of the text's placeholders
 * @returns the text, placeholders filled in; plain text, not HTML
 */
export function translate(language: Language, key: TextKey, values?: TextValues): string {
  const pattern = catalogues[language][key];
  if (values === undefined) return pattern;
  const id = `${language}:${key}`;
  const format = compiled.get(id) ?? new IntlMessageFormat(pattern, locales[language], undefined, { ignoreTag: true });
  compiled.set(id, format);
  const text = format.format<string>(values);
  return Array.isArray(text) ? text.join('') : text;
}

/**
 * @param text any text
 * @returns true when the text is a key of the interface's texts
 */
export function isTextKey(text: string): text is TextKey {
  return Object.hasOwn(nb, text);
}

/**
 * Picks one language of a text that comes in all of them (instruments).
 * @param text the text in every language
 * @param language language of the reader
 */
export function pick(text: LocalisedText, language: Language): string {
  return text[language] || text[defaultLanguage];
}
