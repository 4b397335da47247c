import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { selectOptionalActorAddress } from '../../db/mail-tests';
import { isEmail } from '../../domain/fieldwork/contact';
import type { Language } from '../../domain/languages';
import { makeTestMailToken } from '../../domain/mail/signed-links';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { translate } from '../../texts/translate';
import { findWave } from '../authorise';
import { composeMail, loadWaveMail, mayMail } from '../wave-mail';

/**
 * Sends the invitation of a wave to whoever asks, or to an address they give, with a link that only tells us that it has
 * arrived.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave, language of the mail, and the address as it was typed; empty: the actor's own
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, mail_unavailable, form_faulty
 */
export async function sendTestMail(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly language: Language; readonly address: string },
): Promise<void> {
  const { db, config, mailer, secrets } = context;
  const { language } = input;
  const wave = await findWave(db, actor, { key: input.waveKey, action: 'manage wave' });
  if (actor.kind !== 'person') throw new AppError('not_allowed');
  const waveMail = await loadWaveMail(context, db, wave);
  const person = await selectOptionalActorAddress(db, actor.id);
  if (mailer === null || !mayMail(context, waveMail.network) || person === null) throw new AppError('mail_unavailable');
  const address = input.address.trim() || person.email;
  if (address === null || !isEmail(address)) throw refuse('mailing.fault.test_address');
  const token = makeTestMailToken(secrets.optOut, { waveId: wave.id, actorId: actor.id, now: context.now() });
  const addressee = {
    language,
    name: person.name,
    unitName: translate(language, 'mail.sample.unit'),
    organisationName: translate(language, 'mail.sample.organisation'),
  };
  const link = `${config.publicUrl}/testpost/${token}`;
  const mail = composeMail(waveMail, { addressee, kind: 'invitation', link, optOut: null });
  const delivery = await mailer.deliver({
    ...mail,
    subject: translate(language, 'mail.test.subject', { subject: mail.subject }),
    to: { name: person.name, address },
  });
  if (delivery.kind !== 'accepted') {
    throw refuse(delivery.kind === 'server' ? `mailing.fault.${delivery.fault}` : 'mailing.fault.test_refused');
  }
  await insertAuditEvent(db, {
    occurredAt: context.now(),
    actorId: actor.id,
    networkId: wave.networkId,
    action: 'sent test mail',
    subject: wave.key,
  });
}

function refuse(key: string): AppError {
  return new AppError('form_faulty', { fields: [{ field: 'address', key }] });
}
