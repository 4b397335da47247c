import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { deleteIdentity } from '../../db/identities';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';

/**
 * Takes an identity elsewhere from the person who is signed in, with the roles that its provider gave.
 * @param context the process' context
 * @param actor who asks
 * @param input id of the identity
 * @throws AppError sign_in_needed, or not_found when the person has no such identity
 */
export async function unlinkIdentity(
  context: Context,
  actor: Actor,
  input: { readonly identityId: string },
): Promise<void> {
  if (actor.kind !== 'person') throw new AppError('sign_in_needed');
  await context.db.transaction(async (transaction) => {
    const { identityId } = input;
    const provider = await deleteIdentity(transaction, { identityId, actorId: actor.id });
    if (provider === null) throw new AppError('not_found');
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: actor.id,
      networkId: null,
      action: 'unlinked identity',
      subject: actor.id,
      detail: { provider },
    });
  });
}
