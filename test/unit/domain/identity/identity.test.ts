import { isIssuer } from '../../../../src/domain/identity/issuer-address';
import { readIdentity } from '../../../../src/domain/identity/read-identity';
import { matchRoleRules, readRoleRules, writeRoleRules } from '../../../../src/domain/identity/role-rules';
import { deriveSealingKey, openSealed, sealText } from '../../../../src/domain/identity/seal';
import type { ProviderClient } from '../../../../src/domain/identity/types';
import { defaultLastDay, isLastDay } from '../../../../src/domain/role-term';
import { readOwnPath } from '../../../../src/http/own-path';

const client: ProviderClient = {
  kind: 'standard',
  issuer: 'https://issuer.example.org',
  clientId: 'x',
  authentication: 'none',
  tenantId: null,
  scopes: 'openid',
  acrValues: null,
  usesUserInfo: false,
};

describe('rules for roles', () => {
  const text = [
    'groups = leads -> coordinator fjord',
    'https://n.feide.no/claims/x = a b -> organisation_contact fjord asker',
    'realm_access.roles = boss -> administrator',
  ].join('\n');

  test('are written as they were read', () => {
    expect(writeRoleRules(readRoleRules(`${text}\r\n\n`).rules)).toBe(text);
    expect(readRoleRules(text).faults).toEqual([]);
  });

  test.each([
    'groups -> coordinator fjord',
    'groups = x -> chief fjord',
    'groups = x -> coordinator',
    'groups = x -> coordinator fjord asker',
    'groups = x -> organisation_contact fjord',
    'groups = x -> administrator fjord',
  ])('%s is none', (line) => {
    expect(readRoleRules(`\n${line}`)).toEqual({ rules: [], faults: [2] });
  });

  test('fit claims by their whole value, in lists and inside other claims', () => {
    const { rules } = readRoleRules(text);
    const match = (claims: Record<string, unknown>) => matchRoleRules(rules, claims).map(({ role }) => role);
    expect(match({ groups: ['staff', 'leads'] })).toEqual(['coordinator']);
    expect(match({ groups: 'leads' })).toEqual(['coordinator']);
    expect(match({ groups: ['leads and others', 'Leads'] })).toEqual([]);
    expect(match({ 'https://n.feide.no/claims/x': ['a b'] })).toEqual(['organisation_contact']);
    expect(match({ realm_access: { roles: ['boss'] } })).toEqual(['administrator']);
    expect(match({ realm_access: 'roles', constructor: 'x' })).toEqual([]);
  });
});

describe('an identity', () => {
  const entra: ProviderClient = { ...client, kind: 'entra', tenantId: 'AAAA' };

  test('is sub, or tenant and object; never an address', () => {
    expect(readIdentity(client, { sub: '1', email: 'a@b.no', given_name: 'Kari', family_name: 'Li' })).toEqual({
      issuer: client.issuer,
      subject: '1',
      name: 'Kari Li',
    });
    expect(readIdentity(entra, { sub: '1', tid: 'aaaa', oid: 'BB' })).toMatchObject({ subject: 'aaaa:bb' });
    expect(readIdentity(client, { email: 'a@b.no' })).toEqual({ fault: 'no_subject' });
  });

  test('of another tenant, or below the level, is not taken', () => {
    expect(readIdentity(entra, { sub: '1', tid: 'cccc', oid: 'BB' })).toEqual({ fault: 'wrong_tenant' });
    expect(readIdentity(entra, { sub: '1', oid: 'BB' })).toEqual({ fault: 'wrong_tenant' });
    const strict = { ...client, acrValues: 'high substantial' };
    expect(readIdentity(strict, { sub: '1', acr: 'low' })).toEqual({ fault: 'wrong_acr' });
    expect(readIdentity(strict, { sub: '1', acr: 'substantial' })).toMatchObject({ subject: '1' });
  });
});

test('what is sealed opens with its key only, and not when it was changed', () => {
  const [key, other] = ['a', 'b'].map((purpose) => deriveSealingKey(Buffer.alloc(32), purpose)) as [Buffer, Buffer];
  const sealed = sealText(key, Buffer.alloc(12, 7), 'hemmelig ø');
  expect(openSealed(key, sealed)).toBe('hemmelig ø');
  expect(openSealed(other, sealed)).toBeNull();
  for (const place of [0, 13, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed[place] = (changed[place] ?? 0) ^ 1;
    expect(openSealed(key, changed)).toBeNull();
  }
  expect(openSealed(key, Buffer.alloc(3))).toBeNull();
});

test('issuers have TLS; on this machine they need not, where that is allowed', () => {
  expect(isIssuer('https://issuer.example.org/x', false)).toBe(true);
  expect(isIssuer('http://127.0.0.1:3000', true)).toBe(true);
  for (const text of ['http://127.0.0.1:3000', 'http://issuer.example.org', 'https://a/?b', 'ftp://a', 'x']) {
    expect(isIssuer(text, false)).toBe(false);
  }
  expect(isIssuer('http://127.0.0.1.example.org', true)).toBe(false);
});

test('a contact has the role for two years, counted in months', () => {
  expect(defaultLastDay('organisation_contact', '2024-02-29')).toBe('2026-02-28');
  expect(defaultLastDay('researcher', '2024-02-29')).toBeNull();
  expect(isLastDay('2024-03-01', '2024-03-01')).toBe(true);
  for (const day of ['2024-02-29', '2029-03-02', '2025-02-30', 'x']) expect(isLastDay(day, '2024-03-01')).toBe(false);
});

test.each([
  ['/nettverk/a?b=c', '/nettverk/a?b=c'],
  ['/konto#x', '/konto'],
  ['//evil.example', null],
  ['/\\evil.example', null],
  ['/\t/evil.example', null],
  ['/./%2F/../..//evil.example', null],
  ['https://evil.example', null],
  ['/logg-inn/abc', null],
  ['/logg-ut', null],
  [['/konto'], null],
])('%j leads on to %j', (value, path) => {
  expect(readOwnPath(value)).toBe(path);
});
