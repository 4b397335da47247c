import type { Context } from '../context';
import type { Database } from '../db/database';
import { selectMailTemplates } from '../db/mail-templates';
import type { Addressee } from '../db/mail-items';
import { selectNetwork, type Network } from '../db/networks';
import type { Wave } from '../db/waves';
import { fillTemplate, type MailKind, type MailTemplate, type PlaceholderValues } from '../domain/mail/templates';
import type { Language } from '../domain/languages';
import { writeMail } from '../formats/mail/write-mail';
import type { Mail } from '../mail/mail';
import { translate } from '../texts/translate';

/** What all mails of a wave have in common. */
export interface WaveMail {
  readonly network: Network;
  /** YYYY-MM-DD. */
  readonly closesOn: string | null;
  readonly minutes: { readonly from: number; readonly to: number };
  readonly findTemplate: (kind: MailKind, language: Language) => MailTemplate;
}

const locales: Readonly<Record<Language, string>> = { nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB', da: 'da-DK' };

/**
 * The text that a wave uses until somebody writes another one.
 * @param kind invitation or reminder
 * @param language language of the mail
 */
export function findStandardTemplate(kind: MailKind, language: Language): MailTemplate {
  return {
    subject: translate(language, `mail.standard.${kind}.subject`),
    body: translate(language, `mail.standard.${kind}.body`),
  };
}

/**
 * Loads what all mails of a wave have in common.
 * @param context the process' context
 * @param db the database or a transaction
 * @param wave the wave
 */
export async function loadWaveMail(context: Context, db: Database, wave: Wave): Promise<WaveMail> {
  const network = await selectNetwork(db, wave.networkKey);
  const { codebook } = await context.instruments.load(db, wave.instrumentVersionId);
  const own = await selectMailTemplates(db, wave.id);
  return {
    network,
    closesOn: wave.closesOn,
    minutes: codebook.minutes,
    findTemplate: (kind, language) =>
      own.find((template) => template.kind === kind && template.language === language) ??
      findStandardTemplate(kind, language),
  };
}

/**
 * Tells whether mail of a network may leave. People in the demo are made up, so nothing is ever sent to a real server.
 * @param context the process' context
 * @param network the network
 */
export function mayMail({ mailer }: Pick<Context, 'mailer'>, network: Pick<Network, 'isDemo'>): boolean {
  return mailer !== null && !(network.isDemo && mailer.kind === 'smtp');
}

/** Such as "fredag 11. desember 2026": a deadline is easier to keep with its weekday. */
function writeDeadline(language: Language, date: string): string {
  const format = new Intl.DateTimeFormat(locales[language], { dateStyle: 'full', timeZone: 'UTC' });
  return format.format(new Date(`${date}T12:00:00Z`));
}

function writeContact({ contactName, contactEmail }: Network): string | null {
  if (contactName === null || contactEmail === null) return contactName ?? contactEmail;
  return `${contactName} (${contactEmail})`;
}

/** One mail: for whom, of which kind, and with which links. */
export interface MailRequest {
  readonly addressee: Pick<Addressee, 'language' | 'name' | 'unitName' | 'organisationName'>;
  readonly kind: MailKind;
  readonly link: string;
  /** Address at which somebody says no; null: the mail offers none. */
  readonly optOut: string | null;
}

/**
 * Fills a template of a wave for one person.
 * @param waveMail what all mails of the wave have in common
 * @param request for whom, of which kind, and with which link
 * @returns subject, and the body as paragraphs of lines
 */
export function fillMail(
  { network, closesOn, minutes, findTemplate }: WaveMail,
  { addressee, kind, link }: MailRequest,
): ReturnType<typeof fillTemplate> {
  const { language, name, unitName, organisationName } = addressee;
  const values: PlaceholderValues = {
    navn: name,
    arbeidsplass: unitName,
    organisasjon: organisationName,
    nettverk: network.name,
    frist: closesOn === null ? null : writeDeadline(language, closesOn),
    lenke: link,
    minutter: minutes.from === minutes.to ? String(minutes.to) : `${minutes.from}–${minutes.to}`,
    kontakt: writeContact(network),
  };
  return fillTemplate(findTemplate(kind, language), values);
}

/**
 * Writes a mail of a wave for one person.
 * @param waveMail what all mails of the wave have in common
 * @param request for whom, of which kind, and with which links
 * @returns subject, text and HTML, and who reads answers
 */
export function composeMail(
  waveMail: WaveMail,
  request: MailRequest,
): Pick<Mail, 'subject' | 'text' | 'replyTo'> & { readonly html: string } {
  const { language, organisationName } = request.addressee;
  const { subject, paragraphs } = fillMail(waveMail, request);
  const values = { organisation: organisationName, network: waveMail.network.name };
  const { text, html } = writeMail({
    language,
    subject,
    paragraphs,
    link: { address: request.link, label: translate(language, 'mail.button') },
    footer: [translate(language, 'mail.footer', values)],
    optOut:
      request.optOut === null ? null : { address: request.optOut, label: translate(language, 'mail.footer.opt_out') },
  });
  const { contactEmail } = waveMail.network;
  return { subject, text, html, ...(contactEmail === null ? {} : { replyTo: contactEmail }) };
}
