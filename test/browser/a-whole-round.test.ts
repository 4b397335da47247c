import type { Page } from 'playwright-core';
import { describeInBrowser, withBrowser } from '../support/browser';
import { plantFrame } from '../support/planted-frame';
import {
  letPromisedDayCome,
  moveToNewServer,
  readEverything,
  readFileOf,
  readPromisedDay,
  readReleaseTables,
} from '../support/whole-round/aftermath';
import {
  addOrganisations,
  addProvider,
  contactOf,
  createNetworkOfSeven,
  inviteContacts,
  members,
  network,
} from '../support/whole-round/administration';
import {
  prepareSurroundings,
  waitForMail,
  type Installation,
  type Surroundings,
} from '../support/whole-round/installation';
import { look, openBrowserOf, signInAtProvider, signInByMail } from '../support/whole-round/people';
import { expectOwnBoardOnly } from '../support/whole-round/contact';
import { importFrame } from '../support/whole-round/frame';
import {
  completePrivacyPages,
  confirmStep,
  openTab,
  planWave,
  sendTestMail,
  setTarget,
  waveKey,
} from '../support/whole-round/preparation';
import {
  declineByOneClick,
  findAnswerPath,
  listManagers,
  pickManagers,
  sendMailing,
  waitForMailings,
} from '../support/whole-round/answers';
import { answerByForms, answerInBrowser } from '../support/whole-round/respondents';
import { createSteps } from '../support/whole-round/steps';

const administratorEmail = 'drift@example.org';
const coordinatorEmail = 'ingrid@fylket.example.org';
const refusedAddress = 'leder700@example.org';
const decliningAddress = 'leder701@example.org';
const step = createSteps();

/** Drammen has most workplaces, so that sectors and sizes are spread over all seven. */
const frame = plantFrame([...members.map(({ name }) => name), 'Drammen']);
const managers = listManagers(frame).map(({ email }) => email);
/** Forty: ten in each of four organisations. */
const answering = pickManagers(frame, { organisations: members.slice(0, 4).map(({ name }) => name), count: 10 });
const own = members[3]!;

