import request from 'supertest';
import { operator, type Role } from '../../src/domain/permissions';
import { grantRole } from '../../src/usecases/administrator/grant-role';
import { saveProvider } from '../../src/usecases/administrator/save-provider';
import { withDatabase } from '../support/database';
import { listRoutes } from '../support/fuzz/list-routes';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import { createResultsNetwork, signInAs, type Agent } from '../support/results-network';
import { expectedAnswers, people, type PersonName } from '../support/route-answers';

const database = withDatabase();
const agents = new Map<PersonName, { agent: Agent; csrf: string }>();
const nothing = '00000000-0000-4000-8000-000000000000';
let site: RespondentApp;
let unitId: string;

async function signIn(role: Role, networkKey: string, organisationKey?: string): Promise<Agent> {
  return signInAs(site, { role, networkKey, ...(organisationKey === undefined ? {} : { organisationKey }) });
}

async function readCsrf(agent: Agent): Promise<string> {
  return /name="_csrf" value="([^"]+)"/.exec((await agent.get('/konto')).text)?.[1] ?? '';
}

beforeAll(async () => {
  site = await createRespondentApp(database.db());
  await createResultsNetwork(site.context, 'egen');
  await createResultsNetwork(site.context, 'annen');
  await saveProvider(site.context, operator, {
    key: 'port',
    name: 'Porten',
    kind: 'standard',
    issuer: 'https://issuer.invalid',
    tenantId: '',
    clientId: 'x',
    authentication: 'client_secret_basic',
    secret: 'x',
    scopes: 'openid',
    acrValues: '',
    usesUserInfo: false,
    organisations: '',
    roleRules: '',
    isActive: true,
    isNew: true,
  });
  const made: Record<PersonName, Agent> = {
    administrator: await signIn('administrator', 'egen'),
    coordinator: await signIn('coordinator', 'egen'),
    contact: await signIn('organisation_contact', 'egen', 'asker'),
    neighbour: await signIn('organisation_contact', 'egen', 'drammen'),
    researcher: await signIn('researcher', 'egen'),
    'other coordinator': await signIn('coordinator', 'annen'),
    'other contact': await signIn('organisation_contact', 'annen', 'asker'),
    anonymous: request.agent(site.app),
  };
  const { rows } = await database.db().raw<{ rows: { id: string }[] }>(
    `SELECT unit.id FROM unit JOIN wave ON wave.id = unit.wave_id JOIN organisation ON organisation.id = unit.organisation_id
      WHERE wave.key = 'egen' AND organisation.key = 'asker' ORDER BY unit.key LIMIT 1`,
  );
  unitId = rows[0]!.id;
  for (const who of people) agents.set(who, { agent: made[who], csrf: await readCsrf(made[who]) });
});

/** A role that can be ended: of somebody in the network, or of an administrator. */
async function createGrant(isAdministrator: boolean): Promise<string> {
  const email = `${Math.random().toString(36).slice(2)}@example.org`;
  const grant = {
    email,
    name: 'Kort Tid',
    networkKey: 'egen',
    role: 'organisation_contact',
    organisationKey: 'asker',
  } as const;
  const { actorId } = await grantRole(site.context, operator, grant);
  if (isAdministrator) {
    await database.db().raw(`INSERT INTO role_grant (actor_id, role) VALUES (:actorId, 'administrator')`, { actorId });
  }
  const { rows } = await database
    .db()
    .raw<{ rows: { id: string }[] }>(
      'SELECT id FROM role_grant WHERE actor_id = :actorId AND (network_id IS NULL) = :isAdministrator',
      { actorId, isAdministrator },
    );
  return rows[0]!.id;
}

async function fillAddress(path: string, place: string): Promise<string> {
  const grant = path.includes(':grant') ? await createGrant(path.startsWith('/administrasjon')) : '';
  const values: Readonly<Record<string, string>> = {
    wave: place,
    network: place,
    grant,
    provider: 'port',
    page: 'x',
    role: 'coordinator',
    organisation: path.endsWith('/fjern') ? 'ukjent' : 'asker',
    unit: place === 'egen' ? unitId : nothing,
    kind: 'invitasjon',
    language: 'nb',
    number: '1',
    step: 'stans',
  };
  return path.replaceAll(/\{?\/?[:*](\w+)\}?/g, (_match, name: string) => `/${values[name] ?? nothing}`);
}

let asked = 0;

async function ask(who: PersonName, method: string, path: string): Promise<request.Response> {
  const person = agents.get(who)!;
  if (method === 'GET') return person.agent.get(path);
  asked += 1;
  const body = { _csrf: person.csrf, email: path === '/logg-inn' ? `${asked}@example.org` : '' };
  return person.agent.post(path).type('form').send(body);
}

function listNames(): readonly string[] {
  return [...new Set(listRoutes(site.app).map(({ method, path }) => `${method} ${path}`))];
}

test('every route has a row in the table, and every row a route', () => {
  expect(listNames().toSorted()).toEqual(Object.keys(expectedAnswers).toSorted());
});

/** Removing and signing out come last: what they end is needed before. */
const last = ['POST /administrasjon/innlogging/:provider/fjern', 'POST /logg-ut'];
const inOrder = Object.entries(expectedAnswers).toSorted(([a], [b]) => last.indexOf(a) - last.indexOf(b));

const keyed = Object.keys(expectedAnswers).filter((route) => /:wave|:network/.test(route));

test.each(keyed)('%s answers people of another network as if it were not there', async (route) => {
  const [method = '', path = ''] = route.split(' ');
  for (const who of ['other coordinator', 'other contact'] as const) {
    const there = await ask(who, method, await fillAddress(path, 'egen'));
    const missing = await ask(who, method, await fillAddress(path, 'ingen'));
    expect(there.status).toBe(missing.status);
    expect(there.text.replaceAll('egen', 'ingen')).toBe(missing.text);
  }
});

test.each(inOrder)('%s', async (route, expected) => {
  const [method = '', path = ''] = route.split(' ');
  const found = new Map<PersonName, number>();
  for (const who of people) found.set(who, (await ask(who, method, await fillAddress(path, 'egen'))).status);
  expect(Object.fromEntries(found)).toEqual(expected);
});
