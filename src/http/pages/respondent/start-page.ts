import type { Language } from '../../../domain/languages';
import { pick, translate } from '../../../texts/translate';
import { formatDate } from '../format-date';
import { listPrivacySections, type StartInput, type StartSection, type Tell } from './start-privacy';

export interface StartModel {
  readonly heading: string;
  readonly lead: string;
  readonly facts: readonly string[];
  /** What matters most, in a few lines. */
  readonly short: readonly string[];
  /** All of it, for those who want to know more. */
  readonly sections: readonly StartSection[];
  readonly contact: { readonly name: string; readonly email: string | null } | null;
  readonly hasDraft: boolean;
}

const smallestStratum = 5;
const monthsInYear = 12;

/**
 * Makes page 1 from the wave's own settings: who asks, what is kept, who could see it, what is shown and for how long.
 * @param opened the invitation, its instrument and what the wave promises
 * @param language language of the reader
 */
export function buildStartPage(opened: StartInput, language: Language): StartModel {
  const { invitation, instrument, promises } = opened;
  const { network } = invitation;
  const tell: Tell = (key, values) => translate(language, key, values);
  const names = { network: network.name, organisation: invitation.organisationName };
  const privacy = listPrivacySections(opened, language, tell);
  return {
    heading: pick(instrument.title, language),
    lead: tell(`respondent.start.lead.${promises.population}`, names),
    facts: listFacts(opened, language, tell),
    short: listShort(opened, language, tell),
    sections: [
      ...privacy.before,
      { heading: tell('respondent.start.stored'), paragraphs: listStored(opened, tell) },
      { heading: tell('respondent.start.operator'), paragraphs: listOperatorView(opened, tell) },
      { heading: tell('respondent.start.shown'), paragraphs: listShown(opened, tell) },
      { heading: tell('respondent.start.kept'), paragraphs: listKept(opened, language, tell) },
      ...privacy.after,
    ],
    contact:
      network.contactName === null && network.contactEmail === null
        ? null
        : { name: network.contactName ?? network.name, email: network.contactEmail },
    hasDraft: opened.hasDraft,
  };
}

function listFacts({ invitation, instrument, today }: StartInput, language: Language, tell: Tell): readonly string[] {
  const { minutes, referencePeriodMonths: months } = instrument.codebook;
  const { closesOn } = invitation;
  const isWholeYears = months % monthsInYear === 0;
  const deadline = (date: string): string =>
    tell(date < today ? 'respondent.start.deadline_passed' : 'respondent.start.deadline', {
      date: formatDate(language, date),
    });
  return [
    tell('respondent.start.minutes', { from: minutes.from, to: minutes.to }),
    isWholeYears
      ? tell('respondent.start.period.years', { years: months / monthsInYear })
      : tell('respondent.start.period.months', { months }),
    ...(closesOn === null ? [] : [deadline(closesOn)]),
    tell('respondent.start.voluntary'),
  ];
}

function listShort({ invitation, promises }: StartInput, language: Language, tell: Tell): readonly string[] {
  const { anonymityLevel, minimumCellSize, deleteAddressesOn, organisationName, network } = invitation;
  const controller = promises.privacy?.controller ?? organisationName;
  return [
    tell('respondent.start.short.controller', { controller, network: network.name }),
    tell(`respondent.start.short.${anonymityLevel}`),
    tell('respondent.start.short.shown', { count: minimumCellSize }),
    ...(deleteAddressesOn === null
      ? []
      : [tell('respondent.start.short.deleted', { date: formatDate(language, deleteAddressesOn) })]),
  ];
}

function listStored({ invitation }: StartInput, tell: Tell): readonly string[] {
  const drafts = tell('respondent.start.stored.draft');
  if (invitation.anonymityLevel === 'fortrolig') return [tell('respondent.start.stored.fortrolig'), drafts];
  const count = invitation.stratumInvited ?? 0;
  const isSmall = count < smallestStratum;
  return [
    isSmall ? tell('respondent.start.stored.anonym_small') : tell('respondent.start.stored.anonym', { count }),
    tell('respondent.start.stored.date_only'),
    drafts,
  ];
}

function listOperatorView({ invitation }: StartInput, tell: Tell): readonly string[] {
  return [
    tell('respondent.start.operator.before'),
    tell(`respondent.start.operator.after.${invitation.anonymityLevel}`),
  ];
}

function listShown({ invitation, promises }: StartInput, tell: Tell): readonly string[] {
  const { isOpen } = invitation.network;
  const { publicCellSize } = promises;
  return [
    tell('respondent.start.shown.figures', { count: invitation.minimumCellSize }),
    tell(isOpen ? 'respondent.start.shown.open' : 'respondent.start.shown.closed'),
    publicCellSize === null || !isOpen
      ? tell('respondent.start.shown.not_public')
      : tell('respondent.start.shown.public', { count: Math.max(publicCellSize, invitation.minimumCellSize) }),
    tell('respondent.start.shown.researchers'),
  ];
}

function listKept({ invitation, today }: StartInput, language: Language, tell: Tell): readonly string[] {
  const { closesOn, deleteAddressesOn } = invitation;
  return [
    closesOn === null || closesOn < today
      ? tell('respondent.start.kept.draft')
      : tell('respondent.start.kept.draft_date', { date: formatDate(language, closesOn) }),
    deleteAddressesOn === null
      ? tell('respondent.start.kept.addresses')
      : tell('respondent.start.kept.addresses_date', { date: formatDate(language, deleteAddressesOn) }),
    tell('respondent.start.kept.responses'),
  ];
}
