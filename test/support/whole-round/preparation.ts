import type { Page } from 'playwright-core';
import { toDate } from '../../../src/domain/fieldwork/wave-state';
import type { MailServer } from '../mail-server';
import { findLink } from '../mailings';
import { members } from './administration';
import { waitForMail } from './installation';

export const waveKey = 'var-2027';

/** A day that lies so many days ahead, YYYY-MM-DD. */
function inDays(days: number): string {
  return toDate(new Date(Date.now() + days * 86_400_000));
}

/** Plans a round from the page of networks: anonymous, and its figures may become public. */
export async function planWave(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Ny runde' }).click();
  await page.locator('#key').fill(waveKey);
  await page.getByLabel('Perioden det spørres om').fill('2025–2026');
  await page.getByLabel('Anonym', { exact: false }).first().check();
  await page.locator('#k').fill('7');
  await page.locator('#mayBePublic').check();
  await page.locator('#publicK').fill('10');
  await page.locator('#closesOn').fill(inDays(21));
  await page.getByRole('button', { name: 'Opprett runden' }).click();
  await page.getByRole('heading', { name: 'Før runden åpnes' }).waitFor();
}

/** Changes the target on the page of settings. */
export async function setTarget(page: Page): Promise<void> {
  await openTab(page, 'Innstillinger');
  await page.locator('#target').fill('60');
  await page.getByRole('button', { name: 'Lagre', exact: true }).click();
  await page.getByText('Lagret.').waitFor();
}

/** Fills in what respondents are told about privacy, for the round and for each organisation. */
export async function completePrivacyPages(page: Page): Promise<void> {
  await openTab(page, 'Personvern');
  await page.locator('#nationalBasis').fill('kommuneloven § 1-1');
  await page.locator('#confirmedBy').fill('Ola Ombud');
  await page.locator('#confirmedOn').fill(inDays(-9));
  await page.locator('#processor').fill('Drift AS');
  await page.getByRole('button', { name: 'Lagre' }).click();
  for (const { name, key } of members) {
    await page.getByRole('link', { name: `Fyll ut ${name}` }).click();
    await page.locator('#controller').fill(`${name} (${key})`);
    await page.locator('#officerName').fill('Pia Personvern');
    await page.locator('#officerEmail').fill(`ombud@${key}.example.org`);
    await page.locator('#agreementOn').fill(inDays(-20));
    await page.locator('#discussedOn').fill(inDays(-6));
    await page.getByRole('button', { name: 'Lagre' }).click();
    await page.locator('.readiness li[data-status=ok]', { hasText: name }).waitFor();
  }
}

/** Opens a part of the wave whose page is shown. */
export async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Deler av runden' }).getByRole('link', { name }).click();
}

/** Sends the test mail to an address and opens the link in it. */
export async function sendTestMail(
  page: Page,
  { mail, email, address }: { readonly mail: MailServer; readonly email: string; readonly address: string },
): Promise<void> {
  const after = mail.received.length;
  await page.locator('#address').fill(email);
  await page.getByRole('button', { name: 'Send prøve' }).click();
  const test = await waitForMail(mail, { to: email, pattern: /testpost/, after });
  await page.goto(address + findLink(test.mail.raw, 'testpost'));
}

/** Takes a step that has to be confirmed. */
export async function confirmStep(page: Page, { open, button }: { open: string; button: string }): Promise<void> {
  await page.locator('summary', { hasText: open }).first().click();
  await page.getByRole('button', { name: button }).click();
}
