import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { operator, type Role } from '../../src/domain/permissions';
import { createSignInLink } from '../../src/usecases/administrator/create-sign-in-link';
import { grantRole } from '../../src/usecases/administrator/grant-role';
import { inviteAdministrator } from '../../src/usecases/administrator/invite-administrator';
import { saveProvider } from '../../src/usecases/administrator/save-provider';
import { describeInBrowser, findBarriers, openWindow, serve, signInByLink, withBrowser } from '../support/browser';
import { withDatabase } from '../support/database';
import { createDraftWave } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';

const provider = {
  key: 'entra',
  name: 'Microsoft',
  kind: 'entra',
  issuer: '',
  tenantId: '11111111-2222-3333-4444-555555555555',
  clientId: 'x',
  authentication: 'private_key_jwt',
  secret: '',
  scopes: 'openid profile',
  acrValues: '',
  usesUserInfo: false,
  organisations: 'asker oslo',
  roleRules: 'groups = 3f1c2d4e -> organisation_contact fjord asker',
  isActive: true,
};
const widths = [360, 1280];
/** Folder for pictures of the pages, for looking at them. */
const pictures = process.env['PICTURES'];

describeInBrowser('pages of signing in, people and administration', () => {
  const database = withDatabase();
  const browser = withBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'barometer-pages-'));
  let site: RespondentApp;
  let address: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    site = await createRespondentApp(database.db(), { DATA_DIR: folder });
    await createDraftWave(site.context, 'fjord');
    await saveProvider(site.context, operator, { ...provider, isNew: true });
    ({ address, stop } = await serve(site.app));
  });
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function openAs(role: Role | null, width: number): Promise<BrowserContext> {
    const context = await openWindow(browser(), { viewport: { width, height: 900 }, javaScriptEnabled: role !== null });
    if (role === null) return context;
    const email = `${role}@example.org`;
    let path: string;
    if (role === 'administrator') path = (await inviteAdministrator(site.context, operator, { email })).path;
    else {
      const organisation = role === 'organisation_contact' ? { organisationKey: 'asker' } : {};
      const grant = { email, name: 'Kari Koordinator', role, networkKey: 'fjord', ...organisation };
      path = (await createSignInLink(site.context, operator, await grantRole(site.context, operator, grant))).path;
    }
    const page = await context.newPage();
    await signInByLink(page, address + path);
    await page.close();
    return context;
  }

  const pages = [
    [null, '/logg-inn', 'logg-inn'],
    [null, '/logg-inn/sendt', 'sendt'],
    [null, '/', 'forside'],
    [null, '/konto', 'feil'],
    ['coordinator', '/konto', 'konto'],
    ['coordinator', '/nettverk/fjord/folk', 'folk'],
    ['administrator', '/administrasjon', 'administrasjon'],
    ['administrator', '/administrasjon/folk', 'administratorer'],
    ['administrator', '/administrasjon/innlogging', 'leverandorer'],
    ['administrator', '/administrasjon/innlogging/entra', 'leverandor'],
    ['administrator', '/administrasjon/hendelser', 'hendelser'],
  ] as const;

  test.each(pages)('%s at %s: no barriers, nothing beyond the edge of a phone', async (role, path, name) => {
    if (role === 'coordinator') {
      const contact = { email: 'ola@example.org', name: 'Ola Nordmann', role: 'organisation_contact' } as const;
      await grantRole(site.context, operator, { ...contact, networkKey: 'fjord', organisationKey: 'asker' });
    }
    for (const width of widths) {
      const context = await openAs(role, width);
      const page = await context.newPage();
      await page.goto(`${address}${path}`);
      if (pictures !== undefined)
        await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      if (role !== null) expect(await findBarriers(page)).toEqual([]);
      await context.close();
    }
  });

  test('somebody is invited and their role extended by keyboard and without scripts', async () => {
    const signedIn = await openAs('coordinator', 360);
    const cookies = await signedIn.cookies();
    await signedIn.close();
    const context = await openWindow(browser(), { javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
    await context.addCookies(cookies);
    const page = await context.newPage();
    await page.goto(`${address}/nettverk/fjord/folk`);
    await page.fill('#name', 'Åse Ås');
    await page.fill('#email', 'aase@example.org');
    await page.selectOption('#role', 'organisation_contact');
    await page.selectOption('#organisation', 'oslo');
    await page.focus('#email');
    await page.keyboard.press('Enter');
    await page.waitForURL('**melding=person_invited');
    const person = page.locator('.person', { hasText: 'Åse Ås' });
    await person.locator('summary').focus();
    await page.keyboard.press('Enter');
    await person.locator('input[type=date]').fill('2027-06-30');
    await person.locator('input[type=date]').press('Enter');
    await page.waitForURL('**melding=role_extended');
    expect(await page.locator('.person', { hasText: 'Åse Ås' }).textContent()).toContain('30. juni 2027');
    await context.close();
  });
});
