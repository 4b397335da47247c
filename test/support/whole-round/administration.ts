import type { Locator, Page } from 'playwright-core';
import type { Provider } from './installation';

/** An organisation as an administrator types it. */
export interface Member {
  readonly key: string;
  readonly name: string;
  readonly orgnr: string;
  readonly kind: 'Kommune' | 'Fylkeskommune';
}

export const network = { key: 'buskerud', name: 'Innovasjonsnettverket Buskerud' } as const;

/** Seven members; the numbers are made up, with right check digits. */
export const members: readonly Member[] = [
  { key: 'drammen', name: 'Drammen', orgnr: '921000014', kind: 'Kommune' },
  { key: 'asker', name: 'Asker', orgnr: '921000022', kind: 'Kommune' },
  { key: 'kongsberg', name: 'Kongsberg', orgnr: '921000030', kind: 'Kommune' },
  { key: 'lier', name: 'Lier', orgnr: '921000049', kind: 'Kommune' },
  { key: 'modum', name: 'Modum', orgnr: '921000057', kind: 'Kommune' },
  { key: 'ovre-eiker', name: 'Øvre Eiker', orgnr: '921000065', kind: 'Kommune' },
  { key: 'fylket', name: 'Buskerud fylkeskommune', orgnr: '921000073', kind: 'Fylkeskommune' },
];

/** Address of somebody who follows their own organisation. */
export function contactOf(member: Member): string {
  return `kontakt@${member.key}.example.org`;
}

const inMenu = (page: Page): Locator => page.getByRole('navigation', { name: 'Hovedmeny' });
const inTrail = (page: Page): Locator => page.getByRole('navigation', { name: 'Brødsmulesti' });

/** Adds the seven organisations, one after another. */
export async function addOrganisations(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Legg inn organisasjoner' }).click();
  for (const { name, key, orgnr, kind } of members) {
    await page.getByRole('link', { name: 'Legg til organisasjon' }).click();
    await page.getByLabel('Navn').fill(name);
    await page.getByLabel('Nøkkel').fill(key);
    await page.getByLabel('Type').selectOption(kind);
    await page.getByLabel('Organisasjonsnummer').fill(orgnr);
    await page.getByRole('button', { name: 'Lagre' }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await inTrail(page).getByRole('link', { name: 'Organisasjoner' }).click();
  }
}

/** Creates the network and takes the organisations in as members: most by number, the last one after a search. */
export async function createNetworkOfSeven(page: Page): Promise<void> {
  await inMenu(page).getByRole('link', { name: 'Administrasjon' }).click();
  await page.getByRole('link', { name: 'Nettverk', exact: true }).last().click();
  await page.getByRole('link', { name: 'Opprett nettverk' }).click();
  await page.locator('#key').fill(network.key);
  await page.locator('#name').fill(network.name);
  await page.locator('#openness').selectOption('open');
  await page.locator('#contactName').fill('Ingrid Dahl');
  await page.locator('#contactEmail').fill('ingrid@fylket.example.org');
  await page.getByRole('button', { name: 'Opprett nettverket' }).click();
  for (const { name, orgnr } of members.slice(0, -1)) {
    await page.locator('#orgnr').fill(orgnr);
    await page.locator('#orgnr').press('Enter');
    await page.locator('#medlemmer li', { hasText: name }).waitFor();
  }
  const last = members.at(-1)?.name ?? '';
  await page.locator('#sok').fill(last);
  await page.locator('#sok').press('Enter');
  await page.getByRole('button', { name: last }).click();
  await page.locator('#medlemmer li', { hasText: last }).waitFor();
}

/** Lets people sign in with the county's accounts; a group of it makes coordinators. */
export async function addProvider(page: Page, { issuer, clientId, secret }: Provider): Promise<void> {
  await inMenu(page).getByRole('link', { name: 'Administrasjon' }).click();
  await page.getByRole('link', { name: 'Innlogging' }).click();
  await page.getByRole('link', { name: 'Ny innloggingsleverandør' }).click();
  await page.locator('#key').fill('fylket');
  await page.locator('#name').fill('Fylkeskontoen');
  await page.locator('#issuer').fill(issuer);
  await page.locator('#client_id').fill(clientId);
  await page.locator('#authentication').selectOption('client_secret_basic');
  await page.locator('#secret').fill(secret);
  await page.locator('#scopes').fill('openid profile');
  await page.locator('#organisations').fill('fylket');
  await page.locator('#role_rules').fill(`groups = barometer -> coordinator ${network.key}`);
  await page.locator('#is_active').check();
  await page.getByRole('button', { name: 'Lagre' }).click();
  await page.getByRole('button', { name: 'Prøv forbindelsen' }).click();
}

/** Makes somebody of each organisation its contact. */
export async function inviteContacts(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Nettverk', exact: true }).first().click();
  await page.getByRole('link', { name: 'Folk og roller' }).click();
  for (const member of members) {
    await page.getByLabel('Navn').fill(`Kontakt i ${member.name}`);
    await page.getByLabel('E-postadresse').fill(contactOf(member));
    await page.locator('#role').selectOption('organisation_contact');
    await page.locator('#organisation').selectOption(member.key);
    await page.getByRole('button', { name: 'Gi rollen' }).click();
    await page.locator('.person', { hasText: contactOf(member) }).waitFor();
  }
}
