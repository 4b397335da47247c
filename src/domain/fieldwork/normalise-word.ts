/**
 * Makes spellings of the same word alike: case, space, hyphens and other signs do not count.
 * @param text a heading or a cell
 * @returns lower-case letters, digits and single spaces
 */
export function normaliseWord(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
