import { legalBases } from '../../../domain/fieldwork/privacy';
import type { OrganisationPrivacyForm, WavePrivacyForm } from '../../../domain/fieldwork/read-privacy-form';
import { languages } from '../../../domain/languages';
import { translate } from '../../../texts/translate';
import type { PrivacyMember, PrivacySetup } from '../../../usecases/coordinator/read-wave-privacy';
import type { FormFields } from '../../form-fields';
import type { ShownFault } from '../../submit-form';
import { joinNames } from '../format-date';
import type { Words } from '../results/words';

/** What the form had in it when something was wrong. */
export interface PrivacyFormTrouble {
  readonly faults: readonly ShownFault[];
  readonly form: WavePrivacyForm;
}

export interface OrganisationFormTrouble {
  readonly faults: readonly ShownFault[];
  readonly form: OrganisationPrivacyForm;
}

/** The page of the wave's privacy set-up. */
export interface PrivacyView {
  readonly path: string;
  readonly isDraft: boolean;
  /** What is missing, in one sentence; null when nothing is. */
  readonly missing: string | null;
  readonly purposes: readonly { readonly field: string; readonly label: string; readonly value: string }[];
  readonly values: Readonly<Record<Exclude<keyof WavePrivacyForm, 'purpose'>, string>>;
  readonly bases: readonly { readonly value: string; readonly label: string }[];
  readonly members: readonly {
    readonly name: string;
    readonly href: string;
    readonly isComplete: boolean;
    readonly text: string;
  }[];
}

/**
 * Reads the posted form of the wave's own part.
 * @param body fields of the form
 */
export function readPrivacyForm(body: FormFields): WavePrivacyForm {
  return {
    purpose: {
      nb: body.text('purpose_nb'),
      nn: body.text('purpose_nn'),
      en: body.text('purpose_en'),
      da: body.text('purpose_da'),
    },
    legalBasis: body.text('legalBasis'),
    nationalBasis: body.text('nationalBasis'),
    confirmedBy: body.text('confirmedBy'),
    confirmedOn: body.text('confirmedOn'),
    processor: body.text('processor'),
  };
}

/**
 * Reads the posted form of one organisation's part.
 * @param body fields of the form
 */
export function readOrganisationForm(body: FormFields): OrganisationPrivacyForm {
  return {
    controller: body.text('controller'),
    officerName: body.text('officerName'),
    officerEmail: body.text('officerEmail'),
    agreementOn: body.text('agreementOn'),
    discussedOn: body.text('discussedOn'),
  };
}

/** Until something is stored, the form suggests a purpose in every language, and the public task. */
function fillForm({ privacy }: PrivacySetup): WavePrivacyForm {
  const suggest = (language: (typeof languages)[number]): string => translate(language, 'privacy.purpose.standard');
  return {
    purpose: privacy?.purpose ?? { nb: suggest('nb'), nn: suggest('nn'), en: suggest('en'), da: suggest('da') },
    legalBasis: privacy?.legalBasis ?? 'public_task',
    nationalBasis: privacy?.nationalBasis ?? '',
    confirmedBy: privacy?.confirmedBy ?? '',
    confirmedOn: privacy?.confirmedOn ?? '',
    processor: privacy?.processor ?? '',
  };
}

/**
 * Makes the page of the wave's own part and the list of organisations.
 * @param setup the set-up as it stands
 * @param trouble what was filled in, when something in it was wrong
 * @param words words of the reader's language
 */
export function createPrivacyView(
  setup: PrivacySetup,
  trouble: PrivacyFormTrouble | undefined,
  words: Words,
): PrivacyView {
  const { purpose, ...values } = trouble?.form ?? fillForm(setup);
  const path = `/runder/${encodeURIComponent(setup.wave.key)}/personvern`;
  const nameGaps = (gaps: PrivacySetup['gaps']): string =>
    joinNames(
      words.language,
      gaps.map((gap) => words.t(`privacy.gap.${gap}`)),
    );
  return {
    path,
    isDraft: setup.wave.state === 'draft',
    missing: setup.gaps.length === 0 ? null : words.t('privacy.missing', { gaps: nameGaps(setup.gaps) }),
    purposes: languages.map((language) => ({
      field: `purpose_${language}`,
      label: words.t('privacy.purpose_in', { language: words.t(`language.${language}`) }),
      value: purpose[language],
    })),
    values,
    bases: legalBases.map((basis) => ({ value: basis, label: words.t(`privacy.basis.${basis}`) })),
    members: setup.members.map(({ key, name, gaps }) => ({
      name,
      href: `${path}/${encodeURIComponent(key)}`,
      isComplete: gaps.length === 0,
      text: gaps.length === 0 ? words.t('privacy.complete') : words.t('privacy.missing', { gaps: nameGaps(gaps) }),
    })),
  };
}

/**
 * Makes the page of one organisation's part.
 * @param setup the set-up as it stands
 * @param member the organisation
 * @param trouble what was filled in, when something in it was wrong
 */
export function createOrganisationPrivacyView(
  setup: PrivacySetup,
  { key, name, privacy }: PrivacyMember,
  trouble: OrganisationFormTrouble | undefined,
) {
  const path = `/runder/${encodeURIComponent(setup.wave.key)}/personvern`;
  const stored: OrganisationPrivacyForm = {
    controller: privacy?.controller ?? name,
    officerName: privacy?.officerName ?? '',
    officerEmail: privacy?.officerEmail ?? '',
    agreementOn: privacy?.agreementOn ?? '',
    discussedOn: privacy?.discussedOn ?? '',
  };
  return {
    name,
    back: path,
    action: `${path}/${encodeURIComponent(key)}`,
    isDraft: setup.wave.state === 'draft',
    values: trouble?.form ?? stored,
  };
}
