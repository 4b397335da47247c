import type { Context } from '../context';
import type { StoredProvider } from '../db/identity-providers';
import { insertUsedState } from '../db/sign-in-links';
import { hashToken } from '../domain/fieldwork/tokens';
import { readIdentity, type Identity } from '../domain/identity/read-identity';
import type { Claims } from '../domain/identity/types';
import { AppError } from '../errors';
import type { SignInChecks } from '../identity/create-identity-client';
import { findActiveProvider, openProvider } from './provider-access';

/** A sign-in that the same browser has begun. */
export interface StartedSignIn extends SignInChecks {
  readonly providerKey: string;
  readonly expiresAt: Date;
}

/** What a provider vouches for, checked. */
export interface TakenAnswer {
  readonly provider: StoredProvider;
  readonly identity: Identity;
  readonly claims: Claims;
  readonly idToken: string;
}

/**
 * Takes the answer of a provider. What was begun counts once, whatever comes of it.
 * @param context the process' context
 * @param input provider, the address that the person came back to, and what was begun; null: nothing that is known of
 * @returns identity and claims
 * @throws AppError provider_unknown, provider_unavailable, or sign_in_failed for an answer that cannot be trusted
 */
export async function takeProviderAnswer(
  context: Context,
  input: { readonly providerKey: string; readonly url: string; readonly started: StartedSignIn | null },
): Promise<TakenAnswer> {
  const provider = await findActiveProvider(context.db, input.providerKey);
  const refuse = (reason: string): AppError => {
    context.log.warn({ provider: provider.key, reason }, 'a sign-in was refused');
    return new AppError('sign_in_failed', { values: { name: provider.name } });
  };
  const { started } = input;
  if (started?.providerKey !== provider.key || started.expiresAt <= context.now()) throw refuse('not_begun');
  const { state, nonce, codeVerifier, expiresAt } = started;
  const isFirst = await insertUsedState(context.db, { stateHash: hashToken(state), expiresAt });
  if (!isFirst) throw refuse('used');
  const access = openProvider(context, provider);
  const answer = await context.identity.finish(access, input.url, { state, nonce, codeVerifier });
  if (answer.kind === 'fault') {
    if (answer.fault.kind === 'refused') throw refuse(answer.fault.reason);
    context.log.warn({ provider: provider.key, reason: answer.fault.reason }, 'a provider could not be used');
    throw new AppError('provider_unavailable', { values: { name: provider.name } });
  }
  const identity = readIdentity(access.client, answer.claims);
  if ('fault' in identity) throw refuse(identity.fault);
  return { provider, identity, claims: answer.claims, idToken: answer.idToken };
}
