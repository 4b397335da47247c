import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import type { Express } from 'express';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { findChromium } from './find-chromium';

const launchFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** How long a page may take on a machine that has other things to do. */
const patienceMilliseconds = 60_000;
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

const search = findChromium(process.env);

/**
 * Describes tests that need a browser; where there is none they are skipped, each by its name, and the reason is told. A
 * browser that CHROMIUM_PATH names must be there: without it the tests fail. A test that fails is tried once more, for
 * browsers stumble over what is none of the product's; what failed the first time is told all the same.
 * @param name what the tests are about
 * @param tests the tests
 */
export function describeInBrowser(name: string, tests: () => void): void {
  if ('path' in search) {
    jest.retryTimes(1, { logErrorsBeforeRetry: true, retryImmediately: true });
    describe(name, tests);
    return;
  }
  if (search.wasAskedFor) throw new Error(search.missing);
  process.stderr.write(`SKIPPED for want of Chromium (${search.missing}; set CHROMIUM_PATH): ${name}\n`);
  describe.skip(name, tests);
}

/**
 * Starts the browser for a test file.
 * @returns function that gives the browser in tests and hooks
 */
export function withBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if ('path' in search) browser = await chromium.launch({ executablePath: search.path, args: launchFlags });
  });
  afterAll(() => browser?.close());
  return () => {
    if (browser === undefined) throw new RangeError('the browser is there in tests and hooks only');
    return browser;
  };
}

/**
 * Opens a window of somebody's own, with its own cookies.
 * @param browser a browser
 * @param options size, language and so on
 */
export async function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const window = await browser.newContext(options);
  window.setDefaultTimeout(patienceMilliseconds);
  return window;
}

/**
 * Signs somebody in who follows a link of their own.
 * @param page of the window that is signed in
 * @param link whole address of the link
 */
export async function signInByLink(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.locator('main button').click();
  await page.waitForURL('**/nettverk');
}

/**
 * Does what leads to another page, and waits until that page is there.
 * @param page as it stands
 * @param act what somebody does
 */
export async function untilLoaded(page: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()]);
}

/**
 * Serves an application on a free port of this machine.
 * @param app the application
 * @returns its address without a slash at the end, and a function that stops it
 */
export async function serve(app: Express): Promise<{ address: string; stop: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    app(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/**
 * Looks for barriers on a page: WCAG 2.0 to 2.2, A and AA, and best practice.
 * @param page the page as it stands
 * @returns one line a violation: rule and the elements it concerns
 */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
