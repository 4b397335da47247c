import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { deleteExpiredFrameImports } from '../../db/frame-imports';

/**
 * Throws away uploaded frames that nobody has confirmed within a day: they hold names and addresses. The installation does
 * this by itself; nobody asks for it.
 * @param context the process' context
 */
export async function forgetFrameImports(context: Context): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const now = context.now();
    for (const { key, networkId, files } of await deleteExpiredFrameImports(transaction, now)) {
      await insertAuditEvent(transaction, {
        occurredAt: now,
        actorId: null,
        networkId,
        action: 'discarded frame file',
        subject: key,
        detail: { files },
      });
    }
  });
}
