import { operator } from '../../src/domain/permissions';
import { closeWave } from '../../src/usecases/coordinator/close-wave';
import { createLinks } from '../../src/usecases/coordinator/create-links';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { withDatabase } from '../support/database';
import { createDraftWave } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs } from '../support/results-network';
import { completePrivacy } from '../support/wave-setup';

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

/** The one sentence about participation. */
function readSummary(html: string): string | undefined {
  return /id="deltakelse".*?<p class="reading">(.*?)<\/p>/s.exec(html)?.[1];
}

test('a draft wave foretells what will be hidden and can only be opened', async () => {
  await createDraftWave(site.context, 'kladd', { units: 12 });
  await completePrivacy(site.context, 'kladd');
  const html = await openPage('kladd');
  expect(html).toContain('Hva som trolig blir skjult');
  expect(html).toContain('Asker, hele organisasjonen');
  expect(html).toContain('action="/runder/kladd/apne"');
  expect(html).not.toContain('action="/runder/kladd/steng"');
});

test('an open wave tells how many have answered, never a result', async () => {
  await createDraftWave(site.context, 'apen', { units: 12 });
  await openWave(site.context, operator, { waveKey: 'apen' });
  await createLinks(site.context, operator, { waveKey: 'apen' });
  const html = await openPage('apen');
  expect(readSummary(html)).toBe('0 av 24 inviterte har svart (0 %).');
  expect(html).toContain('href="/runder/apen/deltakelse"');
  expect(html).toContain('action="/runder/apen/steng"');
  expect(html).not.toContain('sammenligning');
  expect(html).not.toContain('Hva som trolig blir skjult');
});

test('organisations with fewer invited than the smallest group are not summed', async () => {
  await createResultsNetwork(site.context, 'sma', { isReleased: false });
  const html = await openPage('sma');
  expect(readSummary(html)).toBe('126 av 181 inviterte har svart (70 %).');
  expect(html).not.toContain('Viken');
});

test('counts of a closed wave outlive its invitations', async () => {
  await createDraftWave(site.context, 'slettet', { units: 12 });
  await openWave(site.context, operator, { waveKey: 'slettet' });
  await closeWave(site.context, operator, { waveKey: 'slettet' });
  await site.context.db.raw('DELETE FROM invitation WHERE wave_id = (SELECT id FROM wave WHERE key = :key)', {
    key: 'slettet',
  });
  expect(readSummary(await openPage('slettet'))).toBe('0 av 24 inviterte har svart (0 %).');
});
