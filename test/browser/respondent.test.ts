import { mkdirSync } from 'node:fs';
import type { BrowserContext, BrowserContextOptions, Page, Route } from 'playwright-core';
import { goOn, savedText, untilSaved } from '../support/answering';
import { describeInBrowser, findBarriers, openWindow, serve, withBrowser } from '../support/browser';
import { withDatabase } from '../support/database';
import { readExample } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { closeRespondentWave, createRespondentWave } from '../support/respondents';

const phone = { width: 360, height: 740 };
const desktop = { width: 1280, height: 900 };
/** Folder for pictures of the pages; none are taken without it. */
const pictureFolder = process.env['PICTURES'];

const database = withDatabase();

describeInBrowser('answering in a browser', () => {
  const browser = withBrowser();
  let site: RespondentApp;
  let served: Awaited<ReturnType<typeof serve>>;
  const contexts: BrowserContext[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    site = await createRespondentApp(database.db());
    served = await serve(site.app);
    if (pictureFolder !== undefined) mkdirSync(pictureFolder, { recursive: true });
  });
  afterAll(() => served.stop());
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(complaints.splice(0)).toEqual([]);
  });

  async function openPage(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await openWindow(browser(), { viewport: desktop, ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused/.test(message.text())) complaints.push(message.text());
    });
    await page.goto(served.address + path);
    return page;
  }

  async function inspect(page: Page, name: string): Promise<void> {
    if (pictureFolder !== undefined) {
      const width = page.viewportSize()?.width ?? 0;
      await page.screenshot({ path: `${pictureFolder}/respondent-${width}-${name}.png`, fullPage: true });
    }
    expect({ name, barriers: await findBarriers(page) }).toEqual({ name, barriers: [] });
    const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect({ name, overflow }).toEqual({ name, overflow: 0 });
  }

  test('goes on saving by itself until the service is back', async () => {
    const wave = await createRespondentWave(site.context, { files: readExample() });
    const page = await openPage(`/svar/${wave.tokens[0]!}`);
    await page.click('main button[type=submit]');
    let isAway = true;
    let failures = 0;
    await page.route('**/undersokelse/lagre', async (route) => {
      if (!isAway) return route.continue();
      failures += 1;
      return failures % 2 === 1 ? route.abort() : route.fulfill({ status: 503, json: { message: 'borte' } });
    });
    const status = (text: string | RegExp) => page.locator('[role=status]', { hasText: text });
    await page.check('[name=uses_tool][value=no]');
    await status('Ikke lagret ennå').waitFor();
    while (failures < 2) await page.waitForRequest('**/undersokelse/lagre');
    await status('Ikke lagret ennå').waitFor();
    isAway = false;
    await status(/^Lagret/).waitFor();
    await page.reload();
    expect(await page.isChecked('[name=uses_tool][value=no]')).toBe(true);
  });

  /** Keeps the next reply to a saving until it is released. */
  function holdNextReply(page: Page): { isThere: Promise<void>; release: () => void } {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const isThere = new Promise<void>((resolve) => {
      const hold = async (route: Route): Promise<void> => {
        const response = await route.fetch();
        resolve();
        await released;
        await route.fulfill({ response });
      };
      void page.route('**/undersokelse/lagre', hold, { times: 1 });
    });
    return { isThere, release };
  }

  async function answerPage(page: Page): Promise<void> {
    const names = await page.$$eval('fieldset:not([hidden]) input[type=radio]', (inputs) => [
      ...new Set(inputs.map((input) => input.getAttribute('name') ?? '')),
    ]);
    for (const name of names) await page.locator(`input[name=${name}]`).first().check();
    const boxes = page.locator('fieldset:not([hidden]) input[type=checkbox]');
    if ((await boxes.count()) > 0) await boxes.first().check();
    await page.locator('[role=status]', { hasText: savedText }).waitFor();
  }

  async function countResponses(waveId: string): Promise<number> {
    const result = await database
      .db()
      .raw<{ rows: { count: string }[] }>('SELECT count(*) AS count FROM response WHERE wave_id = :waveId', { waveId });
    return Number(result.rows[0]?.count);
  }

  test.each([
    ['a phone, in nynorsk', phone, 'nn', 'Takk, svaret er sendt inn'],
    ['a desktop, in bokmål', desktop, 'nb', 'Takk, svaret er sendt inn'],
  ] as const)(
    'the workplace questionnaire from link to receipt on %s, without barriers in any state',
    async (_name, viewport, language, thanks) => {
      const wave = await createRespondentWave(site.context, { language });
      const page = await openPage(`/svar/${wave.tokens[0]!}`, { viewport });
      expect(await page.getAttribute('html', 'lang')).toBe(language);
      await inspect(page, '00-start');
      await page.click('#start button');
      expect(page.url()).not.toContain(wave.tokens[0]!);
      await goOn(page);
      expect(await page.title()).toMatch(/^Feil: /);
      expect(await page.evaluate('document.activeElement.id')).toBe('errors');
      await inspect(page, '01-errors');
      for (let number = 2; page.url().includes('/side/'); number += 1) {
        await answerPage(page);
        await inspect(page, `${String(number).padStart(2, '0')}-${page.url().split('/').at(-1) ?? ''}`);
        await goOn(page);
        expect(number).toBeLessThan(15);
      }
      await inspect(page, '20-review');
      await page.click('.send button');
      expect(await page.textContent('h1')).toBe(thanks);
      await inspect(page, '21-receipt');
      await page.goto(`${served.address}/svar/${wave.tokens[0]!}`);
      await inspect(page, '22-used');
      await page.goto(`${served.address}/svar/unknown`);
      await inspect(page, '23-unknown');
      await page.goto(`${served.address}/undersokelse/oversikt`);
      await inspect(page, '24-already-answered');
      expect(await countResponses(wave.waveId)).toBe(1);
    },
  );

  describe('pages that stop a respondent have no barriers on a phone', () => {
    const heading = (page: Page) => page.textContent('h1');

    test('a link that is too early, and one whose wave is closed', async () => {
      const early = await createRespondentWave(site.context, { state: 'draft' });
      const page = await openPage(`/svar/${early.tokens[0]!}`, { viewport: phone });
      expect(await heading(page)).toBe('Undersøkelsen er ikke åpnet ennå');
      await inspect(page, '30-too-early');
      const late = await createRespondentWave(site.context);
      await closeRespondentWave(site.context, late.waveId);
      await page.goto(`${served.address}/svar/${late.tokens[0]!}`);
      expect(await heading(page)).toBe('Fristen for å svare er ute');
      await inspect(page, '31-closed');
    });

    test('no cookie, and a wave that closes meanwhile', async () => {
      const wave = await createRespondentWave(site.context, { files: readExample() });
      const page = await openPage('/undersokelse/oversikt', { viewport: phone });
      expect(await heading(page)).toBe('Åpne lenken din på nytt');
      await inspect(page, '32-no-cookie');
      await page.goto(`${served.address}/svar/${wave.tokens[0]!}`);
      await page.click('#start button');
      await closeRespondentWave(site.context, wave.waveId);
      await goOn(page);
      expect(await heading(page)).toBe('Fristen for å svare er ute');
      await inspect(page, '33-closed-meanwhile');
    });

    test('a form of another link in the same browser', async () => {
      const wave = await createRespondentWave(site.context, { files: readExample() });
      const page = await openPage(`/svar/${wave.tokens[0]!}`, { viewport: phone });
      await page.click('#start button');
      const other = await page.context().newPage();
      await other.goto(`${served.address}/svar/${wave.tokens[1]!}`);
      await other.click('#start button');
      await goOn(page);
      expect(await heading(page)).toBe('Denne siden hører til en annen lenke');
      await inspect(page, '37-other-link');
    });

    test('two windows that answer the same question differently', async () => {
      const wave = await createRespondentWave(site.context, { files: readExample() });
      const page = await openPage(`/svar/${wave.tokens[0]!}`, { viewport: phone });
      await page.click('#start button');
      const other = await page.context().newPage();
      await other.goto(page.url());
      await untilSaved(other, () => other.check('input[name=uses_tool][value=no]'));
      await page.route('**/undersokelse/lagre', (route) => route.abort());
      await page.check('input[name=uses_tool][value=yes]');
      await goOn(page);
      await page.locator('.ds-alert', { hasText: 'Svarene er endret i et annet vindu' }).waitFor();
      expect(await page.textContent('#q-uses_tool-message')).toContain('I et annet vindu: Nei');
      await inspect(page, '34-conflict');
    });

    test('a review that cannot be sent yet', async () => {
      const wave = await createRespondentWave(site.context, { files: readExample() });
      const page = await openPage(`/svar/${wave.tokens[0]!}`, { viewport: phone });
      await page.click('#start button');
      await page.goto(`${served.address}/undersokelse/oversikt`);
      await page.click('.send button');
      await page.locator('#errors').waitFor();
      expect(await page.title()).toMatch(/^Feil: /);
      await inspect(page, '35-review-errors');
    });
  });

  test('in forced colours a chosen answer is told from the others', async () => {
    const wave = await createRespondentWave(site.context, { files: readExample() });
    const page = await openPage(`/svar/${wave.tokens[0]!}`, { viewport: phone, forcedColors: 'active' });
    await page.click('#start button');
    await untilSaved(page, () => page.check('input[name=uses_tool][value=no]'));
    const outlines = await page.$$eval('fieldset[data-question=uses_tool] .choice', (tiles) =>
      tiles.map((tile) => [tile.querySelector('input:checked') !== null, getComputedStyle(tile).outlineStyle]),
    );
    expect(outlines).toEqual([
      [false, 'none'],
      [true, 'solid'],
      [false, 'none'],
    ]);
    await inspect(page, '36-forced-colours');
  });

  test('with the keyboard alone', async () => {
    const wave = await createRespondentWave(site.context, { files: readExample() });
    const page = await openPage(`/svar/${wave.tokens[0]!}`);
    const tabTo = async (selector: string) => {
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
      }
      throw new RangeError(`the keyboard does not reach ${selector}`);
    };
    await tabTo('#start button');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/tools');
    await tabTo('input[name=uses_tool]');
    await page.keyboard.press('Space');
    await page.waitForSelector('fieldset[data-question=purposes]:not([hidden])');
    await tabTo('input[name=purposes]');
    await page.keyboard.press('Space');
    await tabTo('.actions button[value=next]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/training_page');
    await tabTo('input[name=training_hours]');
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/oversikt');
    await tabTo('.send button');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/kvittering');
    expect(await countResponses(wave.waveId)).toBe(1);
  });

  test('without JavaScript, follow-up question included', async () => {
    const wave = await createRespondentWave(site.context, { files: readExample() });
    const page = await openPage(`/svar/${wave.tokens[0]!}`, { javaScriptEnabled: false, viewport: phone });
    await page.click('#start button');
    await page.check('input[name=uses_tool][value=yes]');
    await goOn(page);
    await page.locator('.ds-alert', { hasText: 'ett spørsmål til' }).waitFor();
    await page.check('input[name=purposes][value=planning]');
    await goOn(page);
    await page.check('input[name=training][value=agree]');
    await page.click('.actions button[value=save]');
    await page.locator('.ds-alert', { hasText: 'Svarene er lagret' }).waitFor();
    await page.click('.clear');
    expect(await page.isChecked('input[name=training][value=agree]')).toBe(false);
    await goOn(page);
    await page.click('.send button');
    expect(await page.textContent('h1')).toBe('Takk, svaret er sendt inn');
    expect(await countResponses(wave.waveId)).toBe(1);
  });

  test('answers save as they are given and are there in another browser, also in another language', async () => {
    const wave = await createRespondentWave(site.context, { files: readExample() });
    const page = await openPage(`/svar/${wave.tokens[0]!}`);
    await page.click('#start button');
    await untilSaved(page, () => page.check('input[name=uses_tool][value=yes]'));
    await untilSaved(page, () => page.check('input[name=purposes][value=writing]'));
    const other = await openPage(`/svar/${wave.tokens[0]!}?lang=en`, { viewport: phone });
    await other.getByRole('button', { name: 'Continue where you left off' }).first().click();
    expect(await other.isChecked('input[name=purposes][value=writing]')).toBe(true);
    expect(await other.getAttribute('html', 'lang')).toBe('en');
  });

  test('the script takes exclusive choices and the most that may be ticked into account, and clears an answer', async () => {
    const wave = await createRespondentWave(site.context, { files: readExample() });
    const page = await openPage(`/svar/${wave.tokens[0]!}`);
    await page.click('#start button');
    await untilSaved(page, () => page.check('input[name=uses_tool][value=yes]'));
    await page.check('input[name=purposes][value=planning]');
    const reply = holdNextReply(page);
    await page.check('input[name=purposes][value=writing]');
    await reply.isThere;
    await page.click('input[name=purposes][value=contact]');
    expect(await page.isChecked('input[name=purposes][value=contact]')).toBe(false);
    await untilSaved(page, () => {
      reply.release();
    });
    expect(await page.textContent('#q-purposes-message')).toContain('Du kan velge inntil 2');
    await untilSaved(page, () => page.check('input[name=purposes][value=none]'));
    expect(await page.isChecked('input[name=purposes][value=planning]')).toBe(false);
    await goOn(page);
    await page.check('input[name=training][value=agree]');
    await page.click('.clear');
    expect(await page.isChecked('input[name=training][value=agree]')).toBe(false);
    await page.fill('input[name=training_hours]', 'mange');
    await page.locator('#q-training_hours-message', { hasText: 'Skriv et tall' }).waitFor();
    await page.fill('input[name=training_hours]', '7');
    await goOn(page);
    await page.waitForURL('**/oversikt');
    expect(await page.textContent('.review__answer >> nth=-1')).toBe('7');
  });

  test('messages of a page with errors go away as its questions are answered, the others stay', async () => {
    const wave = await createRespondentWave(site.context);
    const page = await openPage(`/svar/${wave.tokens[0]!}`);
    await page.click('#start button');
    await goOn(page);
    expect(await page.locator('#errors li').count()).toBe(4);
    await untilSaved(page, () => page.check('input[name=intro_product][value=no]'));
    expect(await page.locator('#errors li').count()).toBe(3);
    expect(await page.isVisible('#q-intro_product-message')).toBe(false);
    expect(await page.isVisible('#q-intro_service-message')).toBe(true);
    for (const name of ['service', 'process', 'communication']) await page.check(`input[name=intro_${name}][value=no]`);
    await page.locator('#errors').waitFor({ state: 'detached' });
  });

  test('changing the language right after an answer keeps it', async () => {
    const wave = await createRespondentWave(site.context, { files: readExample() });
    const page = await openPage(`/svar/${wave.tokens[0]!}`);
    await page.click('#start button');
    await page.check('input[name=uses_tool][value=no]');
    await page.click('a[hreflang=da]');
    await page.waitForURL('**lang=da');
    expect(await page.isChecked('input[name=uses_tool][value=no]')).toBe(true);
  });

  test('pressing send twice in a row still ends at the receipt', async () => {
    const wave = await createRespondentWave(site.context, { files: readExample() });
    const page = await openPage(`/svar/${wave.tokens[0]!}`);
    await page.click('#start button');
    await page.check('input[name=uses_tool][value=no]');
    await goOn(page);
    await goOn(page);
    await page.dblclick('.send button');
    await page.waitForURL('**/kvittering');
    expect(await countResponses(wave.waveId)).toBe(1);
  });
});
