import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { operator } from '../../src/domain/permissions';
import { startJobs } from '../../src/jobs/start-jobs';
import { createSignInLink } from '../../src/usecases/administrator/create-sign-in-link';
import { grantRole } from '../../src/usecases/administrator/grant-role';
import { describeInBrowser, findBarriers, openWindow, serve, withBrowser } from '../support/browser';
import { withDatabase } from '../support/database';
import { createDraftWave } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork } from '../support/results-network';
import { completePrivacy } from '../support/wave-setup';

const widths = [360, 1280];
const markColour = '11,79,108';
const pollMilliseconds = 50;
const pages = {
  'front page': '/',
  networks: '/nettverk',
  comparison: '/runder/nett/sammenligning?organisasjon=asker',
  'suppressed organisation': '/runder/nett/sammenligning?organisasjon=viken',
  'suppressed sector': '/runder/nett/sammenligning?organisasjon=asker&inndeling=sektor&gruppe=health',
  method: '/runder/nett/metode',
  spread: '/runder/nett/spredning',
  'released wave': '/runder/nett',
  'closed wave': '/runder/stengt',
  'unreleased results': '/runder/stengt/sammenligning',
  'unknown page': '/finnes-ikke',
} as const;

const database = withDatabase();

/** Colours of a chart that cover what is under them. */
function readColours(chart: Locator): Promise<readonly string[]> {
  return chart.evaluate((canvas: HTMLCanvasElement) => {
    const pen = canvas.getContext('2d');
    const pixels = pen?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    const colours = new Set<string>();
    for (let at = 0; at < pixels.length; at += 4) {
      if (pixels[at + 3] === 255) colours.add(`${pixels[at]},${pixels[at + 1]},${pixels[at + 2]}`);
    }
    return [...colours];
  });
}

/** A chart is drawn soon after it has come into view: waits until the mark of the shown organisation is on it. */
async function waitForPaint(chart: Locator): Promise<void> {
  while (!(await readColours(chart)).includes(markColour)) await chart.page().waitForTimeout(pollMilliseconds);
}

