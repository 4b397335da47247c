import { languages, type Language, type LocalisedText } from '../languages';
import type { CompiledInstrument } from './types';

/**
 * Finds the languages in which a questionnaire cannot be read whole.
 * @param instrument the compiled instrument
 * @returns languages that lack a title, a description or a choice; none for a complete one
 */
export function listIncompleteLanguages(instrument: Pick<CompiledInstrument, 'title' | 'pages'>): readonly Language[] {
  const texts: readonly (LocalisedText | null)[] = [
    instrument.title,
    ...instrument.pages.flatMap(({ title, description, questions }) => [
      title,
      description,
      ...questions.flatMap((question) => [
        question.title,
        question.description,
        ...question.choices.map(({ label }) => label),
      ]),
    ]),
  ];
  return languages.filter((language) => texts.some((text) => text !== null && text[language].trim() === ''));
}
