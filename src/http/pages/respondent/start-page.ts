import type { Language } from '../../../domain/languages';
import { pick, translate, type TextKey, type TextValues } from '../../../texts/translate';
import type { OpenedInvitation } from '../../../usecases/respondent/open-invitation';
import { formatDate } from '../format-date';

export interface StartModel {
  readonly heading: string;
  readonly lead: string;
  readonly facts: readonly string[];
  readonly sections: readonly { readonly heading: string; readonly paragraphs: readonly string[] }[];
  readonly contact: { readonly name: string; readonly email: string | null } | null;
  readonly hasDraft: boolean;
}

const smallestStratum = 5;
const monthsInYear = 12;

type Tell = (key: TextKey, values?: TextValues) => string;

/**
 * Makes page 1 from the wave's own settings: who asks, what is kept, who could see it, what is shown and for how long.
 * @param opened the invitation and its instrument
 * @param language language of the reader
 */
export function buildStartPage(opened: OpenedInvitation, language: Language): StartModel {
  const { invitation, instrument } = opened;
  const { network } = invitation;
  const tell: Tell = (key, values) => translate(language, key, values);
  const names = { network: network.name, organisation: invitation.organisationName };
  return {
    heading: pick(instrument.title, language),
    lead: tell(`respondent.start.lead.${instrument.codebook.population}`, names),
    facts: listFacts(opened, language, tell),
    sections: [
      { heading: tell('respondent.start.who'), paragraphs: [tell('respondent.start.who.controller', names)] },
      { heading: tell('respondent.start.stored'), paragraphs: listStored(opened, tell) },
      { heading: tell('respondent.start.operator'), paragraphs: listOperatorView(opened, tell) },
      { heading: tell('respondent.start.shown'), paragraphs: listShown(opened, tell) },
      { heading: tell('respondent.start.kept'), paragraphs: listKept(opened, language, tell) },
    ],
    contact:
      network.contactName === null && network.contactEmail === null
        ? null
        : { name: network.contactName ?? network.name, email: network.contactEmail },
    hasDraft: opened.hasDraft,
  };
}

function listFacts({ invitation, instrument }: OpenedInvitation, language: Language, tell: Tell): readonly string[] {
  const { minutes, referencePeriodMonths: months } = instrument.codebook;
  const isWholeYears = months % monthsInYear === 0;
  return [
    tell('respondent.start.minutes', { from: minutes.from, to: minutes.to }),
    isWholeYears
      ? tell('respondent.start.period.years', { years: months / monthsInYear })
      : tell('respondent.start.period.months', { months }),
    ...(invitation.closesOn === null
      ? []
      : [tell('respondent.start.deadline', { date: formatDate(language, invitation.closesOn) })]),
    tell('respondent.start.voluntary'),
  ];
}

function listStored({ invitation }: OpenedInvitation, tell: Tell): readonly string[] {
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

function listOperatorView({ invitation }: OpenedInvitation, tell: Tell): readonly string[] {
  return [
    tell('respondent.start.operator.before'),
    tell(`respondent.start.operator.after.${invitation.anonymityLevel}`),
  ];
}

function listShown({ invitation }: OpenedInvitation, tell: Tell): readonly string[] {
  return [
    tell('respondent.start.shown.figures', { count: invitation.minimumCellSize }),
    tell(invitation.network.isOpen ? 'respondent.start.shown.open' : 'respondent.start.shown.closed'),
    tell('respondent.start.shown.researchers'),
  ];
}

function listKept({ invitation }: OpenedInvitation, language: Language, tell: Tell): readonly string[] {
  const { closesOn, deleteAddressesOn } = invitation;
  return [
    closesOn === null
      ? tell('respondent.start.kept.draft')
      : tell('respondent.start.kept.draft_date', { date: formatDate(language, closesOn) }),
    deleteAddressesOn === null
      ? tell('respondent.start.kept.addresses')
      : tell('respondent.start.kept.addresses_date', { date: formatDate(language, deleteAddressesOn) }),
    tell('respondent.start.kept.responses'),
  ];
}
