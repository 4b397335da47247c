import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import type { Database } from '../../db/database';
import { selectAudience } from '../../db/mail-items';
import { insertMailing, lockMailings, selectMailings, type Mailing } from '../../db/mailings';
import { selectNetwork } from '../../db/networks';
import type { Wave } from '../../db/waves';
import { findMorning, lastMailing } from '../../domain/mail/mailings';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWave, idOf, requireState } from '../authorise';
import { beginMailing, queueMailing } from '../mailing-job';
import { mayMail } from '../wave-mail';

async function findMailableWave(
  context: Context,
  transaction: Database,
  { actor, waveKey }: { readonly actor: Actor; readonly waveKey: string },
): Promise<{ readonly wave: Wave; readonly mailings: readonly Mailing[] }> {
  const wave = await findWave(transaction, actor, { key: waveKey, action: 'manage wave' });
  requireState(wave, 'open');
  const network = await selectNetwork(transaction, wave.networkKey);
  if (!mayMail(context, network)) throw new AppError('mail_unavailable');
  await lockMailings(transaction, wave.id);
  return { wave, mailings: await selectMailings(transaction, wave.id) };
}

function requireNothingUnderWay(mailings: readonly Mailing[]): void {
  if (mailings.some(({ state }) => state === 'sending' || state === 'paused')) throw new AppError('mailing_under_way');
}

function refuseDate(key: string, values: Readonly<Record<string, string>> = {}): never {
  throw new AppError('form_faulty', { fields: [{ field: 'plannedOn', key, values }] });
}

/** A planned day lies ahead, after the mailing before it and not after the deadline. */
function requirePlannable(
  date: string,
  { wave, mailings, today }: { wave: Wave; mailings: readonly Mailing[]; today: string },
): void {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date))) refuseDate('mailing.fault.date');
  if (date <= today) refuseDate('mailing.fault.date_past');
  if (wave.closesOn !== null && date > wave.closesOn) refuseDate('mailing.fault.date_late');
  if (mailings.some(({ plannedOn, state }) => state === 'planned' && (plannedOn ?? '') >= date)) {
    refuseDate('mailing.fault.date_order');
  }
}

/**
 * Sends the next mailing of an open wave, at once or on the morning of a day: the invitation first, then up to three
 * reminders. Who gets it is decided when it begins, and once more for each mail just before it leaves.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave, and the day (YYYY-MM-DD); null: at once
 * @throws AppError wave_unknown, not_allowed, wave_state, mail_unavailable, mailing_under_way, mailing_empty, form_faulty
 */
export async function requestMailing(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly plannedOn: string | null },
): Promise<void> {
  const { waveKey, plannedOn } = input;
  await context.db.transaction(async (transaction) => {
    const { wave, mailings } = await findMailableWave(context, transaction, { actor, waveKey });
    const number = mailings.length;
    if (number > lastMailing) throw new AppError('mailing_state');
    if (plannedOn === null) {
      if (mailings.some(({ state }) => state === 'planned')) throw new AppError('mailing_under_way');
      requireNothingUnderWay(mailings);
    } else requirePlannable(plannedOn, { wave, mailings, today: toDate(context.now()) });
    const { ready } = await selectAudience(transaction, wave.id);
    if (ready === 0) throw new AppError('mailing_empty');
    const mailingId = await insertMailing(transaction, { waveId: wave.id, number, actorId: idOf(actor), plannedOn });
    let mails = 0;
    if (plannedOn !== null) await queueMailing(transaction, mailingId, findMorning(plannedOn));
    else mails = await beginMailing(context, transaction, { mailingId, waveId: wave.id, isForMissingOnly: false });
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: plannedOn === null ? 'requested mailing' : 'planned mailing',
      subject: wave.key,
      detail: plannedOn === null ? { number, mails } : { number, plannedOn },
    });
  });
}

/**
 * Sends the invitation to those who have had no mail, such as people who have taken over from others.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @throws AppError wave_unknown, not_allowed, wave_state, mail_unavailable, mailing_under_way, mailing_state, mailing_empty
 */
export async function inviteMissing(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<void> {
  await context.db.transaction(async (transaction) => {
    const { wave, mailings } = await findMailableWave(context, transaction, { actor, waveKey: input.waveKey });
    requireNothingUnderWay(mailings);
    const invitation = mailings.find(({ number, state }) => number === 0 && state !== 'planned');
    if (invitation === undefined) throw new AppError('mailing_state');
    const { first } = await selectAudience(transaction, wave.id);
    if (first === 0) throw new AppError('mailing_empty');
    const mailing = { mailingId: invitation.id, waveId: wave.id, isForMissingOnly: true };
    const mails = await beginMailing(context, transaction, mailing);
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'requested missing invitations',
      subject: wave.key,
      detail: { mails },
    });
  });
}
