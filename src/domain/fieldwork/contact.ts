/** Longest address that a mail server need accept (RFC 5321). */
const longestEmail = 254;

/**
 * A name to begin with for somebody who is known by their address only; names are shown where addresses are not.
 * @param email e-mail address
 * @returns what stands before the @
 */
export function nameFromEmail(email: string): string {
  return email.slice(0, email.lastIndexOf('@'));
}

/**
 * Tells whether a text has the form of an e-mail address; whether it exists only a message can tell.
 * @param text any text
 * @returns true for something@domain.tld without spaces
 */
export function isEmail(text: string): boolean {
  return text.length <= longestEmail && /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]{2,}$/.test(text);
}
