/** Longest address that a mail server need accept (RFC 5321). */
const longestEmail = 254;

/**
 * Tells whether a text has the form of an e-mail address; whether it exists only a message can tell.
 * @param text any text
 * @returns true for something@domain.tld without spaces
 */
export function isEmail(text: string): boolean {
  return text.length <= longestEmail && /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]{2,}$/.test(text);
}
