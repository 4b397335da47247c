import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context';
import { claimMailItem, selectDueMailItems, type ClaimedMail } from '../db/mail-items';
import { updateMailDeferred, updateMailRefused, updateMailSent, updateMailSkipped } from '../db/mail-outcomes';
import type { Mailing } from '../db/mailings';
import { createToken, hashToken } from '../domain/fieldwork/tokens';
import { toDate } from '../domain/fieldwork/wave-state';
import { findRetryPause, mostRefusedInARow, type MailingFault } from '../domain/mail/mailings';
import { makeOptOutToken } from '../domain/mail/signed-links';
import type { Mailer } from '../mail/create-mailer';
import type { Delivery } from '../mail/deliver';
import type { Mail } from '../mail/mail';
import { composeMail, type WaveMail } from './wave-mail';

/** A run leaves the line to the mailings of other waves after so long. */
const runMilliseconds = 60_000;
const mailsPerReading = 500;
const minuteMilliseconds = 60_000;
/** A server has taken a mail: noting that is tried for as long as a database may take to start again. */
const noteAttempts = 30;
const noteMilliseconds = 2_000;

/** What a run needs besides the context. */
export interface SendingRun {
  readonly mailing: Mailing;
  readonly mailer: Mailer;
  readonly waveMail: WaveMail;
  /** Fails when another process may be sending as well. */
  readonly requireHold: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** How a run ended. */
export interface SendingOutcome {
  /** Why it cannot go on; null: it can. */
  readonly fault: MailingFault | null;
  /** Whether somebody stopped it, or is closing the wave. */
  readonly hasStopped: boolean;
  readonly resumeCount: number;
  readonly refusedInARow: number;
}

interface Progress {
  fault: MailingFault | null;
  hasStopped: boolean;
  resumeCount: number;
  refusedInARow: number;
}

/**
 * Sends what a mailing has to send, several mails at a time and no faster than the pace, for a minute at most.
 * @param context the process' context
 * @param run the mailing and the way out
 */
export async function sendMails(context: Context, run: SendingRun): Promise<SendingOutcome> {
  const { mailing, signal } = run;
  const { resumeCount, refusedInARow } = mailing;
  const progress: Progress = { fault: null, hasStopped: false, resumeCount, refusedInARow };
  const end = performance.now() + runMilliseconds;
  const isOver = () => progress.hasStopped || progress.fault !== null || signal.aborted || performance.now() > end;
  const keepPace = createPace(context.config.mail?.perMinute ?? 1, signal);
  for (;;) {
    const search = { mailingId: mailing.id, now: context.now(), most: mailsPerReading };
    const due = isOver() ? [] : [...(await selectDueMailItems(context.db, search))];
    if (due.length === 0) break;
    const sendOn = async (): Promise<void> => {
      while (!isOver()) {
        const itemId = due.pop();
        if (itemId === undefined) return;
        await keepPace();
        if (!isOver()) await sendOne(context, run, { itemId, progress });
      }
    };
    // Every line is waited for: what is under way when one fails is still to be noted.
    const ends = await Promise.allSettled(Array.from({ length: run.mailer.connections }, sendOn));
    for (const each of ends) if (each.status === 'rejected') throw each.reason;
  }
  return progress;
}

function createPace(perMinute: number, signal: AbortSignal): () => Promise<void> {
  const step = minuteMilliseconds / perMinute;
  let next = performance.now();
  return async () => {
    const now = performance.now();
    const at = Math.max(next, now);
    next = at + step;
    if (at - now >= 1) await sleep(at - now, undefined, { signal }).catch(() => undefined);
  };
}

async function sendOne(
  context: Context,
  run: SendingRun,
  { itemId, progress }: { readonly itemId: string; readonly progress: Progress },
): Promise<void> {
  await run.requireHold();
  const token = createToken(context.randomBytes);
  const claim = { itemId, tokenHash: hashToken(token), date: toDate(context.now()) };
  const claimed = await claimMailItem(context.db, claim);
  if (claimed.verdict === 'stop') progress.hasStopped = true;
  else if (claimed.verdict === 'skip') await updateMailSkipped(context.db, itemId);
  else {
    const delivery = await run.mailer.deliver(createMail(context, run.waveMail, { itemId, claimed, token }));
    await noteDelivery(context, { itemId, claimed, delivery, progress });
  }
}

type Sending = Extract<ClaimedMail, { readonly verdict: 'send' }>;

function createMail(
  { config, secrets }: Context,
  waveMail: WaveMail,
  { itemId, claimed, token }: { readonly itemId: string; readonly claimed: Sending; readonly token: string },
): Mail {
  const { addressee, messageId, isFirst } = claimed;
  const optOutToken = makeOptOutToken(secrets.optOut, { id: addressee.invitationId, email: addressee.email });
  const optOut = `${config.publicUrl}/nei/${optOutToken}`;
  const link = `${config.publicUrl}/svar/${token}`;
  const returnAddress = config.mail?.returnAddress;
  return {
    ...composeMail(waveMail, { addressee, kind: isFirst ? 'invitation' : 'reminder', link, optOut }),
    to: { name: addressee.name, address: addressee.email },
    messageId,
    ...(returnAddress === undefined ? {} : { returnPath: returnAddress.replace('@', `+${itemId}@`) }),
    headers: {
      'List-Unsubscribe': `<${optOut}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
    },
  };
}

interface Delivered {
  readonly itemId: string;
  readonly claimed: Sending;
  readonly delivery: Delivery;
  readonly progress: Progress;
}

async function noteDelivery(context: Context, { itemId, claimed, delivery, progress }: Delivered): Promise<void> {
  if (delivery.kind === 'server') {
    progress.fault = delivery.fault;
    return;
  }
  if (delivery.kind === 'accepted') {
    const date = toDate(context.now());
    await insist(() => updateMailSent(context.db, { itemId, code: delivery.code, date }));
    Object.assign(progress, { resumeCount: 0, refusedInARow: 0 });
    return;
  }
  const { code } = delivery;
  if (delivery.kind === 'deferred') {
    const pause = findRetryPause(claimed.attempts + 1);
    if (pause === null) await insist(() => updateMailRefused(context.db, { itemId, code, deadAddress: null }));
    else {
      const tryAfter = new Date(context.now().getTime() + pause);
      await insist(() => updateMailDeferred(context.db, { itemId, code, tryAfter }));
    }
    return;
  }
  const deadAddress = delivery.isAddressDead ? claimed.addressee.email : null;
  await insist(() => updateMailRefused(context.db, { itemId, code, deadAddress }));
  progress.refusedInARow += 1;
  if (progress.refusedInARow >= mostRefusedInARow) progress.fault = 'refusals';
}

/** What is known of a mail that left is noted even when the database is away for a moment. */
async function insist(note: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await note();
      return;
    } catch (fault) {
      if (attempt >= noteAttempts) throw fault;
      await sleep(noteMilliseconds);
    }
  }
}
