import type { Language } from '../../../domain/languages';
import type { MailKind, Placeholder } from '../../../domain/mail/templates';
import { placeholders } from '../../../domain/mail/templates';
import type { ShownTemplate, WaveTemplates } from '../../../usecases/coordinator/edit-mail-template';
import type { Words } from '../results/words';

/** Parts of addresses. */
const kindPaths: Readonly<Record<MailKind, string>> = { invitation: 'invitasjon', reminder: 'paminnelse' };

/**
 * Reads the kind of mail that an address names.
 * @param path part of an address
 */
export function readKind(path: string): MailKind | null {
  if (path === kindPaths.invitation) return 'invitation';
  return path === kindPaths.reminder ? 'reminder' : null;
}

/**
 * The page on which a mail is written.
 * @param waveKey key of the wave
 * @param template kind and language
 */
export function templatePath(
  waveKey: string,
  { kind, language }: { readonly kind: MailKind; readonly language: Language },
): string {
  return `/runder/${encodeURIComponent(waveKey)}/utsending/maler/${kindPaths[kind]}/${language}`;
}

/** A mail in the list of a wave's mails. */
export interface TemplateCard {
  readonly name: string;
  readonly language: Language;
  readonly subject: string;
  readonly isStandard: boolean;
  readonly path: string;
  readonly isCurrent: boolean;
}

function createCard(waveKey: string, template: ShownTemplate, words: Words, isCurrent: boolean): TemplateCard {
  const { language, preview, isStandard } = template;
  return {
    name: words.t(`mail.language.${language}`),
    language,
    subject: preview.subject,
    isStandard,
    path: templatePath(waveKey, template),
    isCurrent,
  };
}

/**
 * Lists the mails of a wave by kind.
 * @param shown the wave's mails
 * @param words words of the reader's language
 * @param current the one whose page this is, when it is one's
 */
export function listTemplates(
  { wave, templates }: WaveTemplates,
  words: Words,
  current?: ShownTemplate,
): readonly { readonly heading: string; readonly cards: readonly TemplateCard[] }[] {
  return (['invitation', 'reminder'] as const).map((kind) => ({
    heading: words.t(`mail.kind.${kind}`),
    cards: templates
      .filter((template) => template.kind === kind)
      .map((template) => createCard(wave.key, template, words, template === current)),
  }));
}

/**
 * Explains what a template may hold between braces.
 * @param words words of the reader's language
 */
export function explainPlaceholders(
  words: Words,
): readonly { readonly name: string; readonly meaning: string; readonly id: Placeholder }[] {
  return placeholders.map((id) => ({ id, name: `{${id}}`, meaning: words.t(`mail.placeholder.${id}`) }));
}
