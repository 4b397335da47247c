import type { Context } from '../context';
import type { Database } from '../db/database';
import { addJob } from '../db/jobs';

/** Name of the task that mails a sign-in link. */
export const signInMailTask = 'mail-sign-in-link';
/** Name of the task that tells somebody about a role. */
export const roleMailTask = 'mail-role';

/** A mail server may be away for a while; by then somebody has asked for another link. */
const mostAttempts = 6;

/**
 * Has a sign-in link mailed to somebody who is waiting for it; the link is made when the mail is.
 * @param db the database or the caller's transaction
 * @param mail whom to, and a path of ours to go on to
 */
export async function queueSignInMail(
  db: Database,
  { actorId, next }: { readonly actorId: string; readonly next: string | null },
): Promise<void> {
  const payload = { actorId, ...(next === null ? {} : { next }) };
  const key = `${signInMailTask}:${actorId}`;
  await addJob(db, { task: signInMailTask, key, payload, mostAttempts, isUrgent: true });
}

/**
 * Has somebody told by mail about a role that they were given. An installation without mail tells nobody.
 * @param context the process' context
 * @param transaction the caller's transaction
 * @param grantId id of the role
 */
export async function queueRoleMail(context: Context, transaction: Database, grantId: string): Promise<void> {
  if (context.mailer === null) return;
  await addJob(transaction, {
    task: roleMailTask,
    key: `${roleMailTask}:${grantId}`,
    payload: { grantId },
    mostAttempts,
  });
}
