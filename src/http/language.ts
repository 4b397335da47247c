import type { RequestHandler, Response } from 'express';
import { defaultLanguage, isLanguage, languages, type Language } from '../domain/languages';
import { readCookie } from './cookies';

const languageCookieDays = 365;

/** What each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = {
  nb: 'Bokmål',
  nn: 'Nynorsk',
  en: 'English',
  da: 'Dansk',
};

/** The languages as choices of a form. */
export const languageOptions = languages.map((value) => ({ value, label: languageNames[value] }));

/**
 * Remembers the reader's choice in a cookie that holds nothing but the two letters.
 * @param response the answer
 * @param language the language
 * @param isSecure whether the public address is https
 */
export function rememberLanguage(response: Response, language: Language, isSecure: boolean): void {
  response.cookie('language', language, {
    maxAge: languageCookieDays * 24 * 3600 * 1000,
    sameSite: 'lax',
    secure: isSecure,
    httpOnly: true,
  });
}

/**
 * Decides the language of the reader: `?lang=`, else the cookie of an earlier choice, else bokmål. A choice in the
 * address is remembered.
 */
export function chooseLanguage({ isSecure }: { isSecure: boolean }): RequestHandler {
  return (request, response, next) => {
    const chosen = request.query['lang'];
    const remembered = readCookie(request, 'language');
    if (isLanguage(chosen)) {
      rememberLanguage(response, chosen, isSecure);
      response.locals.language = chosen;
    } else {
      response.locals.language = isLanguage(remembered) ? remembered : defaultLanguage;
    }
    next();
  };
}
