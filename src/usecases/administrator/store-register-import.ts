import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { nameConstraintFaults } from '../../db/constraint-faults';
import { deleteRegisterImport } from '../../db/register-imports';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { parseContent, requireAdministrator } from '../pending-register';
import { compareAndLock, countDifference, nameDifference, storeRegister } from '../register-difference';

/**
 * Stores an import that the administrator has looked at. All or nothing.
 * @param context the process' context
 * @param actor who asks
 * @param input id of what was read and name of the difference that was shown
 * @returns what was imported
 * @throws AppError register_import_unknown, register_import_outdated when it would now change something else
 */
export async function storeRegisterImport(
  context: Context,
  actor: Actor,
  input: { readonly id: string; readonly name: string },
): Promise<{ readonly kind: 'organisations' | 'regions' | 'kostra_groups' }> {
  const actorId = requireAdministrator(actor);
  return nameConstraintFaults({}, () =>
    context.db.transaction(async (transaction) => {
      const content = parseContent(await deleteRegisterImport(transaction, { id: input.id, actorId }));
      const now = context.now();
      const difference = await compareAndLock(transaction, content, toDate(now));
      if (nameDifference(difference) !== input.name) throw new AppError('register_import_outdated');
      await storeRegister(transaction, difference);
      const { added, changed, unchanged } = countDifference(difference);
      await insertAuditEvent(transaction, {
        occurredAt: now,
        actorId,
        networkId: null,
        action: 'imported register',
        subject: difference.kind === 'regions' ? difference.classification : difference.kind,
        detail: { added, changed, unchanged },
      });
      return { kind: difference.kind };
    }),
  );
}
