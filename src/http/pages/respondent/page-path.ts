export const reviewPath = '/undersokelse/oversikt';

/**
 * @param name name of a page of the instrument
 * @returns its address, without any token
 */
export function pagePath(name: string): string {
  return `/undersokelse/side/${encodeURIComponent(name)}`;
}
