import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { upsertClockSighting } from '../../db/clock-sightings';
import { deleteEndedRoles, forgetPeopleWithoutRoles } from '../../db/forgotten-people';
import { deleteOldSessions } from '../../db/sessions';
import { deleteOldSignIns } from '../../db/sign-in-links';
import { toDate } from '../../domain/fieldwork/wave-state';

/** Months for which it is known by name who did what, after they have left. */
const auditMonths = 24;

/**
 * Keeps the register of those who sign in as short as it should be: roles whose last day has passed end, and of people
 * without a role everything goes that is not needed to tell who did what. The installation does this by itself. A clock
 * that has leapt ahead ends nothing before it has stood there for a day.
 * @param context the process' context
 */
export async function forgetPeople(context: Context): Promise<void> {
  const now = context.now();
  await deleteOldSessions(context.db, now);
  await deleteOldSignIns(context.db, now);
  await context.db.transaction(async (transaction) => {
    if (!(await upsertClockSighting(transaction, now))) return;
    for (const { actorId, networkId, role } of await deleteEndedRoles(transaction, toDate(now))) {
      await insertAuditEvent(transaction, {
        occurredAt: now,
        actorId: null,
        networkId,
        action: 'ended role',
        subject: actorId,
        detail: { role, isLastDayPassed: true },
      });
    }
    const people = await forgetPeopleWithoutRoles(transaction, { now, auditMonths });
    if (people === 0) return;
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: null,
      networkId: null,
      action: 'deleted contacts',
      subject: 'actor',
      detail: { people },
    });
  });
}
