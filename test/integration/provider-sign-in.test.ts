import request from 'supertest';
import { operator } from '../../src/domain/permissions';
import { createSignInLink } from '../../src/usecases/administrator/create-sign-in-link';
import { grantRole } from '../../src/usecases/administrator/grant-role';
import { saveProvider } from '../../src/usecases/administrator/save-provider';
import type { ProviderForm } from '../../src/usecases/check-provider-form';
import { createNetwork } from '../../src/usecases/coordinator/create-network';
import { withDatabase } from '../support/database';
import { createKeys, startFaultyIssuer, type FaultyIssuer } from '../support/faulty-issuer';
import { openForm, postForm } from '../support/forms';
import { findFreePort, signInAtIssuer, startIssuer } from '../support/real-issuer';
import { createRespondentApp, type RespondentApp } from '../support/respondent-app';
import type { Agent } from '../support/results-network';
import { killPrograms } from './start/programs';

const database = withDatabase();
let site: RespondentApp;
let issuer: string;

const accounts: Record<string, Record<string, unknown>> = {
  kari: { name: 'Kari Nordmann', groups: ['leads', 'staff'] },
  ola: { name: 'Ola Nordmann', groups: ['staff'] },
  per: { name: 'Per Hansen', groups: [] },
  siri: { name: 'Siri Lie', groups: ['leads'] },
  nils: { name: 'Nils Berg', groups: ['leads'] },
};
const form: ProviderForm = {
  key: 'lokal',
  name: 'Prøveporten',
  kind: 'standard',
  issuer: '',
  tenantId: '',
  clientId: 'basic',
  authentication: 'client_secret_basic',
  secret: 'a secret that is long enough for HMAC, 1234567890',
  scopes: 'openid profile',
  acrValues: '',
  usesUserInfo: false,
  organisations: '',
  roleRules: 'groups = leads -> coordinator apent',
  isActive: true,
};
const returnTo = (key: string): string => `http://localhost:3000/logg-inn/leverandor/${key}/retur`;

beforeAll(async () => {
  site = await createRespondentApp(database.db());
  await createNetwork(site.context, operator, { key: 'apent', name: 'Åpent', isOpen: true });
  const port = await findFreePort();
  issuer = `http://127.0.0.1:${port}`;
  await saveProvider(site.context, operator, { ...form, issuer, isNew: true });
  const byKey = { key: 'nokkel', name: 'Nøkkelporten', clientId: 'jwt', authentication: 'private_key_jwt', secret: '' };
  await saveProvider(site.context, operator, { ...form, ...byKey, issuer, isNew: true });
  const shared = { response_types: ['code'], post_logout_redirect_uris: ['http://localhost:3000/'] };
  const keys = await request(site.app).get('/logg-inn/leverandor/nokkel/nokler.json').expect(200);
  expect(Object.keys((keys.body as { keys: object[] }).keys[0]!).sort()).toEqual([
    'alg',
    'e',
    'kid',
    'kty',
    'n',
    'use',
  ]);
  await startIssuer({
    port,
    accounts,
    clients: [
      { ...shared, client_id: 'basic', client_secret: form.secret, redirect_uris: [returnTo('lokal')] },
      {
        ...shared,
        client_id: 'jwt',
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: keys.body as object,
        redirect_uris: [returnTo('nokkel')],
      },
    ],
  });
});

afterAll(killPrograms);

interface Begun {
  readonly agent: Agent;
  readonly cookie: string;
  readonly url: string;
}

async function begin(key: string, next = ''): Promise<Begun> {
  const agent = request.agent(site.app);
  const { headers } = await agent.get(`/logg-inn/leverandor/${key}${next}`).expect(302);
  const [cookie = ''] = String(headers['set-cookie']).split(';');
  return { agent, cookie, url: headers['location'] as unknown as string };
}

async function signIn(account: string, key = 'lokal'): Promise<{ agent: Agent; status: number; text: string }> {
  const { agent, url } = await begin(key);
  const back = await signInAtIssuer(url, account);
  const { status, text } = await agent.get(`${back.pathname}${back.search}`);
  return { agent, status, text };
}

