import type { Page } from 'playwright-core';
import { operator } from '../../src/domain/permissions';
import { inviteAdministrator } from '../../src/usecases/administrator/invite-administrator';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { createWave } from '../../src/usecases/coordinator/create-wave';
import { importFrame } from '../../src/usecases/coordinator/import-frame';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { describeInBrowser, findBarriers, openWindow, serve, signInByLink, withBrowser } from '../support/browser';
import { withDatabase } from '../support/database';
import { createDraftWave, csvFile, makeFrameCsv, readExample } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createRespondentWave, type RespondentWave } from '../support/respondents';

const database = withDatabase();
const openBrowser = withBrowser();
const widths = [360, 1280];
const day = 86_400_000;

let site: RespondentApp;
let address: string;
let stop: () => Promise<void>;
let wave: RespondentWave;

const run = (sql: string): Promise<unknown> => database.db().raw(sql);

/** Lets units of a wave answer, so many of them a day, from the day it opened. */
async function answerByDay(key: string, perDay: number, days: number): Promise<void> {
  await run(`WITH numbered AS (
      SELECT invitation.id, unit.stratum, wave.id AS wave_id, wave.opened_on,
             (row_number() OVER (ORDER BY md5(unit.key)) - 1) / ${perDay} AS day
        FROM invitation JOIN unit ON unit.id = invitation.unit_id JOIN wave ON wave.id = unit.wave_id
       WHERE wave.key = '${key}'),
    stored AS (
      INSERT INTO response (wave_id, stratum, answers)
      SELECT wave_id, stratum, '{"uses_tool": "no"}' FROM numbered WHERE day < ${days})
    UPDATE invitation SET disposition = 'answered', opened_on = opened.opened_on + opened.day::int,
           answered_on = opened.opened_on + opened.day::int
      FROM numbered AS opened WHERE opened.id = invitation.id AND opened.day < ${days}`);
}

async function fillSite(): Promise<void> {
  const at = (daysAgo: number) => ({ ...site.context, now: () => new Date(Date.now() - daysAgo * day) });
  await createDraftWave(site.context, 'forrige', { level: 'anonym', units: 60 });
  await openWave(at(400), operator, { waveKey: 'forrige' });
  await answerByDay('forrige', 4, 18);
  await closeWave(at(370), operator, { waveKey: 'forrige' });
  const next = { key: 'denne', networkKey: 'forrige', instrument: 'example/1', period: '2027' };
  const closesOn = new Date(Date.now() + 10 * day).toISOString().slice(0, 10);
  await createWave(site.context, operator, { ...next, anonymityLevel: 'anonym', closesOn });
  await importFrame(site.context, operator, { waveKey: 'denne', file: csvFile(makeFrameCsv(60)) });
  await openWave(at(12), operator, { waveKey: 'denne' });
  await answerByDay('denne', 5, 9);
  await run("UPDATE wave SET target_response_rate = 60 WHERE key = 'denne'");
  await run(`INSERT INTO mailing (wave_id, number, state, started_at)
    SELECT wave.id, sent.number, 'done', now() - sent.days * interval '1 day' FROM wave,
           (VALUES (0, 12), (1, 5)) AS sent (number, days) WHERE wave.key = 'denne'`);
  await run(
    "INSERT INTO deletion_proof VALUES ((SELECT id FROM wave WHERE key = 'forrige'), '2026-01-01', '2026-01-01', 120, 120, 240, 3, 310, 12)",
  );
  wave = await createRespondentWave(site.context, { files: readExample() });
}

async function openPage(width: number): Promise<{ page: Page; close: () => Promise<void> }> {
  const context = await openWindow(openBrowser(), { viewport: { width, height: 800 }, locale: 'nb-NO' });
  const page = await context.newPage();
  return { page, close: () => context.close() };
}

async function signIn(page: Page): Promise<void> {
  const email = `admin-${Math.round(performance.now() * 1000)}@example.org`;
  const { path } = await inviteAdministrator(site.context, operator, { email });
  await signInByLink(page, address + path);
}

/** Nothing reaches beyond the screen, nothing shuts anybody out. */
async function expectSound(page: Page, name: string): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  expect(await findBarriers(page)).toEqual([]);
  const folder = process.env['SCREENSHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

describeInBrowser('pages about participation', () => {
  beforeAll(async () => {
    site = await createRespondentApp(database.db());
    await fillSite();
    const server = await serve(site.app);
    ({ address, stop } = server);
  });
  afterAll(() => stop());

  const pages = [
    ['board-open', '/runder/denne/deltakelse', '[data-fieldwork-chart] canvas'],
    ['board-closed', '/runder/forrige/deltakelse?organisasjon=asker', '[data-fieldwork-chart] canvas'],
    ['calendar', '/runder', '.calendar__wave'],
    ['overview', '/runder/denne', '#deltakelse'],
    ['erasure-open', '/runder/denne/sletting', 'form.office-form'],
    ['erasure-closed', '/runder/forrige/sletting', 'h1'],
  ] as const;
  test.each(widths.flatMap((width) => pages.map((page) => [width, ...page] as const)))(
    'at %i px the page %s reads without barriers',
    async (width, name, path, part) => {
      const { page, close } = await openPage(width);
      await signIn(page);
      const faults: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      await page.goto(address + path);
      await page.locator(part).first().waitFor();
      for (const summary of await page.locator('main summary').all()) await summary.click();
      await expectSound(page, `${name}-${width}`);
      expect(faults).toEqual([]);
      await close();
    },
  );

  test.each(widths)('at %i px a respondent sends, keeps the code and takes the answers back', async (width) => {
    const { page, close } = await openPage(width);
    const unit = widths.indexOf(width);
    const draft = { answers: { uses_tool: 'no' }, page: 'tools', language: 'nb', madeFrom: 0 } as const;
    await site.context.respondents.saveDraft({ invitationId: wave.invitationIds[unit]!, ...draft });
    await page.goto(`${address}/svar/${wave.tokens[unit]!}`);
    await page.locator('#start button').click();
    await page.goto(`${address}/undersokelse/oversikt`);
    await page.locator('form[action="/undersokelse/send"] button[type="submit"]').first().click();
    await page.waitForURL('**/kvittering');
    const code = await page.locator('.receipt-code__value').innerText();
    await expectSound(page, `receipt-${width}`);
    await page.locator('.receipt-code a').click();
    await page.locator('#code').fill('0000');
    await page.keyboard.press('Enter');
    await page.locator('.ds-error-summary').waitFor();
    await expectSound(page, `withdrawal-unknown-${width}`);
    await page.locator('#code').fill(code.toLowerCase());
    await page.keyboard.press('Enter');
    await page.locator('form[action="/trekk-svar/bekreft"]').waitFor();
    await expectSound(page, `withdrawal-confirm-${width}`);
    await page.locator('main button').click();
    await page.waitForURL('**/trukket');
    await expectSound(page, `withdrawal-done-${width}`);
    const { rows } = await database
      .db()
      .raw<{ rows: unknown[] }>('SELECT id FROM response WHERE wave_id = :waveId', { waveId: wave.waveId });
    expect(rows).toEqual([]);
    await close();
  });
});
