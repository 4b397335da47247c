import type { Page } from 'playwright-core';
import { operator } from '../../src/domain/permissions';
import { recordFact } from '../../src/usecases/administrator/record-fact';
import { importOrganisations } from '../../src/usecases/coordinator/import-organisations';
import { describeInBrowser, findBarriers, serve, withBrowser } from '../support/browser';
import { importedOrganisations } from '../support/closed-wave';
import { openCoordinatorPage } from '../support/coordinator-page';
import { withDatabase } from '../support/database';
import { createDraftWave, csvFile } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork } from '../support/results-network';

const widths = [360, 1280];
const database = withDatabase();

describeInBrowser('peer groups in a browser', () => {
  const browser = withBrowser();
  let site: RespondentApp & { address: string; stop: () => Promise<void> };
  const pages = new Map<number, Page>();

  beforeAll(async () => {
    const app = await createRespondentApp(database.db());
    site = { ...app, ...(await serve(app.app)) };
    const { context } = site;
    await createDraftWave(context, 'kladd');
    const lines = importedOrganisations.map(({ key, name, orgnr, kind }) => [key, name, orgnr, kind].join(','));
    const file = csvFile(['key,name,orgnr,kind', ...lines].join('\n'));
    await importOrganisations(context, operator, { networkKey: 'kladd', file });
    const source = 'Statistisk sentralbyrå, tabell 07459';
    for (const [key, value] of Object.entries({ asker: '98000', drammen: '104000', oslo: '717000' })) {
      await recordFact(context, operator, { key, factKind: 'population', year: '2026', value, source });
    }
    const groups = [{ name: 'Naboer langs fjorden', members: ['asker', 'lier', 'viken'] }];
    await createResultsNetwork(context, 'tall', { peers: { bases: ['kind'], groups } });
    for (const width of widths)
      pages.set(width, await openCoordinatorPage(browser(), site, { networks: ['kladd', 'tall'], width }));
  });

  afterAll(() => site.stop());

  async function expectFine(page: Page, width: number): Promise<void> {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await findBarriers(page)).toEqual([]);
  }

  test.each(widths)('are chosen with ticks and a name at %i px', async (width) => {
    const page = pages.get(width)!;
    await page.goto(`${site.address}/runder/kladd/grupper`);
    await page.getByRole('checkbox', { name: 'Kommuner og fylkeskommuner' }).check();
    await page.getByLabel('Navn på gruppe 1').fill('Naboer');
    await page.getByText('Medlemmer i gruppe 1').click();
    const members = page.locator('details').filter({ hasText: 'Medlemmer i gruppe 1' });
    for (const box of await members.getByRole('checkbox').all()) await box.uncheck();
    await members.getByRole('checkbox', { name: 'Asker' }).check();
    await expectFine(page, width);
    await page.getByRole('button', { name: 'Lagre gruppene' }).click();
    expect(await page.getByText('«Naboer» må ha minst 3 medlemmer.').count()).toBeGreaterThan(0);
    await expectFine(page, width);
    for (const name of ['Drammen', 'Lier']) await members.getByRole('checkbox', { name }).check();
    await page.getByRole('button', { name: 'Lagre gruppene' }).click();
    await page.getByText('Gruppene er lagret.').waitFor();
    await expectFine(page, width);
  });

  test.each(widths)('are compared with from the filter at %i px', async (width) => {
    const page = pages.get(width)!;
    await page.goto(`${site.address}/runder/tall/sammenligning?organisasjon=asker&mot=gruppe-chosen-1`);
    expect(await page.locator('select[name="mot"] option:checked').textContent()).toBe('Naboer langs fjorden');
    await expectFine(page, width);
    await page.goto(`${site.address}/runder/tall/grupper`);
    await expectFine(page, width);
    await page.goto(`${site.address}/runder/tall/metode`);
    await expectFine(page, width);
  });
});
