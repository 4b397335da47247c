import { drawBody, type Body } from './bodies';
import { createDraws, tamper, type Draws } from './draws';
import { drawEncoded, drawText } from './junk';
import type { Route } from './list-routes';
import type { FuzzSite } from './site';

/** One request, byte by byte. */
export interface FuzzRequest {
  readonly method: string;
  /** Route that its address was made from. */
  readonly route: string;
  readonly bytes: Buffer;
  readonly isUnfinished: boolean;
  readonly mayBeCut: boolean;
}

const methods = [
  'GET',
  'POST',
  'HEAD',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'FOO',
  'get',
];
const queryNames = [
  'lang',
  'from',
  'saved',
  'opened',
  'organisasjon',
  'tema',
  'inndeling',
  'gruppe',
  'runde',
  '_csrf',
  'x[y]',
];
const queryValues = ['nb', 'nn', 'en', 'da', 'review', '1', 'asker', 'sektor', 'storrelse', 'M', 'education', 'fuzz'];
const pages = ['tools', 'training_page', 'introduced', 'latest', 'under_development'];
const demoRoles = ['respondent', 'coordinator', 'researcher'];
const otherPaths = [
  '/assets/js/respondent.js',
  '/assets/build/main.css',
  '/assets/',
  '//',
  '/*',
  '*',
  'http://[',
  '/%',
  '?',
  '/..%2f',
];
const oddHeaders = [
  'Accept-Encoding: gzip, br',
  'Accept: application/json',
  'Sec-Fetch-Site: cross-site',
  'Range: bytes=5-1',
  'If-None-Match: *',
  'If-Modified-Since: x',
  'Expect: 100-continue',
  'Expect: something',
  'Upgrade: websocket',
  'X-HTTP-Method-Override: DELETE',
  'X-Forwarded-Proto: https',
  'X-Forwarded-Host: evil.example',
  'Origin: null',
  'Referer: https://evil.example/',
  'Host: second.example',
  'Bad Header: x',
  'NoColon',
  'X-Null: a\u0000b',
  'Content-Length: 5',
  'Transfer-Encoding: identity',
];
const addresses = ['::1', '::ffff:10.0.0.1', '2001:db8::1', 'unknown', '1.2.3.4, 5.6.7.8', '999.999.999.999', 'x'];

function drawParameter(draws: Draws, site: FuzzSite, name: string): string {
  if (draws.chance(0.2)) return drawEncoded(draws);
  switch (name) {
    case 'token': {
      const tokens = [...site.respondents.map(({ token }) => token), ...site.signInTokens];
      const token = draws.one(tokens);
      return draws.chance(0.5) ? token : tamper(draws, token);
    }
    case 'wave':
    case 'network':
      return draws.one(site.waveKeys);
    case 'organisation':
      return draws.one(['asker', 'oslo', 'nowhere']);
    case 'page':
      return draws.one(pages);
    case 'role':
      return draws.one(demoRoles);
    default:
      return drawEncoded(draws);
  }
}

function drawPath(draws: Draws, site: FuzzSite, route: string): string {
  const path = route
    .replace(/\{\*\w+\}/, () => drawParameter(draws, site, ''))
    .replace(/:(\w+)/g, (_match, name: string) => drawParameter(draws, site, name));
  if (draws.chance(0.05)) return `${path}/`;
  return draws.chance(0.03) ? tamper(draws, path).replaceAll(' ', '') : path;
}

function drawQuery(draws: Draws): string {
  if (draws.chance(0.5)) return '';
  const count = draws.chance(0.02) ? 200 : 1 + draws.below(4);
  const pairs = Array.from({ length: count }, () => {
    const name = draws.chance(0.85) ? draws.one(queryNames) : drawEncoded(draws);
    return `${name}=${draws.chance(0.6) ? draws.one(queryValues) : drawEncoded(draws)}`;
  });
  return `?${pairs.join('&')}`;
}

/** With a form's token they would soon leave nobody signed in. */
const endsSession = /^\/logg-(ut|inn\/:token)$/;

interface Identity {
  readonly cookies: readonly string[];
  /** Encoded fields that the identity's forms carry. */
  readonly fields: readonly string[];
}

