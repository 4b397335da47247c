import type { Context } from '../../context';
import { selectOptionalPerson, type Person } from '../../db/actors';
import { selectIdentities, type LinkedIdentity } from '../../db/identities';
import { selectProviders } from '../../db/identity-providers';
import { selectOwnSessions } from '../../db/own-sessions';
import { selectRolesOfPerson, type HeldRole } from '../../db/role-grants';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';

/** What somebody sees of themselves. */
export interface Account {
  readonly person: Person;
  readonly roles: readonly HeldRole[];
  readonly identities: readonly LinkedIdentity[];
  /** Providers that could be linked. */
  readonly otherProviders: readonly { readonly key: string; readonly name: string }[];
  readonly sessions: readonly {
    readonly id: string;
    readonly signedInAt: Date;
    /** Right to within some minutes. */
    readonly lastUsedAt: Date;
    /** Null: by a link. */
    readonly providerName: string | null;
    readonly isCurrent: boolean;
  }[];
}

/**
 * Reads what the person who is signed in sees of themselves.
 * @param context the process' context
 * @param actor who asks
 * @param input secret of the session that asks, and how long sessions last
 * @throws AppError sign_in_needed
 */
export async function readAccount(
  context: Context,
  actor: Actor,
  input: { readonly sessionSecret: string; readonly idleMilliseconds: number; readonly absoluteMilliseconds: number },
): Promise<Account> {
  const person = actor.kind === 'person' ? await selectOptionalPerson(context.db, actor.id) : null;
  if (person === null) throw new AppError('sign_in_needed');
  const { db } = context;
  const now = context.now();
  const actorId = person.id;
  const identities = await selectIdentities(db, actorId);
  const providers = await selectProviders(db);
  const sessions = await selectOwnSessions(db, {
    actorId,
    currentSecret: input.sessionSecret,
    signedInAfter: now.getTime() - input.absoluteMilliseconds,
  });
  const names = new Map(providers.map(({ key, name }) => [key, name]));
  const linked = new Set(identities.map(({ providerKey }) => providerKey));
  return {
    person,
    roles: await selectRolesOfPerson(db, { actorId, today: toDate(now) }),
    identities,
    otherProviders: providers.filter(({ key, isActive }) => isActive && !linked.has(key)),
    sessions: sessions.map(({ id, signedInAt, providerKey, expiresAt, isCurrent }) => ({
      id,
      signedInAt: new Date(signedInAt),
      lastUsedAt: new Date(expiresAt.getTime() - input.idleMilliseconds),
      providerName: providerKey === null ? null : (names.get(providerKey) ?? providerKey),
      isCurrent,
    })),
  };
}
