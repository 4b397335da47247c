import type { Request, Response } from 'express';
import { languages, type Language } from '../domain/languages';
import { can, type Action } from '../domain/permissions';
import { translate, type TextKey, type TextValues } from '../texts/translate';
import { languageNames } from './language';

/** What every view gets besides its own model. */
export interface Page {
  readonly title: string;
  readonly language: Language;
  readonly t: (key: TextKey, values?: TextValues) => string;
  readonly languageLinks: readonly { language: Language; name: string; href: string; isCurrent: boolean }[];
  readonly assetVersion: string;
  /** Name of the style sheet under /assets/build, without .css. */
  readonly styleSheet: 'main' | 'answering';
  readonly isDemo: boolean;
  readonly actorName: string | null;
  /** The main places of somebody who is signed in. */
  readonly navigation: readonly { readonly name: string; readonly href: string; readonly isCurrent: boolean }[];
  readonly csrfToken: string | null;
  readonly scripts: readonly string[];
  /** Without a script the page is loaded again after so many seconds; null: never. */
  readonly refreshSeconds: number | null;
}

/** A request and the answer to it. */
export interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

export interface PageOptions {
  /** Plain title of the page; the layout adds the product's name. */
  readonly title: string;
  readonly status?: number;
  /** Shows that the figures or the round are synthetic. */
  readonly isDemo?: boolean;
  /** Names of scripts under /assets, without .js. */
  readonly scripts?: readonly string[];
  /** For a page that waits for something: without a script it is loaded again after so many seconds. */
  readonly refreshSeconds?: number;
}

/** Relative to the page: an address may hold a token, and a page never repeats one. */
function linkToLanguage(request: Request, language: Language): string {
  const at = request.originalUrl.indexOf('?');
  if (at < 0 || request.method !== 'GET') return `?lang=${language}`;
  const parameters = new URLSearchParams(request.originalUrl.slice(at));
  parameters.set('lang', language);
  return `?${parameters.toString()}`;
}

/** Places with the right they need; the use cases behind them ask again. */
const places: readonly { readonly name: TextKey; readonly href: string; readonly action: Action | null }[] = [
  { name: 'layout.networks', href: '/nettverk', action: null },
  { name: 'layout.waves', href: '/runder', action: null },
  { name: 'layout.administration', href: '/administrasjon', action: 'administer installation' },
  { name: 'layout.account', href: '/konto', action: null },
];

function createNavigation(request: Request, { locals: { actor, language } }: Response): Page['navigation'] {
  if (actor.kind !== 'person') return [];
  const wholeInstallation = { networkId: null, organisationId: null };
  return places
    .filter(({ action }) => action === null || can(actor, action, wholeInstallation))
    .map(({ name, href }) => ({
      name: translate(language, name),
      href,
      isCurrent: request.path === href || request.path.startsWith(`${href}/`),
    }));
}

/**
 * Describes what the layout shows to the reader of a page.
 * @param exchange request and response
 * @param options title and what the layout shows
 * @param styleSheet name of the page's style sheet
 */
export function describePage(
  { request, response }: Exchange,
  options: PageOptions,
  styleSheet: Page['styleSheet'] = 'main',
): Page {
  const { language, actor } = response.locals;
  return {
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
    styleSheet,
    isDemo: options.isDemo === true || response.locals.isDemo === true,
    navigation: createNavigation(request, response),
    actorName: actor.kind === 'person' ? actor.name : null,
    csrfToken: actor.kind === 'person' && request.csrfToken !== undefined ? request.csrfToken() : null,
    scripts: options.scripts ?? [],
    refreshSeconds: options.refreshSeconds ?? null,
  };
}

/**
 * Answers a request with a view.
 * @param exchange request and response
 * @param view folder and name of the view, such as "front/front-page"
 * @param options title and what the layout shows
 * @param model the view's own typed model
 */
export function renderPage(exchange: Exchange, view: string, options: PageOptions, model: object = {}): void {
  const { request, response } = exchange;
  const page = describePage(exchange, options, view.startsWith('respondent/') ? 'answering' : 'main');
  response.status(options.status ?? 200).render(view, { page, ...model }, (error: unknown, html: string) => {
    if (error instanceof Error) request.next?.(error);
    else sendHtml(response, html);
  });
}

/** As `response.send`, without its search for what is known here: pages are text, are never cached and have no ETag. */
function sendHtml(response: Response, html: string): void {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(html));
  response.end(html);
}
