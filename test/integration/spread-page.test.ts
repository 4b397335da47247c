import request from 'supertest';
import { operator } from '../../src/domain/permissions';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
import { withDatabase } from '../support/database';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs } from '../support/results-network';
import { readRows } from '../support/results-page';

const database = withDatabase();
const spread = (wave: string, query = '') => `/runder/${wave}/spredning${query}`;
let site: RespondentApp;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
  await createResultsNetwork(site.context, 'lukket', { isOpen: false });
  await createResultsNetwork(site.context, 'apent', { isReleased: false });
  await site.context.db.raw(`UPDATE wave SET public_cell_size = 10 WHERE key = 'apent'`);
  await releaseWave(site.context, operator, { waveKey: 'apent', choice: { visibility: 'public', embargoUntil: null } });
});

/** Points of the chart in the page. */
function readPoints(html: string): readonly { label: string; percent: number; answers: number }[] {
  const [, json = '{}'] = /<script type="application\/json">(.*?)<\/script>/s.exec(html) ?? [];
  return (JSON.parse(json) as { points: { label: string; percent: number; answers: number }[] }).points;
}

test('members stand in alphabetical order with what the comparison page prints, the hidden ones with the hidden text', async () => {
  const agent = await signInAs(site, { role: 'organisation_contact', networkKey: 'apent', organisationKey: 'asker' });
  const { text } = await agent.get(spread('apent')).expect(200);
  const rows = readRows(text);
  expect(rows.map(({ label }) => label)).toEqual(['Asker', 'Drammen', 'Lier', 'Viken']);
  expect(text).toContain('Nettverket samlet');
  for (const { label, cells } of rows.slice(0, 3)) {
    const own = await agent.get(`/runder/apent/sammenligning?organisasjon=${label.toLowerCase()}`).expect(200);
    expect(cells.get('Andel (95 % intervall)')).toBe(readRows(own.text)[0]?.cells.get(label));
  }
  expect(rows[3]?.cells.get('Andel (95 % intervall)')).toContain('Skjult av hensyn til personvernet');
  expect([rows[3]?.cells.get('Svar (n)'), rows[3]?.cells.get('Mot nettverket')]).toEqual([':', '–']);
});

test('the chart draws what the table prints and nothing of hidden members', async () => {
  const agent = await signInAs(site, { role: 'coordinator', networkKey: 'apent' });
  const { text } = await agent.get(spread('apent')).expect(200);
  const rows = new Map(readRows(text).map(({ label, cells }) => [label, cells]));
  const points = readPoints(text);
  expect(points.map(({ label }) => label)).toEqual(['Asker', 'Drammen', 'Lier']);
  for (const { label, percent, answers } of points) {
    expect(rows.get(label)?.get('Andel (95 % intervall)')).toContain(`${percent} %`);
    expect(rows.get(label)?.get('Svar (n)')).toBe(String(answers));
  }
});

test('every figure can be chosen; another one is not found', async () => {
  const agent = await signInAs(site, { role: 'researcher', networkKey: 'apent' });
  const { text } = await agent.get(spread('apent')).expect(200);
  const values = [...text.matchAll(/<option value="([^"]+)"/g)].map(([, value = '']) => value);
  expect(values.length).toBeGreaterThan(3);
  for (const value of values) await agent.get(spread('apent', `?tall=${value}`)).expect(200);
  await agent.get(spread('apent', '?tall=nothing.here')).expect(404);
  await agent.get(spread('apent', '?tall=a&tall=b')).expect(400);
});

test('strangers get the public edition of an open network', async () => {
  const { text } = await request(site.app).get(spread('apent')).expect(200);
  expect(text).not.toContain('href="/nettverk"');
  expect(readPoints(text).length).toBeGreaterThan(0);
  await request(site.app).get(spread('lukket')).expect(401);
});

test('in a closed network only those who see every member have the page, and no ranks', async () => {
  const contact = { role: 'organisation_contact', networkKey: 'lukket', organisationKey: 'asker' } as const;
  const member = await signInAs(site, contact);
  await member.get(spread('lukket')).expect(404);
  expect((await member.get('/runder/lukket/sammenligning').expect(200)).text).not.toContain('/spredning');
  const coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'lukket' });
  const { text } = await coordinator.get(spread('lukket')).expect(200);
  expect(text).not.toContain('data-label="Plass');
  const other = await signInAs(site, { role: 'coordinator', networkKey: 'apent' });
  await other.get(spread('lukket')).expect(404);
});
