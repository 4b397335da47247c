import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { deleteMailTemplate, selectMailTemplates, upsertMailTemplate } from '../../db/mail-templates';
import { selectNetwork } from '../../db/networks';
import type { Wave } from '../../db/waves';
import { languages, type Language } from '../../domain/languages';
import { checkTemplate, mailKinds, type MailKind, type MailTemplate } from '../../domain/mail/templates';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { translate } from '../../texts/translate';
import { findWave, idOf } from '../authorise';
import { composeMail, findStandardTemplate, loadWaveMail } from '../wave-mail';

/** A template as it stands, and what a made-up person would get. */
export interface ShownTemplate extends MailTemplate {
  readonly kind: MailKind;
  readonly language: Language;
  readonly isStandard: boolean;
  readonly preview: { readonly subject: string; readonly text: string; readonly html: string };
}

/** The mails of a wave in every kind and language. */
export interface WaveTemplates {
  readonly wave: Pick<Wave, 'key' | 'networkId' | 'period' | 'state' | 'closesOn'>;
  readonly network: { readonly name: string; readonly isDemo: boolean };
  readonly templates: readonly ShownTemplate[];
}

/** Waves whose mail can still be changed. */
function requireChangeable(wave: Wave): void {
  if (wave.state === 'draft' || wave.state === 'open') return;
  throw new AppError('wave_state', { values: { key: wave.key, state: wave.state, needed: 'open' } });
}

/**
 * Reads the mails of a wave, each as a made-up person would get it. Their links lead nowhere.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readMailTemplates(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<WaveTemplates> {
  const { db, config } = context;
  const wave = await findWave(db, actor, { key: input.waveKey, action: 'manage wave' });
  const network = await selectNetwork(db, wave.networkKey);
  const own = await selectMailTemplates(db, wave.id);
  const waveMail = await loadWaveMail(context, db, wave);
  const templates = mailKinds.flatMap((kind) =>
    languages.map((language): ShownTemplate => {
      const addressee = {
        language,
        name: translate(language, 'mail.sample.name'),
        unitName: translate(language, 'mail.sample.unit'),
        organisationName: translate(language, 'mail.sample.organisation'),
      };
      const links = {
        link: `${config.publicUrl}/svar/${translate(language, 'mail.sample.token')}`,
        optOut: `${config.publicUrl}/nei/${translate(language, 'mail.sample.token')}`,
      };
      return {
        ...waveMail.findTemplate(kind, language),
        kind,
        language,
        isStandard: !own.some((template) => template.kind === kind && template.language === language),
        preview: composeMail(waveMail, { addressee, kind, ...links }),
      };
    }),
  );
  return { wave, network: { name: network.name, isDemo: network.isDemo }, templates };
}

/** Which mail of a wave, and its new text. */
export interface TemplateChange {
  readonly waveKey: string;
  readonly kind: MailKind;
  readonly language: Language;
  /** Null: the standard text again. */
  readonly template: MailTemplate | null;
}

/**
 * Changes the text of a mail; mails that have left keep theirs. The standard text written back is the standard text.
 * @param context the process' context
 * @param actor who asks
 * @param input which mail, and its text
 * @throws AppError sign_in_needed, wave_unknown, not_allowed, wave_state, form_faulty
 */
export async function editMailTemplate(context: Context, actor: Actor, input: TemplateChange): Promise<void> {
  const { waveKey, kind, language } = input;
  await context.db.transaction(async (transaction) => {
    const wave = await findWave(transaction, actor, { key: waveKey, action: 'manage wave' });
    requireChangeable(wave);
    const template = input.template === null ? null : tidy(input.template);
    const faults = template === null ? [] : checkTemplate(template);
    if (faults.length > 0) {
      const fields = faults.map(({ field, code, values }) => ({ field, key: `mail.fault.${code}`, values }));
      throw new AppError('form_faulty', { fields });
    }
    const standard = findStandardTemplate(kind, language);
    const isStandard = template === null || (template.subject === standard.subject && template.body === standard.body);
    if (isStandard) await deleteMailTemplate(transaction, wave.id, { kind, language });
    else await upsertMailTemplate(transaction, wave.id, { kind, language, ...template });
    await insertAuditEvent(transaction, {
      occurredAt: context.now(),
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'changed mail template',
      subject: wave.key,
      detail: { kind, language, isStandard },
    });
  });
}

function tidy({ subject, body }: MailTemplate): MailTemplate {
  return { subject: subject.replace(/\s+/g, ' ').trim(), body: body.replace(/\r\n?/g, '\n').trim() };
}
