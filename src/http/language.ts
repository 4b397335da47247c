import type { RequestHandler } from 'express';
import { defaultLanguage, isLanguage } from '../domain/languages';
import { readCookie } from './cookies';

const languageCookieDays = 365;

/**
 * Decides the language of the reader: `?lang=`, else the cookie of an earlier choice, else bokmål. A choice in the
 * address is remembered in a cookie that holds nothing but the two letters.
 */
export function chooseLanguage({ isSecure }: { isSecure: boolean }): RequestHandler {
  return (request, response, next) => {
    const chosen = request.query['lang'];
    const remembered = readCookie(request, 'language');
    if (isLanguage(chosen)) {
      response.cookie('language', chosen, {
        maxAge: languageCookieDays * 24 * 3600 * 1000,
        sameSite: 'lax',
        secure: isSecure,
        httpOnly: true,
      });
      response.locals.language = chosen;
    } else {
      response.locals.language = isLanguage(remembered) ? remembered : defaultLanguage;
    }
    next();
  };
}
