import type { WavePlanForm } from '../domain/fieldwork/read-wave-plan';
import type { OrganisationPrivacyForm, WavePrivacyForm } from '../domain/fieldwork/read-privacy-form';
import { demoOrganisations, type DemoOrganisation } from './organisations';

/** What the demo's waves have in common, as a coordinator fills it in. */
export const planForm: Omit<WavePlanForm, 'period' | 'instrument'> = {
  level: 'anonym',
  k: '7',
  mayBePublic: true,
  publicK: '10',
  population: 'managers',
  opensOn: '',
  closesOn: '',
  target: '',
  retentionDays: '180',
  members: demoOrganisations.map(({ key }) => key),
};

/**
 * Fills in the privacy set-up of a wave of the demo.
 * @param confirmedOn the day on which the made-up officer has confirmed it, YYYY-MM-DD
 */
export function createPrivacyForm(confirmedOn: string): WavePrivacyForm {
  return {
    purpose: {
      nb: 'Svarene brukes til å se hvordan arbeidsplassene fornyer seg, og til å lære av hverandre på tvers av nettverket.',
      nn: 'Svara blir brukte til å sjå korleis arbeidsplassane fornyar seg, og til å lære av kvarandre på tvers av nettverket.',
      en: 'The answers are used to see how workplaces renew themselves, and to learn from each other across the network.',
      da: 'Svarene bruges til at se, hvordan arbejdspladserne fornyer sig, og til at lære af hinanden på tværs af netværket.',
    },
    legalBasis: 'public_task',
    nationalBasis: 'kommuneloven § 1-1',
    confirmedBy: 'Olga Ombud',
    confirmedOn,
    processor: 'Demodrift AS',
  };
}

/**
 * Fills in the part of one member.
 * @param organisation the member
 * @param day the day on which the agreement was signed and employees were asked, YYYY-MM-DD
 */
export function createOrganisationForm({ key, name, kind }: DemoOrganisation, day: string): OrganisationPrivacyForm {
  return {
    controller: `${name} ${kind === 'county' ? 'fylkeskommune' : 'kommune'}`,
    officerName: `Personvernombudet i ${name}`,
    officerEmail: `personvern.${key}@example.org`,
    agreementOn: day,
    discussedOn: day,
  };
}
