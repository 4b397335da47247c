import type { Page } from 'playwright-core';
import { operator } from '../../src/domain/permissions';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { describeInBrowser, findBarriers, serve, withBrowser } from '../support/browser';
import { openCoordinatorPage } from '../support/coordinator-page';
import { withDatabase } from '../support/database';
import { createDraftWave } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork } from '../support/results-network';
import { completePrivacy } from '../support/wave-setup';

const widths = [360, 1280];
const networks = ['kladd', 'apen', 'stengt'];
const database = withDatabase();

describeInBrowser('the life of a wave in a browser', () => {
  const browser = withBrowser();
  let site: RespondentApp & { address: string; stop: () => Promise<void> };
  const pages = new Map<number, Page>();

  beforeAll(async () => {
    const app = await createRespondentApp(database.db());
    site = { ...app, ...(await serve(app.app)) };
    const { context } = site;
    for (const key of ['kladd', 'apen']) await createDraftWave(context, key, { level: 'anonym' });
    await completePrivacy(context, 'apen');
    await openWave(context, operator, { waveKey: 'apen' });
    await createResultsNetwork(context, 'stengt', { isReleased: false });
    await createResultsNetwork(context, 'offentlig', { isReleased: false });
    const choice = { visibility: 'public', embargoUntil: null } as const;
    await releaseWave(context, operator, { waveKey: 'offentlig', choice });
    for (const width of widths) pages.set(width, await openCoordinatorPage(browser(), site, { networks, width }));
  });

  afterAll(() => site.stop());

  async function expectFine(page: Page, width: number): Promise<void> {
    for (const details of await page.locator('details').all()) {
      await details.evaluate((element) => {
        element.setAttribute('open', '');
      });
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await findBarriers(page)).toEqual([]);
  }

  describe.each(widths)('at %i pixels', (width) => {
    test.each([
      '/nettverk/kladd/ny-runde',
      '/runder/kladd',
      '/runder/kladd/innstillinger',
      '/runder/kladd/personvern',
      '/runder/kladd/personvern/asker',
      '/runder/apen/innstillinger',
      '/runder/apen/forhandsvisning',
      '/runder/stengt',
      '/runder/offentlig/sammenligning?organisasjon=asker',
    ])('%s has no barriers and does not scroll sideways', async (path) => {
      const page = pages.get(width);
      if (page === undefined) throw new RangeError('no session');
      await page.goto(site.address + path);
      await expectFine(page, width);
    });
  });

  test('a round is planned and prepared with the keyboard and the mouse, and previewed without being stored', async () => {
    const page = pages.get(360);
    if (page === undefined) throw new RangeError('no session');
    await page.goto(`${site.address}/nettverk/kladd/ny-runde`);
    await page.getByRole('button', { name: 'Opprett runden' }).click();
    await expectFine(page, 360);
    await page.getByLabel('Nøkkel').fill('var-2027');
    await page.getByLabel('Perioden det spørres om').fill('2026–2027');
    await page.getByLabel('Fortrolig').focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Opprett runden' }).click();
    expect(page.url()).toBe(`${site.address}/runder/var-2027`);
    expect(await page.locator('.readiness li[data-status=missing]').count()).toBe(3);
    await page.getByRole('link', { name: 'Forhåndsvisning' }).click();
    await page.getByRole('button', { name: 'Start' }).first().click();
    await page.getByLabel('Ja', { exact: true }).check();
    await page.getByRole('button', { name: 'Dansk' }).click();
    expect(await page.getByLabel('Ja', { exact: true }).isChecked()).toBe(true);
    await page.locator('.actions button[value=next]').click();
    await expectFine(page, 360);
    const drafts = await database.db().raw<{ rows: unknown[] }>('SELECT 1 FROM draft');
    expect(drafts.rows).toEqual([]);
  });
});
