import { languages, type Language, type LocalisedText } from '../languages';
import type { SurveyText } from './survey-schema';

/** In survey.json the key `default` is bokmål, because survey-core's default language is set to nb. */
const surveyKeys: Readonly<Record<Language, string>> = { nb: 'default', nn: 'nn', en: 'en', da: 'da' };

/**
 * Reads a text of survey.json in every language.
 * @param text `{ "default": bokmål, "nn", "en", "da" }`
 * @returns the text by language
 * @throws Error when a language is missing
 */
export function localiseSurveyText(text: SurveyText): LocalisedText {
  const problems = findTextProblems(text);
  if (typeof text === 'string' || problems.length > 0) throw new Error(problems.join('; '));
  const read = (language: Language) => text[surveyKeys[language]] ?? '';
  return { nb: read('nb'), nn: read('nn'), en: read('en'), da: read('da') };
}

/**
 * Finds what a text of survey.json lacks.
 * @param text value of a title, a description or a choice text
 * @returns one message a missing or unknown language, none when complete
 */
export function findTextProblems(text: SurveyText): readonly string[] {
  const keys: readonly string[] = Object.values(surveyKeys);
  if (typeof text === 'string') return [`is one text; give one for each of ${keys.join(', ')}`];
  const missing = languages.filter((language) => (text[surveyKeys[language]] ?? '').trim() === '');
  const unknown = Object.keys(text).filter((key) => !keys.includes(key));
  return [
    ...missing.map((language) => `translation missing: ${language === 'nb' ? 'default (bokmål)' : language}`),
    ...unknown.map((key) => `unknown language "${key}"; the languages are ${keys.join(', ')}`),
  ];
}
