import type { Context } from '../../context';
import { AppError } from '../../errors';
import { readPublicKey, type PublicKey } from '../../identity/authenticate-client';
import { findActiveProvider, openProvider } from '../provider-access';

/**
 * Reads the keys by which a provider knows this program, where it signs in with a private key.
 * @param context the process' context
 * @param input key of the provider
 * @returns a JSON web key set without any secret
 * @throws AppError provider_unknown, not_found when the provider is given a shared secret or none
 */
export async function readProviderKeys(
  context: Context,
  input: { readonly providerKey: string },
): Promise<{ readonly keys: readonly PublicKey[] }> {
  const provider = await findActiveProvider(context.db, input.providerKey);
  const { secret } = openProvider(context, provider);
  if (provider.authentication !== 'private_key_jwt' || secret === null) throw new AppError('not_found');
  return { keys: [readPublicKey(secret)] };
}
