import { languages, type Language } from '../languages';
import type { FieldFault } from '../form-fault';
import { isEmail } from './contact';
import { legalBases, type OrganisationPrivacy, type WavePrivacy } from './privacy';
import { isDay } from './read-wave-plan';

/** The wave's own part as it is filled in. */
export interface WavePrivacyForm {
  readonly purpose: Readonly<Record<Language, string>>;
  readonly legalBasis: string;
  readonly nationalBasis: string;
  readonly confirmedBy: string;
  readonly confirmedOn: string;
  readonly processor: string;
}

/** The part of one organisation as it is filled in. */
export interface OrganisationPrivacyForm {
  readonly controller: string;
  readonly officerName: string;
  readonly officerEmail: string;
  readonly agreementOn: string;
  readonly discussedOn: string;
}

const longest = { purpose: 1000, nationalBasis: 500, name: 200 } as const;

/** Reads single fields and keeps what is wrong with them. Empty fields may be filled in later. */
function startReading(today: string) {
  const faults: FieldFault[] = [];
  return {
    faults,
    text: (field: string, value: string, most: number): string | null => {
      const trimmed = value.trim();
      if (trimmed.length > most) faults.push({ field, key: 'privacy.fault.long', values: { most } });
      return trimmed === '' ? null : trimmed;
    },
    pastDay: (field: string, value: string): string | null => {
      const day = value.trim();
      if (day === '') return null;
      if (!isDay(day)) faults.push({ field, key: 'wave_form.fault.date' });
      else if (day > today) faults.push({ field, key: 'privacy.fault.future' });
      return day;
    },
  };
}

/**
 * Reads the wave's own part.
 * @param form what was filled in
 * @param today YYYY-MM-DD
 * @returns the part, and everything that is wrong by field; the part holds only when nothing is
 */
export function readWavePrivacyForm(
  form: WavePrivacyForm,
  today: string,
): { readonly privacy: WavePrivacy; readonly faults: readonly FieldFault[] } {
  const { faults, text, pastDay } = startReading(today);
  const purpose = (language: Language): string =>
    text(`purpose_${language}`, form.purpose[language], longest.purpose) ?? '';
  const legalBasis = legalBases.find((basis) => basis === form.legalBasis);
  const [nb = '', nn = '', en = '', da = ''] = languages.map(purpose);
  if (legalBasis === undefined) faults.push({ field: 'legalBasis', key: 'wave_form.fault.choose' });
  const privacy = {
    purpose: { nb, nn, en, da },
    legalBasis: legalBasis ?? 'public_task',
    nationalBasis: text('nationalBasis', form.nationalBasis, longest.nationalBasis),
    confirmedBy: text('confirmedBy', form.confirmedBy, longest.name),
    confirmedOn: pastDay('confirmedOn', form.confirmedOn),
    processor: text('processor', form.processor, longest.name),
  };
  return { privacy, faults };
}

/**
 * Reads the part of one organisation.
 * @param form what was filled in
 * @param today YYYY-MM-DD
 * @returns the part, and everything that is wrong by field; the part holds only when nothing is
 */
export function readOrganisationPrivacyForm(
  form: OrganisationPrivacyForm,
  today: string,
): { readonly privacy: OrganisationPrivacy; readonly faults: readonly FieldFault[] } {
  const { faults, text, pastDay } = startReading(today);
  const controller = text('controller', form.controller, longest.name);
  if (controller === null) faults.push({ field: 'controller', key: 'privacy.fault.controller' });
  const officerEmail = form.officerEmail.trim();
  if (officerEmail !== '' && !isEmail(officerEmail)) faults.push({ field: 'officerEmail', key: 'privacy.fault.email' });
  const privacy = {
    controller: controller ?? '',
    officerName: text('officerName', form.officerName, longest.name),
    officerEmail: officerEmail === '' ? null : officerEmail,
    agreementOn: pastDay('agreementOn', form.agreementOn),
    discussedOn: pastDay('discussedOn', form.discussedOn),
  };
  return { privacy, faults };
}
