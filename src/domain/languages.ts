/** Languages of the interface and of every instrument; bokmål is the default. */
export const languages = ['nb', 'nn', 'en', 'da'] as const;
export type Language = (typeof languages)[number];
export const defaultLanguage: Language = 'nb';

/** A text in every language. */
export type LocalisedText = Readonly<Record<Language, string>>;

/**
 * @param value any text, for instance a query parameter
 * @returns true when the text is the code of a supported language
 */
export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}