describeInBrowser('a whole round', () => {
  const browser = withBrowser();
  let around: Surroundings;
  let site: Installation;
  let administrator: Page;
  let coordinator: Page;
  let contact: Page;

  beforeAll(async () => {
    around = await prepareSurroundings(refusedAddress);
    site = await around.install(await around.makeDatabase());
    administrator = await openBrowserOf(browser());
    coordinator = await openBrowserOf(browser());
  });
  afterAll(() => around.stop());

  step('an administrator signs in by mail and creates a network of seven', async () => {
    await site.runCommand('administrator', 'invite', administratorEmail);
    await administrator.goto(site.address);
    await look(administrator, 'forside');
    await signInByMail(administrator, site, { mail: around.mail, email: administratorEmail });
    await look(administrator, 'nettverk-tomt');
    await addOrganisations(administrator);
    await look(administrator, 'organisasjon');
    await createNetworkOfSeven(administrator);
    await look(administrator, 'nettverk-sju');
    expect(await administrator.locator('#medlemmer li').count()).toBe(members.length);
  });

  step('the administrator lets the coordinator in through OpenID Connect, and she signs in', async () => {
    await addProvider(administrator, await around.startProvider(site));
    await look(administrator, 'leverandor');
    await signInAtProvider(coordinator, site);
    await look(coordinator, 'nettverk-koordinator');
    expect(await coordinator.locator('main').textContent()).toContain(network.name);
  });

  step('she gives each organisation a contact', async () => {
    await inviteContacts(coordinator);
    await look(coordinator, 'folk');
    for (const member of members) await waitForMail(around.mail, { to: contactOf(member), pattern: /logg-inn/ });
  });

  step('she plans a round, fills in privacy and gets the test mail', async () => {
    await coordinator.goto(`${site.address}/nettverk`);
    await planWave(coordinator);
    await look(coordinator, 'runde-ny');
    await setTarget(coordinator);
    await look(coordinator, 'innstillinger');
    await completePrivacyPages(coordinator);
    await look(coordinator, 'personvern');
    await openTab(coordinator, 'Utsending');
    await look(coordinator, 'utsending-kladd');
    await sendTestMail(coordinator, { mail: around.mail, email: coordinatorEmail, address: site.address });
    await look(coordinator, 'testpost');
    await coordinator.getByRole('button', { name: 'Ja, den kom fram' }).click();
  });

  step('she imports a frame of 800 with faults, sees each by its row, mends the file and confirms', async () => {
    await coordinator.goto(`${site.address}/runder/${waveKey}`);
    await importFrame(coordinator, frame, look);
    expect(await coordinator.locator('.frame-counts tfoot').first().textContent()).toContain('800');
  });

  step('nothing is missing any more, and she opens the round', async () => {
    await openTab(coordinator, 'Oversikt');
    await look(coordinator, 'klar');
    expect(await coordinator.locator('.readiness li:not([data-status=ok])').allTextContents()).toEqual([]);
    await confirmStep(coordinator, { open: 'Åpne runden', button: 'Ja, åpne runden' });
    await coordinator.locator('h2', { hasText: 'Før runden stenges' }).waitFor();
    await look(coordinator, 'apen');
  });

  step('invitations go out: exactly one to each manager', async () => {
    const before = around.mail.received.length;
    await coordinator.getByRole('link', { name: 'Inviter dem som skal svare' }).click();
    await sendMailing(coordinator);
    await look(coordinator, 'utsending-gaar');
    await waitForMailings(coordinator, 1);
    await look(coordinator, 'utsending-ferdig');
    const reached = around.mail.received.slice(before).map(({ to }) => to);
    expect(reached.sort()).toEqual(managers.filter((email) => email !== refusedAddress).sort());
    expect(await coordinator.locator('.troubled').textContent()).toContain('550');
  });

  step('forty answer through the links in their mails, and one says no with one click', async () => {
    const links = answering.map(({ email }) => findAnswerPath(around.mail.received, email));
    const [onPhone = '', atDesk = '', ...others] = links;
    const phone = await openBrowserOf(browser(), 'phone');
    await answerInBrowser(phone, site.address + onPhone, look);
    const desk = await openBrowserOf(browser());
    await answerInBrowser(desk, site.address + atDesk, () => Promise.resolve());
    await Promise.all([phone.context().close(), desk.context().close()]);
    for (const [number, path] of others.entries()) await answerByForms(site.address, { path, number });
    const refusal = around.mail.received.find(({ to }) => to === decliningAddress);
    if (refusal === undefined) throw new RangeError('no invitation to say no to');
    expect(await declineByOneClick(refusal)).toBe(200);
  });

  step('the board shows forty answers and one no', async () => {
    await openTab(coordinator, 'Deltakelse');
    await look(coordinator, 'deltakelse');
    expect(await coordinator.locator('.board-headline__sentence').textContent()).toContain('40 av 800 inviterte');
    await coordinator.goto(`${site.address}/runder`);
    await look(coordinator, 'alle-runder');
  });

  step('a reminder reaches exactly the others', async () => {
    await coordinator.goto(`${site.address}/runder/${waveKey}/utsending`);
    await look(coordinator, 'paminnelse-klar');
    const before = around.mail.received.length;
    await sendMailing(coordinator);
    await waitForMailings(coordinator, 2);
    const left = new Set([refusedAddress, decliningAddress, ...answering.map(({ email }) => email)]);
    const reached = around.mail.received.slice(before).map(({ to }) => to);
    expect(reached.sort()).toEqual(managers.filter((email) => !left.has(email)).sort());
  });

  step('the contact of an organisation signs in by mail and sees only its own board', async () => {
    contact = await openBrowserOf(browser(), 'phone');
    await signInByMail(contact, site, { mail: around.mail, email: contactOf(own) });
    await look(contact, 'kontakt-nettverk');
    await expectOwnBoardOnly(contact, { path: `${site.address}/runder/${waveKey}`, own, look });
  });

  step('she closes the round and releases the figures to everybody', async () => {
    await coordinator.goto(`${site.address}/runder/${waveKey}`);
    await look(coordinator, 'for-stenging');
    await confirmStep(coordinator, { open: 'Steng runden', button: 'Ja, steng runden' });
    await look(coordinator, 'stenges');
    await coordinator.locator('h2', { hasText: 'Før tallene frigis' }).waitFor();
    await coordinator.locator('summary', { hasText: 'Frigi tallene' }).click();
    await look(coordinator, 'frigi-valg');
    await coordinator.locator('input[name=visibility][value=public]').check();
    await coordinator.getByRole('button', { name: 'Ja, frigi tallene' }).click();
    await coordinator.getByRole('link', { name: 'Se sammenligningen' }).waitFor();
    await look(coordinator, 'frigitt');
    await coordinator.getByRole('link', { name: 'Se sammenligningen' }).click();
    await look(coordinator, 'sammenligning');
  });

  step('the contact and the public see the comparison: figures, and a colon for what is hidden', async () => {
    const address = `${site.address}/runder/${waveKey}/sammenligning`;
    const visitor = await openBrowserOf(browser());
    for (const [reader, name] of [
      [contact, 'kontakt-sammenligning'],
      [visitor, 'offentlig-sammenligning'],
    ] as const) {
      await reader.goto(address);
      await look(reader, name);
      const cells = await reader.locator('main table td').allTextContents();
      expect(cells.some((text) => /\d+ %/.test(text))).toBe(true);
      expect(cells.some((text) => text.trim().startsWith(':'))).toBe(true);
    }
    await visitor.context().close();
  });

  step('on the promised day names, addresses and links are deleted, and the page shows the proof', async () => {
    const everything = await readEverything(site);
    for (const email of managers) expect(everything).toContain(email);
    expect(await letPromisedDayCome(site, await readPromisedDay(site))).toBe(managers.length);
    const left = await readEverything(site);
    expect(managers.filter((email) => left.includes(email))).toEqual([]);
    await coordinator.goto(`${site.address}/runder/${waveKey}/deltakelse`);
    await look(coordinator, 'slettet');
    const proof = await coordinator.locator('.board-proof').textContent();
    expect(proof).toContain('Invitasjoner slettet');
    expect(proof).toContain('800');
    const gone = await coordinator.goto(site.address + findAnswerPath(around.mail.received, answering[0]!.email));
    expect(gone?.status()).toBe(404);
  });

  step('a backup is restored on an empty server, and the release is the same to the byte', async () => {
    const restored = await moveToNewServer(around, site);
    expect(await readReleaseTables(restored)).toEqual(await readReleaseTables(site));
    const page = await openBrowserOf(browser());
    await signInByMail(page, restored, { mail: around.mail, email: administratorEmail });
    await page.goto(`${restored.address}/runder/${waveKey}`);
    await look(page, 'gjenopprettet');
    for (const file of ['tall.csv', 'sammenligning.csv?organisasjon=lier']) {
      const path = `/runder/${waveKey}/${file}`;
      const [before, after] = [
        await readFileOf(administrator, site.address + path),
        await readFileOf(page, restored.address + path),
      ];
      // The files name the server that they come from.
      expect(after.replaceAll(restored.address, site.address) === before).toBe(true);
    }
  });
});
