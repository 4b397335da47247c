import { operator } from '../../src/domain/permissions';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { createLinks } from '../../src/usecases/coordinator/create-links';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { withDatabase } from '../support/database';
import { createDraftWave } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs } from '../support/results-network';

const database = withDatabase();
let site: RespondentApp;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
});

async function openPage(key: string): Promise<string> {
  const coordinator = await signInAs(site, { role: 'coordinator', networkKey: key });
  const { text, status } = await coordinator.get(`/runder/${key}`);
  expect(status).toBe(200);
  return text;
}

function readCounts(html: string): readonly string[][] {
  return [...html.matchAll(/<tr role="row"><th role="rowheader" scope="row">(.*?)<\/tr>/gs)].map(([, row = '']) =>
    row.split(/<[^>]+>/).flatMap((text) => (text.trim() === '' ? [] : [text.trim()])),
  );
}

test('a draft wave foretells what will be hidden and can only be opened', async () => {
  await createDraftWave(site.context, 'kladd', { units: 12 });
  const html = await openPage('kladd');
  expect(html).toContain('Hva som trolig blir skjult');
  expect(html).toContain('Asker, hele organisasjonen');
  expect(html).toContain('action="/runder/kladd/apne"');
  expect(html).not.toContain('action="/runder/kladd/steng"');
});

test('an open wave shows invited, opened and answered, never a result', async () => {
  await createDraftWave(site.context, 'apen', { units: 12 });
  await openWave(site.context, operator, { waveKey: 'apen' });
  await createLinks(site.context, operator, { waveKey: 'apen' });
  const html = await openPage('apen');
  expect(readCounts(html)).toEqual([
    ['Asker', '12', '0', '0', '0 %'],
    ['Oslo', '12', '0', '0', '0 %'],
    ['I alt', '24', '0', '0', '0 %'],
  ]);
  expect(html).toContain('action="/runder/apen/steng"');
  expect(html).not.toContain('sammenligning');
  expect(html).not.toContain('Hva som trolig blir skjult');
});

test('organisations with fewer invited than the smallest group are neither listed nor summed', async () => {
  await createResultsNetwork(site.context, 'sma', { isReleased: false });
  const html = await openPage('sma');
  expect(readCounts(html)).toEqual([
    ['Asker', '45', '33', '73 %'],
    ['Drammen', '70', '49', '70 %'],
    ['Lier', '66', '44', '67 %'],
    ['I alt', '181', '126', '70 %'],
  ]);
  expect(html).not.toContain('Viken');
});

test('counts of a closed wave outlive its invitations', async () => {
  await createDraftWave(site.context, 'slettet', { units: 12 });
  await openWave(site.context, operator, { waveKey: 'slettet' });
  await closeWave(site.context, operator, { waveKey: 'slettet' });
  await site.context.db.raw('DELETE FROM invitation WHERE wave_id = (SELECT id FROM wave WHERE key = :key)', {
    key: 'slettet',
  });
  expect(readCounts(await openPage('slettet'))[0]).toEqual(['Asker', '12', '0', '0 %']);
});