/** Nobody, a respondent, somebody signed in, both, or somebody who pretends. */
function drawIdentity(draws: Draws, site: FuzzSite): Identity {
  const cookies: string[] = [];
  const fields: string[] = [];
  if (draws.chance(0.5)) {
    const { cookie, formKey } = draws.one(site.respondents);
    cookies.push(draws.chance(0.85) ? cookie : tamper(draws, cookie));
    fields.push(`_form=${draws.chance(0.85) ? formKey : draws.one(site.respondents).formKey}`);
  }
  if (draws.chance(0.5)) {
    const { cookie, csrfToken } = draws.one(site.signedIn);
    cookies.push(draws.chance(0.85) ? cookie : tamper(draws, cookie));
    // Mostly refused, so that waves do not all end up closed at once.
    if (draws.chance(0.25)) fields.push(`_csrf=${csrfToken}`);
  }
  if (draws.chance(0.1)) cookies.push(`language=${draws.one(['nn', 'xx', drawEncoded(draws)])}`);
  if (draws.chance(0.05)) cookies.push(draws.one(['=', 'session=s%3Ax.y', 'respondent=%', 'session', ';;;', 'a=b=c']));
  return { cookies, fields };
}

function drawHeaders(draws: Draws): readonly string[] {
  const headers = draws.chance(0.97) ? ['Host: localhost'] : [];
  // Counted by address: a new one nearly every time.
  const address = draws.chance(0.9)
    ? `10.${draws.below(256)}.${draws.below(256)}.${draws.below(256)}`
    : draws.one(addresses);
  headers.push(`X-Forwarded-For: ${address}`);
  while (draws.chance(0.2)) headers.push(draws.one(oddHeaders));
  if (draws.chance(0.01)) headers.push(`X-Long: ${'x'.repeat(20_000)}`);
  if (draws.chance(0.01)) headers.push(...Array.from({ length: 200 }, (_, index) => `X-${index}: x`));
  if (draws.chance(0.02)) headers.push(`X-Text: ${drawText(draws)}`);
  return headers;
}

/**
 * Makes a stream of requests over every route: sound ones, unsound ones and what is no request at all.
 * @param seed any whole number; the same one gives the same requests on the same site
 * @param routes every route of the application
 * @param site what is valid there
 */
export function createFuzzer(seed: number, routes: readonly Route[], site: FuzzSite): () => FuzzRequest {
  const draws = createDraws(seed);
  const known = [...routes, ...otherPaths.map((path): Route => ({ method: 'GET', path }))];
  // However many pages there come to be, answering and the steps of a wave stay a good part of what is tried.
  const central = routes.filter(({ path }) => /^\/(undersokelse|svar|runder)\b/.test(path));
  return () => {
    const route = draws.one(central.length > 0 && draws.chance(0.4) ? central : known);
    const method = draws.chance(0.85) ? route.method : draws.one(methods);
    const path = `${drawPath(draws, site, route.path)}${drawQuery(draws)}`;
    const target = draws.chance(0.005) ? `${path}?${'x'.repeat(draws.one([3_000, 20_000]))}` : path;
    const { cookies, fields: drawn } = drawIdentity(draws, site);
    const fields = endsSession.test(route.path) ? drawn.filter((field) => !field.startsWith('_csrf=')) : drawn;
    const hasBody = method === 'POST' || draws.chance(0.05);
    const body: Body = hasBody
      ? drawBody(draws, fields)
      : { bytes: Buffer.alloc(0), headers: [], mayBeCut: false, isUnfinished: false };
    const headers = [...drawHeaders(draws), ...body.headers, 'Connection: close'];
    if (cookies.length > 0) headers.push(`Cookie: ${cookies.join('; ')}`);
    const version = draws.chance(0.98) ? 'HTTP/1.1' : draws.one(['HTTP/1.0', 'HTTP/2.0', 'HTTP/9', '']);
    const head = `${method} ${target} ${version}\r\n${headers.join('\r\n')}\r\n\r\n`;
    const bytes = Buffer.concat([Buffer.from(head), body.bytes]);
    return { method, route: route.path, bytes, isUnfinished: body.isUnfinished, mayBeCut: body.mayBeCut };
  };
}
