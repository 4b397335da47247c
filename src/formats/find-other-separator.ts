const otherSeparators = [
  { separator: 'semicolon', character: ';' },
  { separator: 'tab', character: '\t' },
] as const;

/**
 * Recognises a file whose cells are not separated by commas, as spreadsheets write them: another character cuts the
 * heading line into more of the expected columns than the comma does.
 * @param text content of the file
 * @param columns headings that the file may have
 * @returns what separates the cells and the line of the headings, or null when the comma does as well
 */
export function findOtherSeparator(
  text: string,
  columns: readonly string[],
): { readonly separator: 'semicolon' | 'tab'; readonly line: number } | null {
  const lines = text.split(/\r\n?|\n/);
  const index = lines.findIndex((line) => line.trim() !== '');
  const countKnown = (character: string): number => {
    const cells = (lines[index] ?? '').split(character).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    return cells.length === 1 ? 0 : cells.filter((cell) => columns.includes(cell)).length;
  };
  const found = otherSeparators.find(({ character }) => countKnown(character) > countKnown(','));
  return found === undefined ? null : { separator: found.separator, line: index + 1 };
}