async function readRows(sql: string): Promise<readonly Record<string, unknown>[]> {
  return (await database.db().raw<{ rows: Record<string, unknown>[] }>(sql)).rows;
}

const refused = 'Innloggingen ble ikke fullført';

describe('signing in with a real provider', () => {
  test('asks by code with PKCE, state and nonce, and lets somebody in whose group has a role', async () => {
    const { agent, url } = await begin('lokal', '?videre=/konto');
    const asked = new URL(url).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: returnTo('lokal'),
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
    const back = await signInAtIssuer(url, 'kari');
    const reply = await agent.get(`${back.pathname}${back.search}`).expect(303);
    expect(reply.headers['location']).toBe('/konto');
    const account = await agent.get('/konto').expect(200);
    expect(account.text).toContain('Kari Nordmann');
    expect(account.text).toContain('Styres av grupper hos Prøveporten');
    await agent.get('/nettverk/apent/folk').expect(200);
    expect(await readRows(`SELECT email FROM actor WHERE name = 'Kari Nordmann'`)).toEqual([{ email: null }]);
    expect(
      await readRows(`SELECT subject FROM actor_identity JOIN actor ON actor.id = actor_id
                            WHERE name = 'Kari Nordmann'`),
    ).toEqual([{ subject: 'kari' }]);
  });

  test('knows this program by its private key', async () => {
    expect((await signIn('kari', 'nokkel')).status).toBe(303);
    expect(await readRows(`SELECT count(*) FROM actor WHERE name = 'Kari Nordmann'`)).toEqual([{ count: 1 }]);
  });

  test('an answer counts once, even for a browser that kept its cookie', async () => {
    const { cookie, url } = await begin('lokal');
    const back = await signInAtIssuer(url, 'kari');
    const path = `${back.pathname}${back.search}`;
    const answer = () => request(site.app).get(path).set('Cookie', cookie);
    await answer().expect(303);
    const again = await answer().expect(400);
    expect(again.text).toContain(refused);
    expect(String(again.headers['set-cookie'])).not.toContain('session=');
  });

  test('an answer with another state, or in another browser, is refused', async () => {
    const { agent, url } = await begin('lokal');
    const back = await signInAtIssuer(url, 'kari');
    const code = String(back.searchParams.get('code'));
    await agent.get(`${back.pathname}?code=${code}&state=${'x'.repeat(43)}`).expect(400);
    const other = await begin('lokal');
    const its = await signInAtIssuer(other.url, 'kari');
    await request(site.app).get(`${its.pathname}${its.search}`).expect(400);
    const third = await begin('lokal');
    await third.agent.get(`${its.pathname}${its.search}`).expect(400);
  });

  test('an answer for one provider does not count for another', async () => {
    const { agent, url } = await begin('lokal');
    const back = await signInAtIssuer(url, 'kari');
    await agent.get(`/logg-inn/leverandor/nokkel/retur${back.search}`).expect(400);
  });

  test('somebody without a role is told what to ask for', async () => {
    const { agent, status, text } = await signIn('per');
    expect(status).toBe(403);
    expect(text).toContain('Du har ikke tilgang ennå');
    expect(text).toContain('Be koordinatoren i nettverket ditt');
    await agent.get('/konto').expect(401);
    expect(await readRows(`SELECT id FROM actor WHERE name = 'Per Hansen'`)).toEqual([]);
  });

  test('a lost group loses its role; a role given by hand stays', async () => {
    await signIn('siri');
    const [siri] = await readRows(`SELECT id FROM actor WHERE name = 'Siri Lie'`);
    await database.db().raw(
      `INSERT INTO role_grant (actor_id, role, network_id)
       SELECT :id, 'researcher', network.id FROM network WHERE network.key = 'apent'`,
      { id: String(siri?.['id']) },
    );
    await saveProvider(site.context, operator, {
      ...form,
      issuer,
      roleRules: 'groups = chiefs -> coordinator apent',
      isNew: false,
    });
    const { agent, status } = await signIn('siri');
    await saveProvider(site.context, operator, { ...form, issuer, isNew: false });
    expect(status).toBe(303);
    await agent.get('/nettverk/apent/folk').expect(403);
    const rows = `SELECT role FROM role_grant JOIN actor ON actor.id = actor_id WHERE name = 'Siri Lie'`;
    expect(await readRows(rows)).toEqual([{ role: 'researcher' }]);
    const events = await readRows(`SELECT detail ->> 'role' AS role FROM audit_event WHERE action = 'ended role'`);
    expect(events).toContainEqual({ role: 'coordinator' });
  });

  test('a provider that is switched off, or that nobody knows, lets nobody in', async () => {
    await saveProvider(site.context, operator, { ...form, issuer, isActive: false, isNew: false });
    await request(site.app).get('/logg-inn/leverandor/lokal').expect(404);
    await saveProvider(site.context, operator, { ...form, issuer, isNew: false });
    await request(site.app).get('/logg-inn/leverandor/ukjent').expect(404);
  });

  test('a provider that does not answer is told about, and nothing is logged of what was sent', async () => {
    const dead = `http://127.0.0.1:${await findFreePort()}`;
    await saveProvider(site.context, operator, { ...form, key: 'dod', name: 'Dødporten', issuer: dead, isNew: true });
    const { text } = await request(site.app).get('/logg-inn/leverandor/dod').expect(503);
    expect(text).toContain('Dødporten svarer ikke');
    expect(site.logged()).not.toMatch(/code=|state=|nonce|eyJ/);
  });
});

