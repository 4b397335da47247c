import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { deleteProvider } from '../../db/identity-providers';
import type { Actor } from '../../domain/permissions';
import { idOf, installation, requireRight } from '../authorise';
import { findProvider } from '../provider-access';

/**
 * Removes a provider with its identities and the roles that its rules gave.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the provider
 * @throws AppError sign_in_needed, not_allowed, provider_unknown
 */
export async function removeProvider(context: Context, actor: Actor, input: { readonly key: string }): Promise<void> {
  requireRight(actor, 'administer installation', installation);
  await context.db.transaction(async (transaction) => {
    const provider = await findProvider(transaction, input.key);
    await deleteProvider(transaction, provider.id);
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: null,
      action: 'removed sign-in provider',
      subject: provider.key,
      detail: { issuer: provider.issuer },
    });
  });
}
