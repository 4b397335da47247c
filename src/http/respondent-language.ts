import type { Request, Response } from 'express';
import { isLanguage, type Language } from '../domain/languages';
import { readCookie } from './cookies';

/**
 * @param request the request
 * @returns the language that the reader has chosen now or before, or null
 */
export function chosenLanguage(request: Request): Language | null {
  const asked = request.query['lang'];
  if (isLanguage(asked)) return asked;
  const remembered = readCookie(request, 'language');
  return isLanguage(remembered) ? remembered : null;
}

/**
 * Uses the respondent's own language until the reader has chosen one.
 * @param exchange request and response
 * @param language the draft's language, else the invitation's
 */
export function preferLanguage(
  { request, response }: { request: Request; response: Response },
  language: Language,
): void {
  response.locals.language = chosenLanguage(request) ?? language;
}
