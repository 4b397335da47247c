const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/**
 * Writes data as JSON that may stand inside a script element: nothing in it can end the element.
 * @param data anything that JSON can hold
 * @returns JSON text without <, >, & and line separators
 */
export function embedJson(data: unknown): string {
  return JSON.stringify(data).replaceAll(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? character);
}
