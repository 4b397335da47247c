import type { Page } from 'playwright-core';
import { goOn, untilSaved } from '../answering';

/** A respondent's browser without a window: what forms hold is read from the pages. */
interface Visit {
  readonly address: string;
  cookie: string;
}

const mostPages = 40;
const receipt = '/undersokelse/kvittering';

async function ask(visit: Visit, path: string, body?: URLSearchParams): Promise<Response> {
  const response = await fetch(visit.address + path, {
    method: body === undefined ? 'GET' : 'POST',
    redirect: 'manual',
    headers: { cookie: visit.cookie },
    ...(body !== undefined && { body }),
  });
  const [cookie] = response.headers.getSetCookie().filter((each) => each.startsWith('respondent='));
  if (cookie !== undefined) visit.cookie = cookie.split(';')[0] ?? '';
  return response;
}

const readAttribute = (tag: string, name: string): string => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';

/** What somebody with this number would send: every question that is asked gets an answer, text stays empty. */
function fillIn(html: string, number: number): URLSearchParams {
  const body = new URLSearchParams({ _action: 'next' });
  const choices = new Map<string, string[]>();
  for (const [tag] of html.matchAll(/<input [^>]*>/g)) {
    if (/ disabled/.test(tag)) continue;
    const name = readAttribute(tag, 'name');
    const value = readAttribute(tag, 'value');
    if (tag.includes('type="hidden"')) body.append(name, value);
    else if (tag.includes('type="radio"') || tag.includes('type="checkbox"')) {
      choices.set(name, [...(choices.get(name) ?? []), value]);
    }
  }
  [...choices].forEach(([name, values], place) => {
    body.set(name, values[(number + place) % values.length] ?? '');
  });
  return body;
}

/**
 * Answers by a personal link, by the forms that the pages hold.
 * @param address of the installation
 * @param request path of the link, and a number that the answers depend on
 */
export async function answerByForms(
  address: string,
  { path, number }: { readonly path: string; readonly number: number },
): Promise<void> {
  const visit: Visit = { address, cookie: '' };
  let response = await ask(visit, path, new URLSearchParams());
  for (let pages = 0; pages < mostPages; pages += 1) {
    const next = response.headers.get('location');
    if (next === receipt) return;
    const at = next ?? new URL(response.url).pathname;
    const html = await (next === null ? response : await ask(visit, next)).text();
    const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? at;
    response = await ask(visit, action, fillIn(html, number));
  }
  throw new Error(`no receipt after ${mostPages} pages`);
}

/**
 * Answers by a personal link in a browser.
 * @param page the browser
 * @param link whole address of the link
 * @param visit what is done on every page
 */
export async function answerInBrowser(
  page: Page,
  link: string,
  visit: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  await page.goto(link);
  await visit(page, 'svar-forside');
  await page.locator('#start button').click();
  for (let pages = 0; page.url().includes('/side/') && pages < mostPages; pages += 1) {
    await fillInPage(page);
    await visit(page, `svar-${page.url().split('/').at(-1) ?? ''}`);
    await goOn(page);
  }
  await visit(page, 'svar-oversikt');
  await page.locator('.send button').click();
  await page.waitForURL(`**${receipt}`);
  await visit(page, 'svar-kvittering');
}

/** Chooses the first answer of every question, also of those that open up along the way. */
async function fillInPage(page: Page): Promise<void> {
  const open = page.locator('fieldset[data-question]:not([hidden])');
  for (let at = 0; at < (await open.count()); at += 1) {
    const question = open.nth(at);
    await untilSaved(page, () => question.locator('input[type=radio], input[type=checkbox]').first().check());
  }
}
