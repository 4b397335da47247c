import type { Context } from '../context';
import type { Database } from '../db/database';
import { selectOptionalProvider, type StoredProvider } from '../db/identity-providers';
import { deriveSealingKey, nonceBytes, openSealed, sealText } from '../domain/identity/seal';
import { AppError } from '../errors';
import type { ProviderAccess } from '../identity/create-identity-client';

function providerKey({ config, secrets }: Context): Buffer {
  const secret = config.secretsKey === undefined ? secrets.sealing : Buffer.from(config.secretsKey, 'utf8');
  return deriveSealingKey(secret, 'identity provider');
}

/**
 * Seals a provider's secret, to be stored.
 * @param context the process' context
 * @param secret shared secret or private key
 */
export function sealProviderSecret(context: Context, secret: string): Buffer {
  return sealText(providerKey(context), context.randomBytes(nonceBytes), secret);
}

/**
 * Opens what is needed to speak with a provider.
 * @param context the process' context
 * @param provider the provider as it is stored
 * @throws AppError provider_secret_unreadable when SECRETS_KEY is not the one that the secret was sealed with
 */
export function openProvider(context: Context, provider: StoredProvider): ProviderAccess {
  const { kind, issuer, clientId, authentication, tenantId, scopes, acrValues, usesUserInfo, sealedSecret } = provider;
  const secret = sealedSecret === null ? null : openSealed(providerKey(context), sealedSecret);
  if (sealedSecret !== null && secret === null) {
    throw new AppError('provider_secret_unreadable', { values: { name: provider.name } });
  }
  const client = { kind, issuer, clientId, authentication, tenantId, scopes, acrValues, usesUserInfo };
  return { client, secret };
}

/**
 * Finds a provider.
 * @param db the database or a transaction
 * @param key key of the provider
 * @throws AppError provider_unknown
 */
export async function findProvider(db: Database, key: string): Promise<StoredProvider> {
  const provider = await selectOptionalProvider(db, key);
  if (provider === null) throw new AppError('provider_unknown', { values: { key } });
  return provider;
}

/**
 * Finds a provider that people may sign in with now.
 * @param db the database or a transaction
 * @param key key of the provider
 * @throws AppError provider_unknown
 */
export async function findActiveProvider(db: Database, key: string): Promise<StoredProvider> {
  const provider = await findProvider(db, key);
  if (!provider.isActive) throw new AppError('provider_unknown', { values: { key } });
  return provider;
}

/**
 * The address that a provider sends people back to; providers know it by heart.
 * @param context the process' context
 * @param key key of the provider
 */
export function returnAddress({ config }: Context, key: string): string {
  return `${config.publicUrl}/logg-inn/leverandor/${encodeURIComponent(key)}/retur`;
}
