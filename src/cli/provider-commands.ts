import { readFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import { operator } from '../domain/permissions';
import { AppError } from '../errors';
import { readProvider, readProviders } from '../usecases/administrator/read-providers';
import { removeProvider } from '../usecases/administrator/remove-provider';
import { saveProvider } from '../usecases/administrator/save-provider';
import { testProvider } from '../usecases/administrator/test-provider';
import type { ProviderForm } from '../usecases/check-provider-form';
import { tell, writeJson, type Terminal } from './terminal';

/** A provider as a file describes it; what is left out has the value given here. */
const fileSchema = z.strictObject({
  key: z.string(),
  name: z.string(),
  kind: z.string().default('standard'),
  issuer: z.string().default(''),
  tenantId: z.string().default(''),
  clientId: z.string(),
  authentication: z.string().default('client_secret_basic'),
  scopes: z.string().default('openid profile'),
  acrValues: z.string().default(''),
  usesUserInfo: z.boolean().default(false),
  organisations: z.array(z.string()).default([]),
  roleRules: z.array(z.string()).default([]),
  isActive: z.boolean().default(true),
});

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new AppError('file_unreadable', { values: { file: path }, cause });
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const faults = [{ file, line: 1, column: '', message: 'is not JSON' }];
    throw new AppError('import_faulty', { values: { file, count: faults.length }, faults, cause });
  }
}

async function readProviderFile(path: string, secretPath: string | undefined): Promise<ProviderForm> {
  const parsed = fileSchema.safeParse(parseJson(await readText(path), path));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path: place, message }) => {
      return { file: path, line: 1, column: place.join('.'), message };
    });
    throw new AppError('import_faulty', { values: { file: path, count: faults.length }, faults });
  }
  const { organisations, roleRules, ...rest } = parsed.data;
  const secret = secretPath === undefined ? '' : (await readText(secretPath)).trim();
  return { ...rest, secret, organisations: organisations.join(' '), roleRules: roleRules.join('\n') };
}

interface SaveOptions {
  readonly secretFile?: string;
}

/**
 * Adds the commands about providers that people sign in with.
 * @param program the program
 * @param terminal the process
 */
export function addProviderCommands(program: Command, terminal: Terminal): void {
  const provider = program.command('provider').description('sign-in providers (OpenID Connect)');
  const secretFile = new Option('--secret-file <path>', 'file with the shared secret; left out: the stored one stays');
  provider
    .command('add')
    .description('add a provider and print the redirect URI to enter there')
    .argument('<file>', 'JSON file; see docs/operations.md')
    .addOption(secretFile)
    .action(async (path: string, options: SaveOptions) => {
      const form = await readProviderFile(path, options.secretFile);
      const added = await terminal.withContext(async (context) => {
        const { key } = await saveProvider(context, operator, { ...form, isNew: true });
        return readProvider(context, operator, { key });
      });
      terminal.writeData(`${added.returnAddress}\n`);
      tell(terminal, 'cli.provider_added', { key: added.key, address: added.returnAddress });
    });
  provider
    .command('change')
    .description('change everything about a provider but its key')
    .argument('<file>', 'JSON file')
    .addOption(secretFile)
    .action(async (path: string, options: SaveOptions) => {
      const form = await readProviderFile(path, options.secretFile);
      await terminal.withContext((context) => saveProvider(context, operator, { ...form, isNew: false }));
      tell(terminal, 'cli.provider_changed', { key: form.key });
    });
  addExistingCommands(provider, terminal);
}

function addExistingCommands(provider: Command, terminal: Terminal): void {
  provider
    .command('list')
    .description('print all providers as JSON, without their secrets')
    .action(async () => {
      writeJson(terminal, await terminal.withContext((context) => readProviders(context, operator)));
    });
  provider
    .command('test')
    .description('ask a provider what it tells about itself')
    .argument('<key>', 'key of the provider')
    .action(async (key: string) => {
      const reason = await terminal.withContext((context) => testProvider(context, operator, { key }));
      if (reason !== null) throw new AppError('provider_unusable', { values: { key, reason } });
      tell(terminal, 'cli.provider_answers', { key });
    });
  provider
    .command('remove')
    .description('remove a provider with its identities and the roles that its rules gave')
    .argument('<key>', 'key of the provider')
    .action(async (key: string) => {
      await terminal.withContext((context) => removeProvider(context, operator, { key }));
      tell(terminal, 'cli.provider_removed', { key });
    });
}
