import type { Page } from 'playwright-core';
import { toLatin1, type PlantedFault, type PlantedFrame } from '../planted-frame';
import { openTab } from './preparation';

/**
 * Imports a frame as a new coordinator would: sees every fault by its row, uploads the mended file and confirms.
 * @param page a browser on a page of the wave
 * @param frame file with faults, and the mended one
 * @param look what is done on every page
 */
export async function importFrame(
  page: Page,
  frame: PlantedFrame,
  look: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  await openTab(page, 'Ramme');
  await look(page, 'ramme-tom');
  await page.getByRole('link', { name: 'Last opp en fil' }).click();
  await look(page, 'last-opp');
  await uploadFrame(page, frame.text);
  await look(page, 'kolonner');
  await previewFrame(page);
  await look(page, 'feil');
  expect(await readFaultyRows(page)).toEqual(listFaultyRows(frame));
  await page.getByRole('link', { name: 'Last opp en rettet fil' }).click();
  await look(page, 'last-opp-igjen');
  await uploadFrame(page, frame.mended);
  await previewFrame(page);
  await look(page, 'uten-feil');
  await page.getByRole('button', { name: 'Ta filen i bruk' }).click();
  await look(page, 'ramme');
}

/** Uploads a list as a spreadsheet program saved it, and lets the guessed columns stand. */
async function uploadFrame(page: Page, text: string): Promise<void> {
  await page
    .locator('#file')
    .setInputFiles({ name: 'arbeidsplasser.csv', mimeType: 'text/csv', buffer: toLatin1(text) });
  await page.getByRole('button', { name: 'Last opp' }).click();
  await page.getByRole('heading', { name: 'Hva er kolonnene?' }).waitFor();
}

/** Goes on from the columns to the preview. */
async function previewFrame(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Se over radene' }).click();
  await page.getByRole('heading', { name: 'Se over før du bekrefter' }).waitFor();
}

/** The rows that the preview says are wrong, in their order. */
async function readFaultyRows(page: Page): Promise<readonly number[]> {
  for (const details of await page.locator('.frame-faults details').all()) {
    await details.evaluate((element) => {
      element.setAttribute('open', '');
    });
  }
  const texts = await page
    .locator('.frame-faults__row')
    .evaluateAll((rows) => rows.map((row) => row.parentElement?.textContent ?? ''));
  return texts.map((text) => Number(/\d+/.exec(text)?.[0])).sort((one, other) => one - other);
}

/** The rows of a planted frame that are wrong. */
function listFaultyRows({ faults }: PlantedFrame): readonly number[] {
  return faults.map(({ row }: PlantedFault) => row).sort((one, other) => one - other);
}
