import type { LocalisedText } from '../languages';

/** Grounds of article 6(1) GDPR that a public employer may rest on. Consent (a) is not one of them: it would not be free. */
export const legalBases = ['public_task', 'legal_obligation', 'legitimate_interest'] as const;
export type LegalBasis = (typeof legalBases)[number];

/** What a wave says about the processing of personal data; null: not filled in. Dates are YYYY-MM-DD. */
export interface WavePrivacy {
  readonly purpose: LocalisedText;
  readonly legalBasis: LegalBasis;
  /** National law behind the basis (article 6(3)), written the same in every language. */
  readonly nationalBasis: string | null;
  /** The data protection officer who confirmed the basis, and when. */
  readonly confirmedBy: string | null;
  readonly confirmedOn: string | null;
  /** Who runs the installation for the controllers. */
  readonly processor: string | null;
}

/** The part of one organisation. */
export interface OrganisationPrivacy {
  /** The organisation itself unless another body decides over the data. */
  readonly controller: string;
  readonly officerName: string | null;
  readonly officerEmail: string | null;
  /** Day of the agreement with the processor. */
  readonly agreementOn: string | null;
  /** Day it was discussed with the employees' representatives. */
  readonly discussedOn: string | null;
}

export const privacyGaps = [
  'purpose',
  'national_basis',
  'confirmation',
  'processor',
  'officer',
  'agreement',
  'discussion',
] as const;
export type PrivacyGap = (typeof privacyGaps)[number];

/**
 * Finds what the wave's own part lacks.
 * @param privacy what is filled in; null: nothing
 * @returns what is missing, in the order of the form
 */
export function listWaveGaps(privacy: WavePrivacy | null): readonly PrivacyGap[] {
  if (privacy === null) return ['purpose', 'national_basis', 'confirmation', 'processor'];
  return [
    ...(Object.values(privacy.purpose).some((text) => text.trim() === '') ? (['purpose'] as const) : []),
    ...(privacy.nationalBasis === null ? (['national_basis'] as const) : []),
    ...(privacy.confirmedBy === null || privacy.confirmedOn === null ? (['confirmation'] as const) : []),
    ...(privacy.processor === null ? (['processor'] as const) : []),
  ];
}

/**
 * Finds what the part of one organisation lacks.
 * @param privacy what is filled in; null: nothing
 * @returns what is missing, in the order of the form
 */
export function listOrganisationGaps(privacy: OrganisationPrivacy | null): readonly PrivacyGap[] {
  if (privacy === null) return ['officer', 'agreement', 'discussion'];
  return [
    ...(privacy.officerName === null || privacy.officerEmail === null ? (['officer'] as const) : []),
    ...(privacy.agreementOn === null ? (['agreement'] as const) : []),
    ...(privacy.discussedOn === null ? (['discussion'] as const) : []),
  ];
}
