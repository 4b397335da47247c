import type { Request } from 'express';

/**
 * Reads one cookie of a request.
 * @param request the request
 * @param name the cookie's exact name
 * @returns its decoded value, or null when absent or malformed
 */
export function readCookie(request: Request, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) {
      try {
        return decodeURIComponent(part.slice(at + 1).trim());
      } catch {
        return null;
      }
    }
  }
  return null;
}
