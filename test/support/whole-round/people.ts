import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openWindow } from '../browser';
import type { MailServer } from '../mail-server';
import { coordinatorName, waitForMail, type Installation } from './installation';

const phone = { width: 360, height: 740 };
const desktop = { width: 1280, height: 900 };
/** Folder for pictures of the pages, for looking at them; none are taken without it. */
const pictures = process.env['PICTURES'];

/** Opens a browser of somebody's own. */
export async function openBrowserOf(browser: Browser, size: 'phone' | 'desktop' = 'desktop'): Promise<Page> {
  const window = await openWindow(browser, { viewport: size === 'phone' ? phone : desktop, locale: 'nb-NO' });
  return window.newPage();
}

let pictureNumber = 0;

/** Looks at a page as it stands on a phone and on a desk: nothing lies beyond the edge. */
export async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  pictureNumber += 1;
  for (const size of [phone, desktop]) {
    await page.setViewportSize(size);
    if (pictures !== undefined) {
      mkdirSync(pictures, { recursive: true });
      const file = `${String(pictureNumber).padStart(2, '0')}-${name}-${size.width}.png`;
      await page.screenshot({ path: join(pictures, file), fullPage: true });
    }
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect({ name, width }).toEqual({ name, width: size.width });
  }
  if (before !== null) await page.setViewportSize(before);
}

/** Signs in from the front page with a link that comes by mail. */
export async function signInByMail(
  page: Page,
  { address }: Installation,
  { mail, email }: { readonly mail: MailServer; readonly email: string },
): Promise<void> {
  const after = mail.received.length;
  await page.goto(address);
  await page.getByRole('link', { name: 'Logg inn' }).click();
  const field = page.getByLabel('E-postadressen din');
  // A busy server says so and asks to try again.
  await field.waitFor({ timeout: 20_000 }).catch(() => page.goto(`${address}/logg-inn`));
  await field.fill(email);
  await page.getByRole('button', { name: 'Send meg en lenke' }).click();
  await page.getByRole('heading', { name: 'Se i innboksen din' }).waitFor();
  const { found } = await waitForMail(mail, { to: email, after, pattern: /http:\S+\/logg-inn\/[\w-]{20,}/ });
  await page.goto(found);
  await page.getByRole('button', { name: 'Logg inn' }).click();
  await page.getByRole('heading', { name: 'Nettverk og runder' }).waitFor();
}

/** Signs in with the account that the coordinator has elsewhere. */
export async function signInAtProvider(page: Page, { address }: Installation): Promise<void> {
  await page.goto(`${address}/logg-inn`);
  await page.getByRole('link', { name: 'Logg inn med Fylkeskontoen' }).click();
  await page.getByRole('button', { name: coordinatorName }).click();
  await page.getByRole('heading', { name: 'Nettverk og runder' }).waitFor();
}