describe('linking an identity', () => {
  async function signInByLink(email: string): Promise<Agent> {
    const grant = { email, name: email, role: 'researcher', networkKey: 'apent' } as const;
    const { actorId } = await grantRole(site.context, operator, grant);
    const agent = request.agent(site.app);
    await agent.post((await createSignInLink(site.context, operator, { actorId })).path).expect(303);
    return agent;
  }

  async function link(agent: Agent, account: string): Promise<number> {
    const linking = await postForm(agent, '/konto/leverandor/lokal', await openForm(agent, '/konto'));
    expect(linking.headers['location']).toBe('/konto/leverandor/lokal');
    const { text } = await agent.get('/konto/leverandor/lokal').expect(200);
    const url = /<a class="ds-button" href="(http[^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const back = await signInAtIssuer(url, account);
    return (await agent.get(`${back.pathname}${back.search}`)).status;
  }

  test('an invited person links one, signs in with it, and can take it away again', async () => {
    const agent = await signInByLink('ola@example.org');
    expect(await link(agent, 'ola')).toBe(303);
    const { status, agent: other } = await signIn('ola');
    expect(status).toBe(303);
    const account = await other.get('/konto').expect(200);
    expect(account.text).toContain('ola@example.org');
    const remove = /action="(\/konto\/identiteter\/[^"]+)"/.exec(account.text)?.[1] ?? '';
    await postForm(other, remove, await openForm(other, '/konto'));
    expect((await signIn('ola')).status).toBe(403);
  });

  test('one that stands for somebody else stays theirs', async () => {
    expect((await signIn('nils')).status).toBe(303);
    expect(await link(await signInByLink('annen@example.org'), 'nils')).toBe(409);
  });

  test('takes the form’s token to begin with', async () => {
    const agent = await signInByLink('tredje@example.org');
    expect((await postForm(agent, '/konto/leverandor/lokal', {})).status).toBe(403);
  });
});