describeInBrowser('results in a browser', () => {
  const browser = withBrowser();
  let site: RespondentApp & { address: string; stop: () => Promise<void> };
  let stopJobs: () => Promise<void>;

  beforeAll(async () => {
    const app = await createRespondentApp(database.db());
    site = { ...app, ...(await serve(app.app)) };
    await createResultsNetwork(site.context, 'nett');
    await createResultsNetwork(site.context, 'stengt', { isReleased: false });
    await createDraftWave(site.context, 'kladd', { units: 12 });
    await completePrivacy(site.context, 'kladd');
    stopJobs = startJobs(site.context, database.url());
  });

  afterAll(async () => {
    await stopJobs();
    await site.stop();
  });

  async function createLink(networkKey: string): Promise<string> {
    const email = `koordinator-${networkKey}@example.org`;
    const person = { email, name: 'Kari Koordinator', role: 'coordinator', networkKey } as const;
    const { actorId } = await grantRole(site.context, operator, person);
    return site.address + (await createSignInLink(site.context, operator, { actorId })).path;
  }

  /** A browser window of the coordinator of the given networks, who signs in by keyboard. */
  async function signIn(
    networkKeys: readonly string[],
    options: BrowserContextOptions = {},
  ): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
    const context = await openWindow(browser(), options);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('status of 404')) faults.push(message.text());
    });
    for (const networkKey of networkKeys) {
      await page.goto(await createLink(networkKey));
      await page.getByRole('button', { name: 'Logg inn' }).press('Enter');
      await page.waitForURL('**/nettverk');
    }
    return { context, page, faults };
  }

  describe.each(widths)('at %i px', (width) => {
    const windows: Record<string, Awaited<ReturnType<typeof signIn>>> = {};

    beforeAll(async () => {
      for (const key of ['nett', 'stengt']) windows[key] = await signIn([key], { viewport: { width, height: 900 } });
    });

    afterAll(async () => {
      for (const { context } of Object.values(windows)) await context.close();
    });

    test.each(Object.entries(pages))('%s has no barriers, no overflow and no script faults', async (_name, path) => {
      const shown = windows[path.startsWith('/runder/stengt') ? 'stengt' : 'nett'];
      if (shown === undefined) throw new RangeError('nobody is signed in');
      const { page, faults } = shown;
      await page.goto(site.address + path);
      await page.evaluate(`document.querySelectorAll('details').forEach((details) => { details.open = true; })`);
      expect(await findBarriers(page)).toEqual([]);
      const root = 'document.documentElement';
      expect(await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`)).toBe(0);
      expect(faults).toEqual([]);
    });
  });

  test('the sign-in page and a used link have no barriers', async () => {
    const context = await openWindow(browser(), { viewport: { width: 360, height: 800 } });
    const page = await context.newPage();
    const link = await createLink('nett');
    await page.goto(link);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Logg inn' }).click();
    await page.waitForURL('**/nettverk');
    const stranger = await openWindow(browser());
    const second = await stranger.newPage();
    await second.goto(link);
    await second.getByRole('button', { name: 'Logg inn' }).click();
    await second.getByRole('heading', { name: 'Innloggingslenken kan ikke brukes' }).waitFor();
    expect(await findBarriers(second)).toEqual([]);
    await context.close();
    await stranger.close();
  });

  test.each(widths)('charts are drawn and labelled at %i px', async (width) => {
    const { context, page } = await signIn(['nett'], { viewport: { width, height: 900 } });
    await page.goto(`${site.address}/runder/nett/sammenligning?organisasjon=asker`);
    const charts = page.locator('canvas');
    expect(await charts.count()).toBe(3);
    for (const chart of await charts.all()) {
      await chart.scrollIntoViewIfNeeded();
      expect(await chart.getAttribute('aria-label')).toContain('Figur med samme tall som tabellen');
      await waitForPaint(chart);
    }
    await context.close();
  });

  test('all charts are drawn for paper, also those that were never in view', async () => {
    const { context, page } = await signIn(['nett'], { viewport: { width: 360, height: 500 } });
    await page.goto(`${site.address}/runder/nett/sammenligning?organisasjon=asker`);
    const last = page.locator('canvas').last();
    await last.waitFor();
    expect(await readColours(last)).not.toContain(markColour);
    await page.pdf();
    for (const chart of await page.locator('canvas').all()) {
      await waitForPaint(chart);
    }
    await context.close();
  });

  test('in forced colours the chart and its key keep the paper they were drawn for', async () => {
    const { context, page } = await signIn(['nett'], {
      viewport: { width: 360, height: 800 },
      forcedColors: 'active',
      colorScheme: 'dark',
    });
    await page.goto(`${site.address}/runder/nett/sammenligning?organisasjon=asker`);
    await page.locator('canvas').first().waitFor();
    for (const part of ['.chart__frame', '.legend__mark']) {
      const shown = page.locator(part).first();
      const paper = await shown.evaluate((element) => getComputedStyle(element).backgroundColor);
      expect({ part, paper }).toEqual({ part, paper: 'rgb(255, 255, 255)' });
    }
    await context.close();
  });

  test('tables fit every width, also with a long name', async () => {
    const { context, page } = await signIn(['nett'], { javaScriptEnabled: false });
    await page.goto(`${site.address}/runder/nett/sammenligning?organisasjon=asker`);
    await page.evaluate(`document.querySelectorAll('.figures').forEach((table) => {
      table.innerHTML = table.innerHTML.replaceAll('Asker', 'Møre og Romsdal fylkeskommune');
    })`);
    for (const width of [360, 640, 768, 992, 1024]) {
      await page.setViewportSize({ width, height: 800 });
      const root = 'document.documentElement';
      const overflow = await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`);
      expect({ width, overflow }).toEqual({ width, overflow: 0 });
    }
    await context.close();
  });

  test('works without JavaScript: tables, filters, members and steps', async () => {
    const { context, page } = await signIn(['nett'], {
      javaScriptEnabled: false,
      viewport: { width: 360, height: 800 },
    });
    await page.goto(`${site.address}/runder/nett/sammenligning`);
    expect(await page.locator('figure[data-comparison-chart]').first().isVisible()).toBe(false);
    await page.getByLabel('Organisasjon').selectOption('drammen');
    await page.getByRole('button', { name: 'Vis', exact: true }).click();
    expect(new URL(page.url()).searchParams.get('organisasjon')).toBe('drammen');
    await page.locator('details.members > summary').first().click();
    await page.locator('details.members table').first().waitFor({ state: 'visible' });
    await page.getByLabel('Utsnitt').selectOption('education');
    await page.getByRole('button', { name: 'Vis', exact: true }).click();
    expect(await page.locator('.eyebrow').textContent()).toContain('Drammen · Oppvekst og utdanning');
    await context.close();
  });

  test('a wave is opened, closed and released by keyboard, each with a confirmation', async () => {
    const { context, page } = await signIn(['kladd'], { viewport: { width: 360, height: 800 } });
    await page.goto(`${site.address}/runder/kladd`);
    expect(await page.getByRole('heading', { name: 'Hva som trolig blir skjult' }).isVisible()).toBe(true);
    expect(await findBarriers(page)).toEqual([]);
    for (const [first, second, state] of [
      ['Åpne runden …', 'Ja, åpne runden', 'Åpen'],
      ['Steng runden …', 'Ja, steng runden', 'Stengt'],
    ] as const) {
      expect(await page.getByRole('button', { name: second }).isVisible()).toBe(false);
      await page.getByText(first).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForFunction((text) => document.querySelector('.eyebrow')?.textContent === text, state);
      expect(await findBarriers(page)).toEqual([]);
    }
    expect(await page.getByText('Frigi tallene …').isVisible()).toBe(true);
    await context.close();
  });

  test('the keyboard reaches the main content first and every filter in order', async () => {
    const { context, page } = await signIn(['nett']);
    await page.goto(`${site.address}/runder/nett/sammenligning?organisasjon=asker`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement?.id')).toBe('innhold');
    const reached: unknown[] = [];
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate('document.activeElement?.name ?? document.activeElement?.tagName'));
    }
    expect(reached.slice(1, 6)).toEqual(['organisasjon', 'tema', 'gruppe', 'mot', 'runde']);
    await context.close();
  });
});
