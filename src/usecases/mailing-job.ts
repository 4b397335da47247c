import { addJob } from '../db/jobs';
import type { Database } from '../db/database';
import { insertMailItems } from '../db/mail-items';
import { updateMailingSending } from '../db/mailings';
import type { Context } from '../context';

/** Name of the task that sends mails. */
export const mailingTask = 'send-mailing';
/** How often it is tried in a row when the program or the database fails; a run that went well counts anew. */
const mostAttempts = 20;

/**
 * Puts a mailing on the queue, or moves it there; mailings of all waves stand in one line, so that together they keep
 * the pace.
 * @param transaction the caller's transaction
 * @param mailingId the mailing
 * @param runAt when; at once unless given
 */
export async function queueMailing(transaction: Database, mailingId: string, runAt?: Date): Promise<void> {
  await addJob(transaction, {
    task: mailingTask,
    key: `mailing ${mailingId}`,
    payload: { mailingId },
    mostAttempts,
    line: 'mail',
    ...(runAt === undefined ? {} : { runAt }),
  });
}

/**
 * Begins a mailing, or takes up one that is done: those who are to get it are listed, and it is put on the queue.
 * @param context the process' context
 * @param transaction a transaction that holds the wave's mailings
 * @param mailing id and wave, and whether only those get it who have had no mail
 * @returns number of mails
 */
export async function beginMailing(
  context: Context,
  transaction: Database,
  mailing: { readonly mailingId: string; readonly waveId: string; readonly isForMissingOnly: boolean },
): Promise<number> {
  const host = new URL(context.config.publicUrl).hostname;
  const mails = await insertMailItems(transaction, { ...mailing, host });
  await updateMailingSending(transaction, { mailingId: mailing.mailingId, now: context.now() });
  await queueMailing(transaction, mailing.mailingId);
  return mails;
}
