/** A piece of text, and where it leads when it is an address of ours. */
export interface LinkedText {
  readonly text: string;
  readonly href: string | null;
}

/**
 * Finds the addresses of this installation in a text.
 * @param text plain text of a mail
 * @param publicUrl address of the installation
 * @returns the text in pieces
 */
export function linkOwnAddresses(text: string, publicUrl: string): readonly LinkedText[] {
  return text.split(/(https?:\/\/\S+)/).flatMap((part): readonly LinkedText[] => {
    if (part === '') return [];
    return [{ text: part, href: part.startsWith(`${publicUrl}/`) ? part : null }];
  });
}
