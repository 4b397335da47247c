import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { operator } from '../../src/domain/permissions';
import { inviteAdministrator } from '../../src/usecases/administrator/invite-administrator';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import {
  describeInBrowser,
  findBarriers,
  openWindow,
  serve,
  signInByLink,
  untilLoaded,
  withBrowser,
} from '../support/browser';
import { withDatabase } from '../support/database';
import { createDraftWave } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { completePrivacy } from '../support/wave-setup';

const narrow = 360;
const wide = 1280;
const mostSteps = 150;
const faultyFrame = [
  'unit,organisation,sector,type,size,name,email',
  'a-1,asker,education,grunnskole,M,Kari,kari@example.org',
  'a-2,asker,education,grunnskole,M,Ola,ola-at-example.org',
  'a-3,nowhere,education,grunnskole,M,Per,per@example.org',
  'a-1,asker,,grunnskole,M,Pål,paal@example.org',
].join('\n');

type Session = 'with scripts' | 'without scripts';

describeInBrowser('pages of those who prepare and watch a round', () => {
  const database = withDatabase();
  const browser = withBrowser();
  const folder = mkdtempSync(join(tmpdir(), 'barometer-office-'));
  let site: RespondentApp;
  let address: string;
  let stop: () => Promise<void>;
  const sessions = new Map<Session, BrowserContext>();

  beforeAll(async () => {
    site = await createRespondentApp(database.db(), { DATA_DIR: folder });
    for (const key of ['kladd', 'tastatur', 'apen']) await createDraftWave(site.context, key, { level: 'anonym' });
    await completePrivacy(site.context, 'apen');
    await openWave(site.context, operator, { waveKey: 'apen' });
    ({ address, stop } = await serve(site.app));
    sessions.set('with scripts', await signIn(true));
    sessions.set('without scripts', await signIn(false));
  });

  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function signIn(javaScriptEnabled: boolean): Promise<BrowserContext> {
    const { path } = await inviteAdministrator(site.context, operator, { email: 'ada@example.org' });
    const context = await openWindow(browser(), { viewport: { width: narrow, height: 900 }, javaScriptEnabled });
    const page = await context.newPage();
    await signInByLink(page, address + path);
    await page.close();
    return context;
  }

  async function open(session: Session, path: string): Promise<Page> {
    const context = sessions.get(session);
    if (context === undefined) throw new RangeError(`no session ${session}`);
    const page = await context.newPage();
    const response = await page.goto(`${address}${path}`);
    expect(response?.status()).toBe(200);
    return page;
  }

  /** Looks at a page with everything on it unfolded: on a phone for barriers, and on both for what is too wide. */
  async function expectFine(page: Page): Promise<void> {
    await page.locator('details').evaluateAll((all) => {
      for (const details of all) details.setAttribute('open', '');
    });
    for (const width of [wide, narrow]) {
      await page.setViewportSize({ width, height: 900 });
      // A chart follows a moment later.
      await page.waitForFunction((most) => document.documentElement.scrollWidth <= most, width);
    }
    // What a mail looks like is shown in a frame of its own, where no script may run.
    await page.locator('iframe').evaluateAll((frames) => {
      for (const frame of frames) frame.remove();
    });
    expect(await findBarriers(page)).toEqual([]);
  }

  const paths = [
    '/nettverk',
    '/runder',
    '/nettverk/kladd',
    '/nettverk/kladd?sok=asker',
    '/nettverk/kladd/innstillinger',
    '/nettverk/kladd/folk',
    '/administrasjon',
    '/administrasjon/organisasjoner',
    '/administrasjon/organisasjoner/ny',
    '/administrasjon/organisasjoner/asker',
    '/administrasjon/organisasjoner/asker/endre',
    '/administrasjon/registre',
    '/administrasjon/nettverk',
    '/administrasjon/nettverk/nytt',
    '/administrasjon/hendelser',
    '/runder/kladd/ramme',
    '/runder/kladd/ramme/ny',
    '/runder/kladd/ramme/import',
    '/runder/kladd/ramme/utvalg',
    '/runder/apen/ramme',
    '/runder/apen/personvern',
    '/runder/kladd/utsending',
    '/runder/apen/utsending',
    '/runder/apen/utsending/maler',
    '/runder/apen/utsending/maler/invitasjon/nb',
    '/runder/kladd/forhandsvisning',
    '/runder/apen/deltakelse',
    '/runder/apen/sletting',
    '/runder/apen/skjulte-tall',
    '/post',
  ];

  /** A form that is sent with something wrong, and what is wrong with it. */
  interface Wrong {
    readonly path: string;
    readonly fields: Readonly<Record<string, string>>;
    readonly button: string;
  }
  const wrong: readonly Wrong[] = [
    { path: '/nettverk/kladd/innstillinger', fields: { name: '' }, button: 'Lagre innstillingene' },
    { path: '/nettverk/kladd/folk', fields: { name: '', email: 'kari' }, button: 'Gi rollen' },
    { path: '/nettverk/kladd', fields: { orgnr: '123' }, button: 'Legg til' },
    { path: '/nettverk/kladd/ny-runde', fields: { key: 'Æ', period: '', k: '2' }, button: 'Opprett runden' },
    { path: '/administrasjon/organisasjoner/ny', fields: { name: '', orgnr: '1' }, button: 'Lagre' },
    { path: '/administrasjon/nettverk/nytt', fields: { key: '', name: '' }, button: 'Opprett nettverket' },
    { path: '/runder/kladd/ramme/ny', fields: { unit: '', email: 'kari' }, button: 'Lagre' },
    { path: '/runder/kladd/ramme/import', fields: {}, button: 'Last opp' },
    { path: '/runder/kladd/innstillinger', fields: { period: '', k: '1' }, button: 'Lagre' },
    { path: '/runder/kladd/personvern/asker', fields: { controller: '', officerEmail: 'x' }, button: 'Lagre' },
    { path: '/runder/apen/utsending', fields: { plannedOn: '' }, button: 'Planlegg' },
    { path: '/runder/apen/utsending/maler/invitasjon/nb', fields: { subject: '', body: 'x' }, button: 'Lagre teksten' },
    { path: '/runder/apen/sletting', fields: { code: 'x' }, button: 'Slett svaret for godt' },
  ];

  describe('with everything unfolded', () => {
    test.each(paths)('%s has no barriers and does not scroll sideways', async (path) => {
      const page = await open('with scripts', path);
      await expectFine(page);
      await page.close();
    });

    test.each(wrong)('$path tells what is wrong, and leads to it', async ({ path, fields, button }) => {
      const page = await open('with scripts', path);
      for (const [name, value] of Object.entries(fields)) await page.locator(`main form [name=${name}]`).fill(value);
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'POST'),
        untilLoaded(page, () => page.locator('main').getByRole('button', { name: button, exact: true }).click()),
      ]);
      expect(answer.status()).toBe(422);
      const targets = await page
        .locator('.ds-error-summary a')
        .evaluateAll((links) => links.map((link) => (link.getAttribute('href') ?? '').slice(1)));
      expect(targets.length).toBeGreaterThan(0);
      for (const target of targets)
        expect([target, await page.locator(`[id="${target}"]`).count()]).toEqual([target, 1]);
      await expectFine(page);
      await page.close();
    });

    test('an uploaded frame is shown without barriers, faults and all', async () => {
      const page = await open('with scripts', '/runder/kladd/ramme/import');
      const file = { name: 'ramme.csv', mimeType: 'text/csv', buffer: Buffer.from(faultyFrame) };
      await page.locator('input[type=file]').setInputFiles(file);
      await page.getByRole('button', { name: 'Last opp', exact: true }).click();
      await page.waitForURL(/\/ramme\/import\/[^/]+$/);
      await expectFine(page);
      await page.locator('main form[method=post] button[type=submit]').first().click();
      await page.waitForURL(/\/se$/);
      expect(await page.locator('main').textContent()).toContain('ola-at-example.org');
      await expectFine(page);
      await page.close();
    });
  });

  /** Goes to an element as somebody without a mouse does. */
  async function tabTo(page: Page, target: Locator): Promise<void> {
    for (let step = 0; step < mostSteps; step += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new RangeError('the keyboard does not get there');
  }

  async function write(page: Page, name: string, text: string): Promise<void> {
    await tabTo(page, page.locator(`main form [name=${name}]`));
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(text);
  }

  /** Chooses by the first letters of what is offered. */
  async function choose(page: Page, name: string, letters: string): Promise<void> {
    await tabTo(page, page.locator(`main form [name=${name}]`));
    await page.keyboard.type(letters);
  }

  async function press(page: Page, button: string): Promise<void> {
    await tabTo(page, page.locator('main').getByRole('button', { name: button, exact: true }).first());
    await enter(page);
  }

  async function enter(page: Page): Promise<void> {
    await untilLoaded(page, () => page.keyboard.press('Enter'));
  }

  describe('with the keyboard alone, and without scripts', () => {
    test('somebody is given a role', async () => {
      const page = await open('without scripts', '/nettverk/tastatur/folk');
      await write(page, 'name', 'Frida Forsker');
      await write(page, 'email', 'frida@example.org');
      await choose(page, 'role', 'fors');
      await press(page, 'Gi rollen');
      await page.waitForURL(/\?/);
      expect(await page.getByRole('listitem').filter({ hasText: 'Frida Forsker' }).count()).toBe(1);
    });

    test('a workplace is added after its fault is mended', async () => {
      const page = await open('without scripts', '/runder/tastatur/ramme/ny');
      await write(page, 'unit', 'ny-1');
      await write(page, 'unit_name', 'Nye barnehagen');
      await choose(page, 'sector', 'Oppv');
      await choose(page, 'type', 'Barneh');
      await choose(page, 'size', 'Lit');
      await write(page, 'name', 'Berit Berg');
      await write(page, 'email', 'berit');
      await press(page, 'Lagre');
      expect(await page.locator('[name=email]').getAttribute('aria-invalid')).toBe('true');
      await write(page, 'email', 'berit@example.org');
      await press(page, 'Lagre');
      await page.goto(`${address}/runder/tastatur/ramme?sok=Nye`);
      expect(await page.locator('main').textContent()).toContain('berit@example.org');
    });

    test('the privacy set-up of a member is filled in', async () => {
      const page = await open('without scripts', '/runder/tastatur/personvern/asker');
      await write(page, 'controller', 'Asker kommune');
      await write(page, 'officerName', 'Olga Ombud');
      await write(page, 'officerEmail', 'olga@example.org');
      await press(page, 'Lagre');
      await page.goto(`${address}/runder/tastatur/personvern/asker`);
      expect(await page.locator('[name=officerName]').inputValue()).toBe('Olga Ombud');
    });

    test('a mail is worded anew', async () => {
      const page = await open('without scripts', '/runder/apen/utsending/maler/paminnelse/nb');
      await write(page, 'subject', 'Husk å svare');
      await press(page, 'Lagre teksten');
      await page.goto(`${address}/runder/apen/utsending/maler`);
      expect(await page.locator('main').textContent()).toContain('Husk å svare');
    });

    test('a mailing begins after it was confirmed', async () => {
      const page = await open('without scripts', '/runder/apen/utsending');
      await tabTo(page, page.locator('main details.confirm > summary').first());
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await enter(page);
      const { rows } = await database.db().raw<{ rows: { state: string }[] }>('SELECT state FROM mailing');
      expect(rows).toEqual([{ state: 'sending' }]);
    });
  });
});
