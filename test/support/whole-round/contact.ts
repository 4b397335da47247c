import type { Page } from 'playwright-core';
import { members, type Member } from './administration';
import { openTab } from './preparation';

/** Parts of a wave that are for those who run it. */
const closedParts = ['innstillinger', 'personvern', 'utsending', 'forhandsvisning', 'sletting'];

/**
 * Goes through a wave as the contact of one organisation: own board and frame, and nothing else of anybody's.
 * @param contact a browser that shows the contact's networks
 * @param request address of the wave, the contact's organisation, and what is done on every page
 */
export async function expectOwnBoardOnly(
  contact: Page,
  request: {
    readonly path: string;
    readonly own: Member;
    readonly look: (page: Page, name: string) => Promise<void>;
  },
): Promise<void> {
  const { path, own, look } = request;
  const expectOwnOnly = async () => {
    const text = (await contact.locator('main').textContent()) ?? '';
    expect(members.filter(({ name }) => text.includes(name))).toEqual([own]);
  };
  const statusOf = async (address: string) => (await contact.goto(address))?.status();
  await contact.getByRole('link', { name: /^Gjennomføring/ }).click();
  await look(contact, 'kontakt-runde');
  await openTab(contact, 'Deltakelse');
  await look(contact, 'kontakt-deltakelse');
  await expectOwnOnly();
  await openTab(contact, 'Ramme');
  await look(contact, 'kontakt-ramme');
  await expectOwnOnly();
  for (const part of closedParts) expect([part, await statusOf(`${path}/${part}`)]).toEqual([part, 403]);
  await look(contact, 'kontakt-ikke-tilgang');
  expect(await statusOf(`${path}/sammenligning`)).toBe(404);
  const [other] = members.filter(({ key }) => key !== own.key);
  await contact.goto(`${path}/deltakelse?organisasjon=${other?.key ?? ''}`);
  await expectOwnOnly();
}
