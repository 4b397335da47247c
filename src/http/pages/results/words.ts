import type { BaselineBeside } from '../../../domain/benchmark/pick-baseline-figures';
import type { Language, LocalisedText } from '../../../domain/languages';
import { isTextKey, pick, translate, type TextKey, type TextValues } from '../../../texts/translate';

/** The interface's texts and the instrument's labels in one language. */
export interface Words {
  readonly language: Language;
  readonly t: (key: TextKey, values?: TextValues) => string;
  readonly pick: (text: LocalisedText) => string;
}

/**
 * @param language language of the reader
 * @returns the words of that language
 */
export function createWords(language: Language): Words {
  return {
    language,
    t: (key, values) => translate(language, key, values),
    pick: (text) => pick(text, language),
  };
}

/**
 * Names a sector or a size class.
 * @param words words of the reader's language
 * @param dimension which of the two
 * @param value the category's code
 * @returns its name with a capital letter; the code itself for a category that the texts do not know
 */
export function nameCategory(words: Words, dimension: 'sector' | 'size', value: string): string {
  const key = `figures.${dimension}.${value}`;
  const name = isTextKey(key) ? words.t(key) : value;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * Whether a published figure is Norwegian (KS) rather than Danish.
 * @param beside the figure, or the tie that says that there is none
 */
export function isNorwegian({ baseline, figure }: Pick<BaselineBeside, 'baseline' | 'figure'>): boolean {
  return figure === null ? baseline === 'norway' : figure.round.startsWith('KS ');
}
