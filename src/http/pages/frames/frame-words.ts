import { sectors, sizes, type SizeClass } from '../../../domain/fieldwork/types';
import { codesOf, type WordedColumn } from '../../../domain/fieldwork/frame-words';
import { unitTypes } from '../../../domain/fieldwork/unit-types';
import { languages } from '../../../domain/languages';
import { isTextKey } from '../../../texts/translate';
import { nameCategory, type Words } from '../results/words';

/** One choice of a list. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/**
 * Names a code of a frame.
 * @param words words of the reader's language
 * @param column what the code is about
 * @param code the code
 * @returns its name; the code itself when it has none
 */
export function nameCode(words: Words, column: WordedColumn, code: string): string {
  if (column === 'sector') return nameCategory(words, 'sector', code);
  if (column === 'invited') return words.t(code === '1' ? 'frame.yes' : 'frame.no');
  const key = `frame.${column}.${code}`;
  return isTextKey(key) ? words.t(key) : code;
}

/**
 * @param words words of the reader's language
 * @param size size class
 */
export function nameSize(words: Words, size: SizeClass): string {
  return words.t(`frame.size.${size}`);
}

/**
 * Lists the codes of a column by name.
 * @param words words of the reader's language
 * @param column sector, type, size, invited or language
 */
export function listChoices(words: Words, column: WordedColumn): readonly Choice[] {
  const codes = { sector: sectors, type: unitTypes, size: sizes, language: languages, invited: codesOf.invited }[
    column
  ];
  return codes.map((value) => ({ value, label: nameCode(words, column, value) }));
}
