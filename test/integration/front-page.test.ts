import request from 'supertest';
import { operator } from '../../src/domain/permissions';
import { releaseWave } from '../../src/usecases/coordinator/release-wave';
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

describe('figures for everybody', () => {
  const embargoUntil = new Date('2031-05-12T06:00:00Z');
  let now = new Date('2031-05-11T10:00:00Z');

  beforeAll(async () => {
    Object.assign(site.context, { now: () => now });
    for (const key of ['apen', 'venter', 'intern']) {
      await createResultsNetwork(site.context, key, { isReleased: false });
    }
    await releaseWave(site.context, operator, {
      waveKey: 'apen',
      choice: { visibility: 'public', embargoUntil: null },
    });
    await releaseWave(site.context, operator, { waveKey: 'venter', choice: { visibility: 'public', embargoUntil } });
    await releaseWave(site.context, operator, {
      waveKey: 'intern',
      choice: { visibility: 'network', embargoUntil: null },
    });
  });

  const list = async (): Promise<readonly string[]> => {
    const { text } = await request(site.app).get('/').expect(200);
    return [...text.matchAll(/href="\/runder\/([^/"]+)\/sammenligning"/g)].map(([, key]) => key ?? '');
  };

  test('are listed for a visitor when they are public and no embargo holds them back, and lead to the figures', async () => {
    expect(await list()).toEqual(['apen']);
    const { text } = await request(site.app).get('/');
    expect(text).toContain('Frigitt 11. mai 2031');
    await request(site.app).get('/runder/apen/sammenligning').expect(200);
  });

  test('come in when the embargo ends', async () => {
    now = embargoUntil;
    expect([...(await list())].sort()).toEqual(['apen', 'venter']);
    await request(site.app).get('/runder/venter/sammenligning').expect(200);
  });
});
