import type { Context } from '../../context';
import { deleteRegisterImport } from '../../db/register-imports';
import type { Actor } from '../../domain/permissions';
import { requireAdministrator } from '../pending-register';

/**
 * Forgets what was read of a register; nothing that is stored changes.
 * @param context the process' context
 * @param actor who asks
 * @param input id of what was read
 */
export async function discardRegisterImport(
  context: Context,
  actor: Actor,
  input: { readonly id: string },
): Promise<void> {
  const actorId = requireAdministrator(actor);
  await context.db.transaction((transaction) => deleteRegisterImport(transaction, { id: input.id, actorId }));
}
