import type { RespondentPrivacy } from '../../../domain/fieldwork/respondent-privacy';
import type { Language } from '../../../domain/languages';
import type { TextKey, TextValues } from '../../../texts/translate';
import type { OpenedInvitation } from '../../../usecases/respondent/open-invitation';
import { formatDate } from '../format-date';

/** Words of the reader's language. */
export type Tell = (key: TextKey, values?: TextValues) => string;

/** What page 1 is made of. */
export type StartInput = Omit<OpenedInvitation, 'language'>;

/** One question of the reader's and what is to say to it. */
export interface StartSection {
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

/**
 * Tells what the privacy set-up of the wave says: who is responsible, why and by what right; what the reader can ask for.
 * @param opened the invitation and what the wave promises
 * @param language language of the reader
 * @param tell words of the reader's language
 * @returns sections before and after those about the answers themselves
 */
export function listPrivacySections(
  { invitation, promises }: StartInput,
  language: Language,
  tell: Tell,
): { readonly before: readonly StartSection[]; readonly after: readonly StartSection[] } {
  const { privacy } = promises;
  const controller = privacy?.controller ?? invitation.organisationName;
  const responsible = tell('respondent.start.who.controller', {
    network: invitation.network.name,
    organisation: controller,
  });
  const rights: StartSection = {
    heading: tell('respondent.start.rights'),
    paragraphs: [
      tell('respondent.start.rights.before'),
      tell(`respondent.start.rights.withdraw.${invitation.anonymityLevel}`),
      tell(`respondent.start.rights.${invitation.anonymityLevel}`),
      ...(privacy === null ? [] : nameOfficer(privacy, tell)),
      tell('respondent.start.rights.complain'),
    ],
  };
  if (privacy === null) {
    return { before: [{ heading: tell('respondent.start.who'), paragraphs: [responsible] }], after: [rights] };
  }
  const { processor } = privacy;
  return {
    before: [
      {
        heading: tell('respondent.start.who'),
        paragraphs: [
          responsible,
          ...(processor === null ? [] : [tell('respondent.start.who.processor', { processor, controller })]),
        ],
      },
      { heading: tell('respondent.start.why'), paragraphs: [privacy.purpose[language]] },
      { heading: tell('respondent.start.basis'), paragraphs: listBasis(privacy, language, tell) },
    ],
    after: [rights],
  };
}

function listBasis(privacy: RespondentPrivacy, language: Language, tell: Tell): readonly string[] {
  const { legalBasis, nationalBasis, confirmedBy, confirmedOn, discussedOn, controller } = privacy;
  const date = (day: string): string => formatDate(language, day);
  return [
    tell(`respondent.start.basis.${legalBasis}`, {
      national: nationalBasis ?? '',
      hasNational: nationalBasis === null ? 'no' : 'yes',
    }),
    ...(confirmedBy === null || confirmedOn === null
      ? []
      : [tell('respondent.start.basis.confirmed', { name: confirmedBy, date: date(confirmedOn) })]),
    tell('respondent.start.basis.not_consent'),
    ...(discussedOn === null
      ? []
      : [tell('respondent.start.basis.discussed', { controller, date: date(discussedOn) })]),
  ];
}

function nameOfficer({ controller, officerName, officerEmail }: RespondentPrivacy, tell: Tell): readonly string[] {
  if (officerName === null || officerEmail === null) return [];
  return [tell('respondent.start.rights.officer', { controller, name: officerName, email: officerEmail })];
}
