import type { Context } from '../../context';
import { holdMailing, selectRemainingMail } from '../../db/mail-items';
import { updateUnsentMailsSkipped } from '../../db/mail-outcomes';
import {
  lockMailings,
  selectMailings,
  selectMailingsWithoutJob,
  selectOptionalMailing,
  updateMailingCounters,
  updateMailingSending,
  updateMailingStopped,
  type Mailing,
} from '../../db/mailings';
import { selectOptionalWave } from '../../db/waves';
import { findMorning, findResumePause, type MailingFault } from '../../domain/mail/mailings';
import { toDate } from '../../domain/fieldwork/wave-state';
import { beginMailing, queueMailing } from '../mailing-job';
import { sendMails, type SendingOutcome } from '../send-mails';
import { loadWaveMail, mayMail } from '../wave-mail';

/** When another mailing of the wave, or another process, is still at it, or the wave is being closed. */
const laterMilliseconds = 60_000;

/**
 * Lets a mailing go on: begins it when its morning has come, sends for a minute at most, and puts it on the queue again
 * while there is more to send. The installation does this by itself; somebody who may has asked for the mailing.
 * @param context the process' context
 * @param mailingId the mailing
 * @param signal aborted when the program stops
 */
export async function runMailing(context: Context, mailingId: string, signal: AbortSignal): Promise<void> {
  const mailing = await wakeMailing(context, mailingId);
  const wave = mailing === null ? null : await selectOptionalWave(context.db, mailing.waveKey);
  if (mailing?.state !== 'sending' || wave === null) return;
  const waveMail = await loadWaveMail(context, context.db, wave);
  const { mailer } = context;
  if (mailer === null || !mayMail(context, waveMail.network)) {
    await endRun(context, mailing, { fault: 'unreachable', hasStopped: false, resumeCount: 0, refusedInARow: 0 });
    return;
  }
  const outcome = await holdMailing(context.db, mailingId, (requireHold) =>
    sendMails(context, { mailing, mailer, waveMail, requireHold, signal }),
  );
  if (outcome !== null) await endRun(context, mailing, outcome);
  else await queueMailing(context.db, mailingId, new Date(context.now().getTime() + laterMilliseconds));
}

/** A planned mailing begins and one that waited for its server goes on, if their time has come. */
async function wakeMailing(context: Context, mailingId: string): Promise<Mailing | null> {
  return context.db.transaction(async (transaction) => {
    const found = await selectOptionalMailing(transaction, mailingId);
    if (found === null) return null;
    await lockMailings(transaction, found.waveId);
    const mailing = await selectOptionalMailing(transaction, mailingId);
    const now = context.now();
    if (mailing?.state === 'paused' && mailing.resumeAt !== null && mailing.resumeAt <= now) {
      await updateMailingSending(transaction, { mailingId, now });
    }
    if (mailing?.state === 'planned' && mailing.plannedOn !== null && mailing.plannedOn <= toDate(now)) {
      const all = await selectMailings(transaction, mailing.waveId);
      if (all.some(({ state }) => state === 'sending' || state === 'paused')) {
        await queueMailing(transaction, mailingId, new Date(now.getTime() + laterMilliseconds));
      } else {
        await beginMailing(context, transaction, { mailingId, waveId: mailing.waveId, isForMissingOnly: false });
      }
    }
    return selectOptionalMailing(transaction, mailingId);
  });
}

async function endRun(context: Context, mailing: Mailing, outcome: SendingOutcome): Promise<void> {
  const { id: mailingId } = mailing;
  const now = context.now().getTime();
  await context.db.transaction(async (transaction) => {
    await lockMailings(transaction, mailing.waveId);
    const current = await selectOptionalMailing(transaction, mailingId);
    if (current?.state !== 'sending') return;
    const wave = await selectOptionalWave(transaction, current.waveKey);
    if (wave?.state !== 'open') {
      await updateMailingStopped(transaction, { mailingId, state: 'cancelled' });
      await updateUnsentMailsSkipped(transaction, mailingId);
      return;
    }
    const { fault, hasStopped, resumeCount, refusedInARow } = outcome;
    if (fault !== null) {
      const pause = findResumePause(fault, resumeCount);
      const resumeAt = pause === null ? null : new Date(now + pause);
      await updateMailingCounters(transaction, { mailingId, resumeCount: resumeCount + 1, refusedInARow: 0 });
      await updateMailingStopped(transaction, { mailingId, state: 'paused', fault, resumeAt });
      if (resumeAt !== null) await queueMailing(transaction, mailingId, resumeAt);
      return;
    }
    await updateMailingCounters(transaction, { mailingId, resumeCount, refusedInARow });
    const remaining = await selectRemainingMail(transaction, mailingId);
    if (remaining === null) await updateMailingStopped(transaction, { mailingId, state: 'done' });
    else {
      const later = hasStopped ? new Date(now + laterMilliseconds) : undefined;
      await queueMailing(transaction, mailingId, later ?? remaining.tryAfter ?? undefined);
    }
  });
}

/**
 * Pauses a mailing that failed for a reason nobody foresaw, once it is not tried any more.
 * @param context the process' context
 * @param mailingId the mailing
 */
export async function giveUpMailing(context: Context, mailingId: string): Promise<void> {
  const fault: MailingFault = 'unexpected';
  await updateMailingStopped(context.db, { mailingId, state: 'paused', fault });
}

/**
 * Puts mailings on the queue that should stand there, such as those that were tried too often while the database was away.
 * @param context the process' context
 */
export async function recoverMailings(context: Context): Promise<void> {
  for (const { id, plannedOn } of await selectMailingsWithoutJob(context.db)) {
    await queueMailing(context.db, id, plannedOn === null ? undefined : findMorning(plannedOn));
  }
}
