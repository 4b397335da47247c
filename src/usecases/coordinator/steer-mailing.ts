import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import type { Database } from '../../db/database';
import { updateDeferredMailsDue, updateUnsentMailsSkipped } from '../../db/mail-outcomes';
import {
  deletePlannedMailing,
  lockMailings,
  selectMailings,
  updateMailingSending,
  updateMailingStopped,
  type Mailing,
} from '../../db/mailings';
import type { AuditAction } from '../../domain/audit-actions';
import type { MailingState } from '../../domain/mail/mailings';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWave, idOf } from '../authorise';
import { queueMailing } from '../mailing-job';

/** What can be done to a mailing that has been asked for, and the states in which it can be done. */
const steps = {
  pause: ['sending'],
  continue: ['paused'],
  cancel: ['planned', 'sending', 'paused'],
} as const satisfies Readonly<Record<string, readonly MailingState[]>>;
export type MailingStep = keyof typeof steps;

const actions: Readonly<Record<MailingStep, AuditAction>> = {
  pause: 'paused mailing',
  continue: 'continued mailing',
  cancel: 'cancelled mailing',
};

/**
 * Pauses, continues or cancels a mailing. What has been sent cannot be taken back; mails under way are ended.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave, number of the mailing, and what is to be done
 * @throws AppError wave_unknown, not_allowed, mailing_state
 */
export async function steerMailing(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly number: number; readonly step: MailingStep },
): Promise<void> {
  const { waveKey, number, step } = input;
  await context.db.transaction(async (transaction) => {
    const wave = await findWave(transaction, actor, { key: waveKey, action: 'manage wave' });
    await lockMailings(transaction, wave.id);
    const mailing = (await selectMailings(transaction, wave.id)).find((each) => each.number === number);
    const allowed: readonly MailingState[] = steps[step];
    if (mailing === undefined || !allowed.includes(mailing.state)) throw new AppError('mailing_state');
    await takeStep(context, transaction, { mailing, step });
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: actions[step],
      subject: wave.key,
      detail: { number },
    });
  });
}

async function takeStep(
  context: Context,
  transaction: Database,
  { mailing, step }: { readonly mailing: Mailing; readonly step: MailingStep },
): Promise<void> {
  const { id: mailingId } = mailing;
  if (step === 'pause') await updateMailingStopped(transaction, { mailingId, state: 'paused' });
  else if (step === 'continue') {
    await updateDeferredMailsDue(transaction, mailingId);
    await updateMailingSending(transaction, { mailingId, now: context.now() });
    await queueMailing(transaction, mailingId);
  } else if (mailing.state === 'planned') await deletePlannedMailing(transaction, mailing);
  else {
    await updateMailingStopped(transaction, { mailingId, state: 'cancelled' });
    await updateUnsentMailsSkipped(transaction, mailingId);
  }
}
