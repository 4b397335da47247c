import type { Context } from '../../context';
import { keepMailCounts } from '../../db/mailings';
import { insertAuditEvent } from '../../db/audit';
import { upsertClockSighting } from '../../db/clock-sightings';
import { deleteExpiredInvitations, type DeletedInvitations } from '../../db/expired-invitations';
import { toDate } from '../../domain/fieldwork/wave-state';

/**
 * Keeps the promise of page 1 of the survey: on the day that was fixed when a wave opened, names, addresses and links go,
 * and a proof of it stays. The installation does this by itself; nobody asks for it. What is gone cannot be had back: a clock that has leapt ahead
 * deletes nothing before it has stood there for a day.
 * @param context the process' context
 * @returns the waves that had something to delete
 */
export async function deleteExpiredAddresses(context: Context): Promise<readonly DeletedInvitations[]> {
  return context.db.transaction(async (transaction) => {
    const now = context.now();
    if (!(await upsertClockSighting(transaction, now))) return [];
    await keepMailCounts(transaction, toDate(now));
    const deleted = await deleteExpiredInvitations(transaction, toDate(now));
    for (const { key, networkId, ...detail } of deleted) {
      await insertAuditEvent(transaction, {
        occurredAt: now,
        actorId: null,
        networkId,
        action: 'deleted addresses',
        subject: key,
        detail,
      });
    }
    return deleted;
  });
}
