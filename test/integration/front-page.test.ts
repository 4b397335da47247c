import request from 'supertest';
import { operator } from '../../src/domain/permissions';
import { openWave } from '../../src/usecases/coordinator/open-wave';
import { withDatabase } from '../support/database';
import { createDraftWave } from '../support/fieldwork';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { signInAs } from '../support/results-network';

const database = withDatabase();
let site: RespondentApp;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
});

test('the front page tells how long answering takes in the waves that are open', async () => {
  await createDraftWave(site.context, 'kladd', { units: 12 });
  const before = await request(site.app).get('/');
  expect(before.text).toContain('Du kan ta pause når du vil.');
  expect(before.text).not.toContain('minutter');
  await openWave(site.context, operator, { waveKey: 'kladd' });
  expect((await request(site.app).get('/')).text).toContain('Det tar 1–2 minutter, og du kan ta pause når du vil.');
  expect((await request(site.app).get('/?lang=en')).text).toContain('It takes 1–2 minutes');
});

test.each([
  ['/nettverk', 'nb', 'Digitale verktøy på arbeidsplassen, versjon 1'],
  ['/runder/kladd', 'nb', 'Digitale verktøy på arbeidsplassen, versjon 1'],
  ['/nettverk', 'en', 'Digital tools at the workplace, version 1'],
])('%s in %s names the instrument by its title', async (path, language, name) => {
  const coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'kladd' });
  const { text } = await coordinator.get(`${path}?lang=${language}`);
  expect(text).toContain(name);
  expect(text).not.toContain('example/1');
});
