import type { Page } from 'playwright-core';
import { findLink } from '../mailings';
import type { PlantedFrame } from '../planted-frame';
import type { ReceivedMail } from '../mail-server';

/** One workplace of the frame, with the manager who is asked. */
export interface Manager {
  readonly organisation: string;
  readonly email: string;
}

/** Managers in the order of the file. */
export function listManagers({ mended }: PlantedFrame): readonly Manager[] {
  const rows = mended.trim().split('\r\n').slice(1);
  return rows.map((row) => {
    const cells = row.split(';');
    return { organisation: cells[2] ?? '', email: cells[7] ?? '' };
  });
}

/** The first managers of some organisations, so many of each. */
export function pickManagers(
  frame: PlantedFrame,
  { organisations, count }: { readonly organisations: readonly string[]; readonly count: number },
): readonly Manager[] {
  const all = listManagers(frame);
  return organisations.flatMap((name) => all.filter(({ organisation }) => organisation === name).slice(0, count));
}

/** Path of the personal link that somebody was mailed last. */
export function findAnswerPath(received: readonly ReceivedMail[], email: string): string {
  const mail = received.filter(({ to, raw }) => to === email && raw.includes('/svar/')).at(-1);
  if (mail === undefined) throw new RangeError(`no link for ${email}`);
  return findLink(mail.raw, 'svar');
}

/** Says no with the button of a mail program (RFC 8058), which sends neither cookies nor a page it came from. */
export async function declineByOneClick({ raw }: ReceivedMail): Promise<number> {
  const headers = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
  const address = /^List-Unsubscribe:.*<(http[^>]+)>/im.exec(headers)?.[1] ?? '';
  expect(headers).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/im);
  const { status } = await fetch(address, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  });
  return status;
}

/** Presses the button that sends the next mailing to everybody who is waiting for it. */
export async function sendMailing(page: Page): Promise<void> {
  await page.locator('summary', { hasText: /^Send / }).click();
  await page.getByRole('button', { name: 'Ja, send nå' }).click();
}

/** Waits until the page says that so many mailings are done. */
export async function waitForMailings(page: Page, count: number): Promise<void> {
  await page
    .locator('.mailing[data-state=done]')
    .nth(count - 1)
    .waitFor();
}
