import type { Page } from 'playwright-core';
import { untilLoaded } from './browser';

/** What the page says when the answers are saved, in all its languages. */
export const savedText = /Lagret|Lagra|Saved|Gemt/;

/**
 * Answers a question, and waits until that answer is saved: the words on the page may be those of an earlier saving.
 * @param page of the questionnaire
 * @param answer what the respondent does; it must change something
 */
export async function untilSaved(page: Page, answer: () => unknown): Promise<void> {
  const reply = page.waitForResponse('**/undersokelse/lagre');
  await answer();
  await (await reply).finished();
  await page.locator('[role=status]', { hasText: savedText }).waitFor();
}

/** Sends a page of the questionnaire, and waits for what comes next: the page may be saving still when it is sent. */
export async function goOn(page: Page): Promise<void> {
  await untilLoaded(page, () => page.click('.actions button[value=next]'));
}
