import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { insertIdentity, selectOptionalIdentityActorId } from '../../db/identities';
import { matchRoleRules } from '../../domain/identity/role-rules';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { refreshMappedRoles } from '../mapped-roles';
import { takeProviderAnswer, type StartedSignIn } from '../provider-answer';

/**
 * Lets an identity elsewhere stand for the person who is signed in, so that they can sign in with it.
 * @param context the process' context
 * @param actor who asks
 * @param input provider, the address that the person came back to, and what was begun
 * @throws AppError sign_in_needed, provider_unknown, provider_unavailable, sign_in_failed, or identity_taken when it
 *   stands for somebody else
 */
export async function linkIdentity(
  context: Context,
  actor: Actor,
  input: { readonly providerKey: string; readonly url: string; readonly started: StartedSignIn },
): Promise<void> {
  if (actor.kind !== 'person') throw new AppError('sign_in_needed');
  const { provider, identity, claims } = await takeProviderAnswer(context, input);
  const { issuer, subject } = identity;
  await context.db.transaction(async (transaction) => {
    const isNew = await insertIdentity(transaction, { issuer, subject, actorId: actor.id, providerId: provider.id });
    const holder = await selectOptionalIdentityActorId(transaction, identity);
    if (holder !== actor.id) throw new AppError('identity_taken', { values: { name: provider.name } });
    const rules = matchRoleRules(provider.roleRules, claims);
    await refreshMappedRoles(context, transaction, { actorId: actor.id, provider, rules });
    if (!isNew) return;
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: actor.id,
      networkId: null,
      action: 'linked identity',
      subject: actor.id,
      detail: { provider: provider.key },
    });
  });
}
