import type { Context } from '../../context';
import { selectProviders, type StoredProvider } from '../../db/identity-providers';
import type { Actor } from '../../domain/permissions';
import { findProvider, returnAddress } from '../provider-access';
import { installation, requireRight } from '../authorise';

/** A provider as administrators see it: never its secret. */
export interface ShownProvider extends Omit<StoredProvider, 'sealedSecret'> {
  /** Address that the provider sends people back to, to be entered there. */
  readonly returnAddress: string;
  /** Address that the provider sends people to who have signed out there. */
  readonly logoutAddress: string;
  /** Where the provider finds the keys that we sign with; null: a shared secret or none is used. */
  readonly keysAddress: string | null;
}

function show(context: Context, stored: StoredProvider): ShownProvider {
  const { sealedSecret, ...provider } = stored;
  const address = returnAddress(context, provider.key);
  const hasKeys = sealedSecret !== null && provider.authentication === 'private_key_jwt';
  return {
    ...provider,
    returnAddress: address,
    logoutAddress: `${context.config.publicUrl}/`,
    keysAddress: hasKeys ? address.replace(/retur$/, 'nokler.json') : null,
  };
}

/**
 * Lists the providers of the installation.
 * @param context the process' context
 * @param actor who asks
 * @throws AppError sign_in_needed, not_allowed
 */
export async function readProviders(context: Context, actor: Actor): Promise<readonly ShownProvider[]> {
  requireRight(actor, 'administer installation', installation);
  return (await selectProviders(context.db)).map((provider) => show(context, provider));
}

/**
 * Reads one provider.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the provider
 * @throws AppError sign_in_needed, not_allowed, provider_unknown
 */
export async function readProvider(
  context: Context,
  actor: Actor,
  input: { readonly key: string },
): Promise<ShownProvider> {
  requireRight(actor, 'administer installation', installation);
  return show(context, await findProvider(context.db, input.key));
}
