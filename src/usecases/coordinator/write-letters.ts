import type { Context } from '../../context';
import type { Language } from '../../domain/languages';
import type { Actor } from '../../domain/permissions';
import { makeLinks, type PersonalLink } from '../make-links';
import { fillMail, loadWaveMail } from '../wave-mail';

/** One letter. */
export interface Letter extends Pick<PersonalLink, 'name' | 'unitName' | 'organisationName' | 'link'> {
  readonly language: Language;
  readonly subject: string;
  /** Paragraphs of lines of the invitation; where the link stands, its address. */
  readonly paragraphs: readonly (readonly string[])[];
}

/** Letters of a wave. */
export interface Letters {
  readonly network: { readonly name: string; readonly isDemo: boolean };
  readonly letters: readonly Letter[];
}

/**
 * Writes the invitation as letters with fresh personal links, for everybody who can still answer.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @throws AppError wave_unknown, not_allowed, wave_state
 */
export async function writeLetters(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<Letters> {
  return context.db.transaction(async (transaction) => {
    const { wave, links } = await makeLinks(context, transaction, { actor, ...input, purpose: 'letters' });
    const waveMail = await loadWaveMail(context, transaction, wave);
    const { name, isDemo } = waveMail.network;
    const letters = links.map((addressee): Letter => {
      const { link, language, unitName, organisationName } = addressee;
      const request = { addressee, kind: 'invitation', link, optOut: null } as const;
      return { ...fillMail(waveMail, request), name: addressee.name, unitName, organisationName, link, language };
    });
    return { network: { name, isDemo }, letters };
  });
}
