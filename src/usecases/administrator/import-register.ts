import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { nameConstraintFaults } from '../../db/constraint-faults';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { idOf, installation, requireRight } from '../authorise';
import type { ImportFile } from '../import-faults';
import { readRegister, type RegisterRequest } from '../register-content';
import { compareAndLock, countDifference, storeRegister, type RegisterDifference } from '../register-difference';

/**
 * Imports files of a register at once, or only tells what they would change. All or nothing.
 * @param context the process' context
 * @param actor who asks
 * @param input the files, what they are taken for, and whether nothing is to be stored
 * @returns what was, or would be, added and changed
 * @throws AppError import_faulty
 */
export async function importRegister(
  context: Context,
  actor: Actor,
  input: { readonly files: readonly ImportFile[]; readonly request: RegisterRequest; readonly isTrial: boolean },
): Promise<RegisterDifference> {
  requireRight(actor, 'administer installation', installation);
  const content = readRegister(input.files, input.request);
  return nameConstraintFaults({}, () =>
    context.db.transaction(async (transaction) => {
      const now = context.now();
      const difference = await compareAndLock(transaction, content, toDate(now));
      if (input.isTrial) return difference;
      await storeRegister(transaction, difference);
      const { added, changed, unchanged } = countDifference(difference);
      await insertAuditEvent(transaction, {
        occurredAt: now,
        actorId: idOf(actor),
        networkId: null,
        action: 'imported register',
        subject: difference.kind === 'regions' ? difference.classification : difference.kind,
        detail: { added, changed, unchanged },
      });
      return difference;
    }),
  );
}
