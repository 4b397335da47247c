import type { Context } from '../../src/context';
import { operator } from '../../src/domain/permissions';
import { readWavePrivacy } from '../../src/usecases/coordinator/read-wave-privacy';
import { saveOrganisationPrivacy, saveWavePrivacy } from '../../src/usecases/coordinator/save-wave-privacy';
import type { Agent } from './results-network';

/** A complete privacy set-up, as the form sends it. */
export const privacyForm = {
  purpose: {
    nb: 'Vi vil lære av hverandre.',
    nn: 'Vi vil lære av kvarandre.',
    en: 'We want to learn from each other.',
    da: 'Vi vil lære af hinanden.',
  },
  legalBasis: 'public_task',
  nationalBasis: 'kommuneloven § 1-1',
  confirmedBy: 'Ola Ombud',
  confirmedOn: '2026-01-15',
  processor: 'Drift AS',
} as const;

/** A complete part of one organisation, as the form sends it. */
export const organisationForm = {
  controller: 'Asker kommune',
  officerName: 'Pia Personvern',
  officerEmail: 'ombud@example.org',
  agreementOn: '2026-01-10',
  discussedOn: '2026-01-20',
} as const;

/**
 * Fills in the whole privacy set-up of a draft wave.
 * @param context context with the test database
 * @param waveKey the wave
 */
export async function completePrivacy(context: Context, waveKey: string): Promise<void> {
  await saveWavePrivacy(context, operator, { waveKey, form: privacyForm });
  const { members } = await readWavePrivacy(context, operator, { waveKey });
  for (const { key, name } of members) {
    const form = { ...organisationForm, controller: `${name} kommune` };
    await saveOrganisationPrivacy(context, operator, { waveKey, organisationKey: key, form });
  }
}

/**
 * Posts a form of a page as its reader would.
 * @param agent browser of somebody who has signed in
 * @param path where the form is sent
 * @param fields what is filled in
 */
export async function postAs(
  agent: Agent,
  path: string,
  fields: Readonly<Record<string, string | readonly string[]>> = {},
) {
  const page = await agent.get('/nettverk');
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const body = new URLSearchParams({ _csrf: token });
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each);
  return agent.post(path).type('form').send(body.toString());
}
