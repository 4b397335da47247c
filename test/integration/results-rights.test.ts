import request from 'supertest';
import { withDatabase } from '../support/database';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { runWaveJobs } from '../support/run-wave-jobs';
import { createResultsNetwork, signInAs, type Agent } from '../support/results-network';

const database = withDatabase();
let site: RespondentApp;
const people = new Map<string, Agent>();

beforeAll(async () => {
  site = await createRespondentApp(database.db());
  await createResultsNetwork(site.context, 'apent', { isOpen: true });
  await createResultsNetwork(site.context, 'lukket', { isOpen: false });
  await createResultsNetwork(site.context, 'stengt', { isReleased: false });
  people.set('anonymous', request.agent(site.app));
  people.set(
    'contact',
    await signInAs(site, { role: 'organisation_contact', networkKey: 'apent', organisationKey: 'asker' }),
  );
  people.set('researcher', await signInAs(site, { role: 'researcher', networkKey: 'apent' }));
  people.set('coordinator', await signInAs(site, { role: 'coordinator', networkKey: 'apent' }));
  people.set('other coordinator', await signInAs(site, { role: 'coordinator', networkKey: 'lukket' }));
  people.set('administrator', await signInAs(site, { role: 'administrator', networkKey: 'apent' }));
});

function as(who: string): Agent {
  const agent = people.get(who);
  if (agent === undefined) throw new RangeError(who);
  return agent;
}

const statuses = {
  anonymous: 401,
  contact: 200,
  researcher: 200,
  coordinator: 200,
  'other coordinator': 404,
  administrator: 200,
} as const;

describe.each([
  '/runder/apent/sammenligning',
  '/runder/apent/sammenligning.csv',
  '/runder/apent/tall.csv',
  '/runder/apent/metode',
])('GET %s', (path) => {
  test.each(Object.entries(statuses))('%s gets %i', async (who, status) => {
    expect((await as(who).get(path)).status).toBe(status);
  });
});

describe('GET /runder/:wave', () => {
  test.each(Object.entries({ ...statuses, researcher: 403 }))('%s gets %i', async (who, status) => {
    expect((await as(who).get('/runder/apent')).status).toBe(status);
  });

  test('only those who run the wave get buttons', async () => {
    await createResultsNetwork(site.context, 'knapper', { isReleased: false });
    const contact = await signInAs(site, {
      role: 'organisation_contact',
      networkKey: 'knapper',
      organisationKey: 'asker',
    });
    const coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'knapper' });
    expect((await contact.get('/runder/knapper')).text).not.toContain('/runder/knapper/frigi');
    expect((await coordinator.get('/runder/knapper')).text).toContain('action="/runder/knapper/frigi"');
  });
});

describe('GET /nettverk', () => {
  test('asks strangers to sign in and shows everybody else what is theirs', async () => {
    expect((await as('anonymous').get('/nettverk')).status).toBe(401);
    const contact = await as('contact').get('/nettverk');
    expect(contact.text).toContain('href="/runder/apent"');
    expect(contact.text).not.toContain('lukket');
    const researcher = await as('researcher').get('/nettverk');
    expect(researcher.text).toContain('href="/runder/apent/tall.csv"');
    expect(researcher.text).not.toContain('href="/runder/apent"');
    expect((await as('administrator').get('/nettverk')).text).toContain('href="/runder/lukket"');
  });
});

describe('POST of a step', () => {
  const post = async (agent: Agent, path: string): Promise<number> => {
    const page = await agent.get('/nettverk');
    const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    return (await agent.post(path).type('form').send({ _csrf: token })).status;
  };

  test.each(['apne', 'steng', 'frigi'])('%s is for those who run the wave', async (step) => {
    const path = `/runder/stengt/${step}`;
    expect(await post(as('anonymous'), path)).toBe(401);
    for (const who of ['contact', 'researcher', 'other coordinator']) expect(await post(as(who), path)).toBe(404);
    const contact = { role: 'organisation_contact', networkKey: 'stengt', organisationKey: 'asker' } as const;
    expect(await post(await signInAs(site, contact), path)).toBe(403);
    expect(await post(await signInAs(site, { role: 'researcher', networkKey: 'stengt' }), path)).toBe(403);
  });

  test('a step without the form’s token is refused', async () => {
    const coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'stengt' });
    expect((await coordinator.post('/runder/stengt/frigi').type('form').send({})).status).toBe(403);
  });

  test('a step out of turn is refused and a step in turn leads back to the wave', async () => {
    await createResultsNetwork(site.context, 'tur', { isReleased: false });
    const coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'tur' });
    expect(await post(coordinator, '/runder/tur/steng')).toBe(409);
    expect((await coordinator.get('/runder/tur/sammenligning')).status).toBe(404);
    expect(await post(coordinator, '/runder/tur/frigi')).toBe(303);
    expect((await coordinator.get('/runder/tur/sammenligning')).status).toBe(404);
    await runWaveJobs(site.context, database.url());
    expect((await coordinator.get('/runder/tur/sammenligning')).status).toBe(200);
  });
});

describe('what is not released', () => {
  test('an unreleased wave gives no figure on any route', async () => {
    const coordinator = await signInAs(site, { role: 'coordinator', networkKey: 'stengt' });
    for (const path of ['sammenligning', 'sammenligning.csv', 'tall.csv', 'metode']) {
      const reply = await coordinator.get(`/runder/stengt/${path}`);
      expect(reply.status).toBe(404);
      expect(reply.text).toContain('Resultatene er ikke frigitt');
      expect(reply.text).not.toMatch(/\d %/);
    }
    const wave = await coordinator.get('/runder/stengt');
    expect(wave.text).not.toContain('sammenligning');
  });
});

describe('what is not there', () => {
  test.each([
    'organisasjon=oslo',
    'organisasjon=asker&tema=finnes_ikke',
    'organisasjon=asker&inndeling=sektor&gruppe=culture',
  ])('%s is not found', async (query) => {
    expect((await as('coordinator').get(`/runder/apent/sammenligning?${query}`)).status).toBe(404);
  });

  test('an unknown wave is not found and a doubled filter is refused', async () => {
    expect((await as('coordinator').get('/runder/ingen/sammenligning')).status).toBe(404);
    expect((await as('coordinator').get('/runder/ingen')).status).toBe(404);
    expect((await as('coordinator').get('/runder/apent/sammenligning?tema=a&tema=b')).status).toBe(400);
  });

  test('a member of a closed network sees itself, not the others', async () => {
    const contact = await signInAs(site, {
      role: 'organisation_contact',
      networkKey: 'lukket',
      organisationKey: 'asker',
    });
    const own = await contact.get('/runder/lukket/sammenligning?organisasjon=asker');
    expect(own.status).toBe(200);
    expect(own.text).not.toContain('Vis hvert medlem');
    expect((await contact.get('/runder/lukket/sammenligning?organisasjon=drammen')).status).toBe(404);
    expect((await contact.get('/runder/lukket/sammenligning.csv?organisasjon=drammen')).status).toBe(404);
  });
});
