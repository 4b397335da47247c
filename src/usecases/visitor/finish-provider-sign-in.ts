import type { Context } from '../../context';
import { insertActorWithoutAddress, selectActor } from '../../db/actors';
import { insertAuditEvent } from '../../db/audit';
import type { Database } from '../../db/database';
import { insertIdentity, selectOptionalIdentityActorId } from '../../db/identities';
import type { StoredProvider } from '../../db/identity-providers';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Identity } from '../../domain/identity/read-identity';
import { matchRoleRules } from '../../domain/identity/role-rules';
import type { RoleRule } from '../../domain/identity/types';
import type { Language } from '../../domain/languages';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { refreshMappedRoles } from '../mapped-roles';
import { takeProviderAnswer, type StartedSignIn } from '../provider-answer';

type Person = Actor & { readonly kind: 'person' };

/** Somebody whom a provider vouched for and who has a role here. */
export interface ProviderSignIn {
  readonly actor: Person;
  /** For signing out at the provider. */
  readonly idToken: string;
}

/**
 * Finishes a sign-in with a provider. Somebody is known by issuer and subject, never by an address. Roles that the
 * provider's rules give are made to fit the claims each time; an identity that nobody knows comes in by such a rule only.
 * @param context the process' context
 * @param input provider, the address that the person came back to, what was begun, and the language of somebody new
 * @returns who is signed in
 * @throws AppError provider_unknown, provider_unavailable, sign_in_failed, no_access_yet
 */
export async function finishProviderSignIn(
  context: Context,
  input: {
    readonly providerKey: string;
    readonly url: string;
    readonly started: StartedSignIn | null;
    readonly language: Language;
  },
): Promise<ProviderSignIn> {
  const { provider, identity, claims, idToken } = await takeProviderAnswer(context, input);
  const rules = matchRoleRules(provider.roleRules, claims);
  const actor = await context.db.transaction((transaction) =>
    signIn(context, transaction, { provider, identity, rules, language: input.language }),
  );
  // Thrown when what was done is kept: a lost group has lost its role.
  if (actor === null) throw new AppError('no_access_yet', { values: { name: provider.name } });
  return { actor, idToken };
}

interface Arrival {
  readonly provider: StoredProvider;
  readonly identity: Identity;
  readonly rules: readonly RoleRule[];
  readonly language: Language;
}

async function signIn(context: Context, transaction: Database, arrival: Arrival): Promise<Person | null> {
  const { provider, rules } = arrival;
  const actorId = await findOrAddPerson(context, transaction, arrival);
  if (actorId === null) return null;
  await refreshMappedRoles(context, transaction, { actorId, provider, rules });
  const now = context.now();
  const actor = await selectActor(transaction, { actorId, today: toDate(now) });
  if (actor === null || actor.grants.length === 0) return null;
  await insertAuditEvent(transaction, {
    occurredAt: now,
    actorId,
    networkId: null,
    action: 'signed in',
    subject: actorId,
    detail: { provider: provider.key },
  });
  return actor;
}

async function findOrAddPerson(context: Context, transaction: Database, arrival: Arrival): Promise<string | null> {
  const { provider, identity, rules, language } = arrival;
  const known = await selectOptionalIdentityActorId(transaction, identity);
  if (known !== null || rules.length === 0) return known;
  const actorId = await insertActorWithoutAddress(transaction, { name: identity.name ?? provider.name, language });
  const { issuer, subject } = identity;
  // Of two arrivals of somebody new at the same time one is first; the other one begins again.
  if (!(await insertIdentity(transaction, { issuer, subject, actorId, providerId: provider.id }))) {
    throw new AppError('sign_in_failed', { values: { name: provider.name } });
  }
  await insertAuditEvent(transaction, {
    occurredAt: context.now(),
    actorId,
    networkId: null,
    action: 'added person',
    subject: actorId,
    detail: { provider: provider.key },
  });
  return actorId;
}