describe('signing out', () => {
  test('ends the session here, and leads on to the provider without showing the token', async () => {
    const { agent } = await signIn('kari');
    const reply = await postForm(agent, '/logg-ut', await openForm(agent, '/konto'));
    expect(reply.headers['location']).toBe('/logg-ut/leverandor');
    await agent.get('/konto').expect(401);
    const page = await agent.get('/logg-ut/leverandor').expect(200);
    expect(page.text).toContain('Logg ut hos Prøveporten også');
    expect(page.text).not.toContain('eyJ');
    const exit = new URL(
      (await agent.get('/logg-ut/leverandor/videre').expect(302)).headers['location'] as unknown as string,
    );
    expect(`${exit.origin}${exit.pathname}`).toBe(`${issuer}/session/end`);
    expect(exit.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    expect(exit.searchParams.get('post_logout_redirect_uri')).toBe('http://localhost:3000/');
    expect((await fetch(exit)).status).toBe(200);
    const stored = await readRows('SELECT CAST(sess AS text) AS text FROM session');
    expect(JSON.stringify(stored)).not.toContain('eyJ');
  });

  test('leads nobody on who is signed in, or who came by a link', async () => {
    const { agent } = await signIn('kari');
    expect((await agent.get('/logg-ut/leverandor')).status).toBe(303);
    expect((await request(site.app).get('/logg-ut/leverandor/videre')).headers['location']).toBe('/');
  });
});

describe('answers that cannot be trusted', () => {
  const tenant = '11111111-2222-3333-4444-555555555555';
  let faulty: FaultyIssuer;

  beforeAll(async () => {
    faulty = await startFaultyIssuer('faulty', {
      sub: 'pairwise',
      tid: tenant,
      oid: 'AAAA',
      name: 'Eva Entra',
      groups: ['leads'],
    });
    const entra = { kind: 'entra', tenantId: tenant, clientId: 'faulty', issuer: faulty.issuer };
    await saveProvider(site.context, operator, { ...form, ...entra, key: 'entra', name: 'Entra', isNew: true });
  });
  afterAll(() => faulty.stop());

  async function answer(answerWith: FaultyIssuer['answerWith']): Promise<request.Response> {
    const { agent, url } = await begin('entra');
    const asked = new URL(url).searchParams;
    faulty.nonce = String(asked.get('nonce'));
    faulty.answerWith = answerWith;
    return agent.get(`/logg-inn/leverandor/entra/retur?code=x&state=${String(asked.get('state'))}`);
  }

  test('a sound one is taken, and the person is known by tenant and object', async () => {
    expect((await answer((token) => token)).status).toBe(303);
    const rows = await readRows(`SELECT subject FROM actor_identity WHERE issuer = '${faulty.issuer}'`);
    expect(rows).toEqual([{ subject: `${tenant}:aaaa` }]);
  });

  const now = Math.floor(Date.now() / 1000);
  const other = createKeys();
  test.each<[string, FaultyIssuer['answerWith']]>([
    ['another nonce', ({ header, claims }) => ({ header, claims: { ...claims, nonce: 'x'.repeat(43) } })],
    ['no nonce', ({ header, claims }) => ({ header, claims: { ...claims, nonce: undefined } })],
    ['another audience', ({ header, claims }) => ({ header, claims: { ...claims, aud: 'somebody else' } })],
    ['another issuer', ({ header, claims }) => ({ header, claims: { ...claims, iss: 'https://issuer.example.org' } })],
    ['another tenant', ({ header, claims }) => ({ header, claims: { ...claims, tid: tenant.replace('1', '9') } })],
    ['no tenant', ({ header, claims }) => ({ header, claims: { ...claims, tid: undefined } })],
    ['no object id', ({ header, claims }) => ({ header, claims: { ...claims, oid: undefined } })],
    [
      'a time that is over',
      ({ header, claims }) => ({ header, claims: { ...claims, iat: now - 900, exp: now - 600 } }),
    ],
    ['no signature (alg: none)', ({ claims }) => ({ header: { alg: 'none' }, claims })],
    ['another algorithm', ({ header, claims }) => ({ header: { ...header, alg: 'HS256' }, claims })],
    ['a key that is not published', (token) => ({ ...token, key: other.privateKey })],
  ])('%s', async (_name, answerWith) => {
    const { status, text, headers } = await answer(answerWith);
    expect(status).toBe(400);
    expect(text).toContain(refused);
    expect(String(headers['set-cookie'])).not.toContain('session=');
  });

  test('a level that was not asked for', async () => {
    const acr = {
      acrValues: 'substantial high',
      kind: 'entra',
      tenantId: tenant,
      clientId: 'faulty',
      issuer: faulty.issuer,
    };
    await saveProvider(site.context, operator, { ...form, ...acr, key: 'entra', name: 'Entra', isNew: false });
    const withLevel = (level: string) =>
      answer(({ header, claims }) => ({ header, claims: { ...claims, acr: level } }));
    expect((await withLevel('low')).status).toBe(400);
    expect((await answer((token) => token)).status).toBe(400);
    expect((await withLevel('high')).status).toBe(303);
  });
});
