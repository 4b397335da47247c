import type { Context } from '../../context';
import { selectOptionalProvider } from '../../db/identity-providers';
import { openProvider } from '../provider-access';

/**
 * Finds out where somebody who has signed out here can sign out at the provider they came through.
 * @param context the process' context
 * @param input key of the provider, and the token by which it knows the session
 * @returns its name and address, or null when the provider has no such page or does not answer
 */
export async function leaveProvider(
  context: Context,
  input: { readonly providerKey: string; readonly idToken: string },
): Promise<{ readonly name: string; readonly url: string } | null> {
  const provider = await selectOptionalProvider(context.db, input.providerKey);
  if (provider === null) return null;
  const returnTo = `${context.config.publicUrl}/`;
  const url = await context.identity.endSession(openProvider(context, provider), { idToken: input.idToken, returnTo });
  return url === null ? null : { name: provider.name, url };
}
