import request from 'supertest';
import { operator } from '../../src/domain/permissions';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { withDatabase } from '../support/database';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs, type Agent } from '../support/results-network';

const database = withDatabase();
let site: RespondentApp;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
  await createResultsNetwork(site.context, 'lukket', { isOpen: false });
  await createResultsNetwork(site.context, 'apent', { isReleased: false });
  await site.context.db.raw(`UPDATE wave SET public_cell_size = 10 WHERE key = 'apent'`);
  await releaseWave(site.context, operator, { waveKey: 'apent', choice: { visibility: 'public', embargoUntil: null } });
});

function toText(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll(/\s+/g, ' ');
}

async function readPage(agent: Agent, wave: string): Promise<string> {
  return toText((await agent.get(`/runder/${wave}/metode`).expect(200)).text);
}

/** Figures of the whole file, rests aside, that are printed and that are a colon. */
async function countFigures(agent: Agent, wave: string): Promise<{ readonly shown: number; readonly hidden: number }> {
  const { text } = await agent.get(`/runder/${wave}/tall.csv`).expect(200);
  const [head = '', ...rows] = text.trim().split('\n');
  const names = head
    .replace('\uFEFF', '')
    .split(/[;,]/)
    .map((name) => name.replaceAll('"', '').trim());
  const separator = head.includes(';') ? ';' : ',';
  const cells = rows.map((row) => {
    const found = [...row.matchAll(new RegExp(`(?:^|${separator})(?:"((?:[^"]|"")*)"|([^"${separator}]*))`, 'g'))];
    return new Map(found.map(([, quoted, plain], index) => [names[index] ?? '', (quoted ?? plain ?? '').trim()]));
  });
  const own = cells.filter((row) => !(row.get('group') ?? '').startsWith('rest='));
  return {
    shown: own.filter((row) => row.get('percent') !== ':').length,
    hidden: own.filter((row) => row.get('percent') === ':').length,
  };
}

test.each([
  ['a contact in a closed network', 'lukket', 'asker'],
  ['another contact in a closed network', 'lukket', 'viken'],
  ['a contact in an open network', 'apent', 'asker'],
])('%s is told how many figures the file shows and hides', async (_who, wave, organisationKey) => {
  const agent = await signInAs(site, { role: 'organisation_contact', networkKey: wave, organisationKey });
  const { shown, hidden } = await countFigures(agent, wave);
  expect(hidden).toBeGreaterThan(0);
  const page = await readPage(agent, wave);
  expect(page).toMatch(new RegExp(`Tall i utgaven ${shown} vises \\(\\d+ av dem med «ca\\.»\\), ${hidden} er skjult`));
});

test('the page tells what the release was made from', async () => {
  const agent = await signInAs(site, { role: 'coordinator', networkKey: 'apent' });
  const page = await readPage(agent, 'apent');
  expect(page).toContain('Frigivelse Nr. 1, ');
  expect(page).toContain('Utgave For nettverket');
  expect(page).toContain('Minste gruppe som vises 7 svar');
  expect(page).toContain('Arbeidsplasser i ramma 181');
  expect(page).toContain('Invitert 181');
  expect(page).toContain('126 av 181 som kunne svare');
  expect(page).toContain('Et svar står i snitt for 1,4 arbeidsplasser');
  expect(page).toContain('Viken (3) av 3 spørsmål');
  expect(page).toContain('står det minst 10 svar');
  expect(page).toMatch(/Spørreskjema [0-9a-f]{64}/);
});

test('everybody has the public edition with its own limits, and nobody a page of a network that is not theirs', async () => {
  const stranger = request.agent(site.app);
  const page = await readPage(stranger, 'apent');
  expect(page).toContain('Utgave For alle');
  expect(page).toContain('Minste gruppe som vises 10 svar');
  expect(page).toContain('færre enn 10 svar på spørsmålet vises ikke');
  expect(page).toContain('Bare organisasjoner med minst 7 svar');
  const { shown, hidden } = await countFigures(stranger, 'apent');
  expect(page).toContain(`${shown} vises`);
  expect(page).toContain(`${hidden} er skjult`);
  expect((await stranger.get('/runder/lukket/metode')).status).toBe(401);
});

test('the reason for a hidden figure is told to nobody', async () => {
  const agent = await signInAs(site, { role: 'administrator', networkKey: 'apent' });
  const page = await agent.get('/runder/apent/metode').expect(200);
  expect(page.text).not.toMatch(/threshold|complement|homogeneity|audit"/);
});

test.each(['nn', 'en', 'da'])('the page is complete in %s', async (language) => {
  const agent = request.agent(site.app);
  const page = toText((await agent.get(`/runder/apent/metode?lang=${language}`).redirects(1).expect(200)).text);
  expect(page).not.toMatch(/method\.|\{\w+\}/);
  expect(page).toContain('R11');
});

test('the comparison page and the files say where it is', async () => {
  const agent = await signInAs(site, { role: 'coordinator', networkKey: 'apent' });
  expect((await agent.get('/runder/apent/sammenligning')).text).toContain('href="/runder/apent/metode"');
  for (const file of ['tall.csv', 'sammenligning.csv']) {
    expect((await agent.get(`/runder/apent/${file}`)).text).toContain('/runder/apent/metode');
  }
});
