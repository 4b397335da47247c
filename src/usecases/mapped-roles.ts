import type { Context } from '../context';
import { insertAuditEvent } from '../db/audit';
import type { Database } from '../db/database';
import { replaceMappedRoles } from '../db/mapped-roles';
import { toDate } from '../domain/fieldwork/wave-state';
import type { IdentityProvider, RoleRule } from '../domain/identity/types';

/**
 * Makes the roles that a provider's rules give somebody fit what the provider says now.
 * @param context the process' context
 * @param transaction the caller's transaction
 * @param holder the person, the provider, and the rules that the claims fulfil
 */
export async function refreshMappedRoles(
  context: Context,
  transaction: Database,
  holder: {
    readonly actorId: string;
    readonly provider: Pick<IdentityProvider, 'id' | 'key'>;
    readonly rules: readonly RoleRule[];
  },
): Promise<void> {
  const { actorId, provider, rules } = holder;
  const now = context.now();
  const changes = await replaceMappedRoles(transaction, {
    actorId,
    providerId: provider.id,
    rules,
    today: toDate(now),
  });
  for (const { role, networkId, change } of changes) {
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: null,
      networkId,
      action: change === 'given' ? 'granted role' : 'ended role',
      subject: actorId,
      detail: { role, provider: provider.key },
    });
  }
}
