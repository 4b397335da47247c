import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../src/config';
import { isStartFault } from '../../../src/platform/start-fault';

function readFault(environment: Record<string, string>): string {
  try {
    loadConfig(environment);
  } catch (error) {
    if (isStartFault(error)) return error.message;
    throw error;
  }
  return 'no fault';
}

describe('the configuration', () => {
  test('an empty environment gives a local server with an embedded database', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      trustProxy: false,
      databaseUrl: undefined,
      environment: 'development',
      logLevel: 'warn',
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  test('an empty variable counts as not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '', DATA_DIR: '' })).toEqual(loadConfig({}));
  });

  test('secrets may lie in files, whose content is never told', () => {
    const folder = mkdtempSync(join(tmpdir(), 'barometer-secrets-'));
    const file = join(folder, 'database_url');
    writeFileSync(file, 'postgres://one:secret@db:5432/barometer\n');
    expect(loadConfig({ DATABASE_URL_FILE: file }).databaseUrl).toBe('postgres://one:secret@db:5432/barometer');
    writeFileSync(file, 'mysql://one:secret@db/barometer');
    expect(readFault({ DATABASE_URL_FILE: file })).toMatch(/^DATABASE_URL is a value of another form;/);
    rmSync(folder, { recursive: true });
    expect(readFault({ DATABASE_URL_FILE: file })).toContain('DATABASE_URL_FILE');
  });

  test('figures for monitoring need a token that cannot be guessed', () => {
    expect(loadConfig({}).metricsToken).toBeUndefined();
    expect(loadConfig({ METRICS_TOKEN: 'x'.repeat(16) }).metricsToken).toBe('x'.repeat(16));
    expect(readFault({ METRICS_TOKEN: 'short' })).toBe(
      'METRICS_TOKEN is a value of another form; expected at least 16 letters, digits or . _ ~ + / = -.',
    );
  });

  test('the public address loses its last slash and follows the port when it is not set', () => {
    expect(loadConfig({ PUBLIC_URL: 'https://barometer.example.no/' }).publicUrl).toBe('https://barometer.example.no');
    expect(loadConfig({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
  });

  test('proxies are given as a number, as addresses or not at all', () => {
    expect(loadConfig({ TRUST_PROXY: '1' }).trustProxy).toBe(1);
    expect(loadConfig({ TRUST_PROXY: 'loopback, 10.0.0.0/8' }).trustProxy).toBe('loopback,10.0.0.0/8');
    expect(loadConfig({ TRUST_PROXY: 'false' }).trustProxy).toBe(false);
  });

  test('registers are asked at their own addresses, or nowhere', () => {
    expect(loadConfig({}).registers).toEqual({
      registerUrl: 'https://data.brreg.no/enhetsregisteret/api',
      klassUrl: 'https://data.ssb.no/api/klass/v1',
    });
    expect(loadConfig({ KLASS_URL: 'http://127.0.0.1:9/klass/' }).registers?.klassUrl).toBe('http://127.0.0.1:9/klass');
    expect(loadConfig({ REGISTER_FETCH: 'off' }).registers).toBeUndefined();
  });

  test('a relative data folder is made absolute', () => {
    expect(loadConfig({ DATA_DIR: 'x/y' }).dataDirectory).toBe(`${process.cwd()}/x/y`);
  });

  test.each([
    ['PORT', 'abc', /^PORT is "abc"; expected a whole number from 0 to 65535/],
    ['PORT', '65536', /^PORT is "65536"; expected/],
    ['PORT', '-1', /^PORT is "-1"; expected/],
    ['HOST', 'a b', /^HOST is "a b"; expected an address/],
    ['PUBLIC_URL', 'barometer.example.no', /^PUBLIC_URL is "barometer.example.no"; expected the address people use/],
    ['PUBLIC_URL', 'https://x.no/?a=1', /^PUBLIC_URL is/],
    ['TRUST_PROXY', 'true', /^TRUST_PROXY is "true"; expected false, the number of proxies/],
    ['NODE_ENV', 'prod', /^NODE_ENV is "prod"; expected development, production or test/],
    ['REGISTER_FETCH', 'yes', /^REGISTER_FETCH is "yes"; expected on or off/],
    ['REGISTER_URL', 'brreg', /^REGISTER_URL is "brreg"; expected the address of Enhetsregisteret/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL is "loud"; expected fatal/],
  ])('%s=%s is refused with one line that says what is expected', (name, value, expected) => {
    const fault = readFault({ [name]: value });
    expect(fault).toMatch(expected);
    expect(fault).not.toContain('\n');
  });

  test('a faulty DATABASE_URL is refused without repeating its password', () => {
    const fault = readFault({ DATABASE_URL: 'mysql://root:hemmelig@localhost/x' });
    expect(fault).toMatch(/^DATABASE_URL is a value of another form; expected postgres:/);
    expect(fault).not.toContain('hemmelig');
  });
});
