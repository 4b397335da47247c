import type { Context } from '../../context';
import { AppError } from '../../errors';
import type { SignInChecks } from '../../identity/create-identity-client';
import { findActiveProvider, openProvider, returnAddress } from '../provider-access';

/** A sign-in that was begun: where to send the person, and what must come back. Nothing is stored. */
export interface BegunSignIn {
  readonly providerName: string;
  readonly url: string;
  readonly checks: SignInChecks;
}

/**
 * Begins a sign-in with a provider.
 * @param context the process' context
 * @param input key of the provider
 * @throws AppError provider_unknown, provider_unavailable, provider_secret_unreadable
 */
export async function beginProviderSignIn(
  context: Context,
  input: { readonly providerKey: string },
): Promise<BegunSignIn> {
  const provider = await findActiveProvider(context.db, input.providerKey);
  const access = openProvider(context, provider);
  const begun = await context.identity.begin(access, returnAddress(context, provider.key));
  if (begun.kind === 'begun') return { providerName: provider.name, url: begun.url, checks: begun.checks };
  context.log.warn({ provider: provider.key, reason: begun.fault.reason }, 'a provider could not be used');
  throw new AppError('provider_unavailable', { values: { name: provider.name } });
}
