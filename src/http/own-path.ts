const longestPath = 500;
const base = 'http://own.invalid';

/** Addresses that lead nowhere for somebody who has just signed in. */
const circular = /^\/(logg-inn|logg-ut|demo)(\/|$)/;

/**
 * Reads where somebody wants to go on to: a path of this installation and nothing else.
 * @param value any value of a form or a query
 * @returns path with query, or null for everything that could lead elsewhere
 */
export function readOwnPath(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > longestPath || !/^\/[\x21-\x7e]*$/.test(value)) return null;
  // Browsers take both for the beginning of another host's address.
  if (value.startsWith('//') || value.includes('\\') || !URL.canParse(value, base)) return null;
  const { origin, pathname, search } = new URL(value, base);
  return origin === base && !circular.test(pathname) && !pathname.startsWith('//') ? `${pathname}${search}` : null;
}
