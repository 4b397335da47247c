import type { Request, Response } from 'express';
import { languages, type Language } from '../domain/languages';
import { translate, type TextKey, type TextValues } from '../texts/translate';

/** What every view gets besides its own model. */
export interface Page {
  readonly title: string;
  readonly language: Language;
  readonly t: (key: TextKey, values?: TextValues) => string;
  readonly languageLinks: readonly { language: Language; name: string; href: string; isCurrent: boolean }[];
  readonly assetVersion: string;
  readonly isDemo: boolean;
  readonly actorName: string | null;
  readonly csrfToken: string | null;
  readonly scripts: readonly string[];
}

export interface PageOptions {
  /** Plain title of the page; the layout adds the product's name. */
  readonly title: string;
  readonly status?: number;
  /** Shows that the figures or the round are synthetic. */
  readonly isDemo?: boolean;
  /** Names of scripts under /assets, without .js. */
  readonly scripts?: readonly string[];
}

const languageNames: Readonly<Record<Language, string>> = {
  nb: 'Bokmål',
  nn: 'Nynorsk',
  en: 'English',
  da: 'Dansk',
};

/** Relative to the page: an address may hold a token, and a page never repeats one. */
function linkToLanguage(request: Request, language: Language): string {
  const query = request.method === 'GET' ? (request.originalUrl.split('?')[1] ?? '') : '';
  const parameters = new URLSearchParams(query);
  parameters.set('lang', language);
  return `?${parameters.toString()}`;
}

/**
 * Answers a request with a view.
 * @param context request and response
 * @param view folder and name of the view, such as "front/front-page"
 * @param options title and what the layout shows
 * @param model the view's own typed model
 */
export function renderPage(
  { request, response }: { request: Request; response: Response },
  view: string,
  options: PageOptions,
  model: object = {},
): void {
  const { language, actor } = response.locals;
  const page: Page = {
    title: options.title,
    language,
    t: (key, values) => translate(language, key, values),
    languageLinks: languages.map((each) => ({
      language: each,
      name: languageNames[each],
      href: linkToLanguage(request, each),
      isCurrent: each === language,
    })),
    assetVersion: response.locals.assetVersion,
    isDemo: options.isDemo ?? false,
    actorName: actor.kind === 'person' ? actor.name : null,
    csrfToken: actor.kind === 'person' && request.csrfToken !== undefined ? request.csrfToken() : null,
    scripts: options.scripts ?? [],
  };
  response.status(options.status ?? 200).render(view, { page, ...model });
}
