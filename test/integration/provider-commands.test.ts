import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { runCommand } from '../../src/cli/run-command';
import type { Context } from '../../src/context';
import { operator } from '../../src/domain/permissions';
import { createNetwork } from '../../src/usecases/coordinator/create-network';
import { withDatabase } from '../support/database';
import { createTestContext } from '../support/fieldwork';

const database = withDatabase();
const folder = mkdtempSync(join(tmpdir(), 'barometer-providers-'));
const secret = 'a shared secret';
let context: Context;

beforeAll(async () => {
  context = await createTestContext(database.db());
  await createNetwork(context, operator, { key: 'fjord', name: 'Fjord', isOpen: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function writeFile(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function run(...words: readonly string[]): Promise<{ code: number; data: string; messages: string }> {
  const [data, messages]: [string[], string[]] = [[], []];
  const code = await runCommand(words, {
    language: 'en',
    writeData: (text) => data.push(text),
    writeMessage: (text) => messages.push(text),
    readKnownFigures: () => Promise.reject(new RangeError('not needed')),
    withContext: (work) => work(context),
    withDatabase: () => Promise.reject(new RangeError('not needed')),
    output: new PassThrough(),
    input: Readable.from([]),
    isOutputScreen: false,
  });
  return { code, data: data.join(''), messages: messages.join('') };
}

const sound = {
  key: 'entra',
  name: 'Microsoft',
  kind: 'entra',
  tenantId: '11111111-2222-3333-4444-555555555555',
  clientId: 'x',
  roleRules: ['groups = one two -> coordinator fjord'],
};

test('a provider is added from a file, listed without its secret, changed and removed', async () => {
  const file = writeFile('entra.json', sound);
  const added = await run('provider', 'add', file, '--secret-file', writeFile('secret.txt', `${secret}\n`));
  expect(added).toMatchObject({ code: 0, data: 'http://localhost:3000/logg-inn/leverandor/entra/retur\n' });
  const { data } = await run('provider', 'list');
  expect(data).toContain(`https://login.microsoftonline.com/${sound.tenantId}/v2.0`);
  expect(data).not.toMatch(/sealed|a shared secret/i);
  expect((await run('provider', 'change', file)).code).toBe(0);
  expect((await run('provider', 'add', file)).messages).toContain('The key is in use');
  const { rows } = await database
    .db()
    .raw<{ rows: { sealed: string }[] }>(`SELECT encode(sealed_secret, 'escape') AS sealed FROM identity_provider`);
  expect(rows[0]?.sealed).not.toContain(secret);
  expect((await run('provider', 'remove', 'entra')).code).toBe(0);
  expect(await run('provider', 'test', 'entra')).toMatchObject({ code: 1 });
});

test('every fault of a file is told with its field', async () => {
  const rules = ['groups -> coordinator fjord', 'groups = x -> coordinator nowhere'];
  const faulty = { ...sound, key: 'A B', tenantId: '', issuer: 'http://issuer.example.org', roleRules: rules };
  const { code, messages } = await run('provider', 'add', writeFile('faulty.json', faulty));
  expect(code).toBe(1);
  for (const field of ['key', 'tenant_id', 'issuer', 'secret', 'role_rules'])
    expect(messages).toContain(`\n${field}: `);
  expect(messages).toContain('Line 1 is not a rule');
  expect((await run('provider', 'add', writeFile('text.json', '{'))).messages).toContain('is not JSON');
  expect((await run('provider', 'add', writeFile('odd.json', { ...sound, clientID: 'x' }))).messages).toContain(
    'clientID',
  );
});

test('a secret that was sealed with another SECRETS_KEY is told about', async () => {
  const file = writeFile('entra.json', sound);
  await run('provider', 'add', file, '--secret-file', writeFile('secret.txt', secret));
  const own = context;
  context = { ...own, config: { ...own.config, secretsKey: 'x'.repeat(40) } };
  const { code, messages } = await run('provider', 'test', 'entra');
  context = own;
  expect(code).toBe(1);
  expect(messages).toContain('SECRETS_KEY');
});
