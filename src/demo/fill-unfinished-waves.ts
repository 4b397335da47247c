import type { Context } from '../context';
import { addDays, toDate } from '../domain/fieldwork/wave-state';
import type { Actor } from '../domain/permissions';
import { importFrame } from '../usecases/coordinator/import-frame';
import { planNewWave } from '../usecases/coordinator/plan-wave';
import { requestRelease } from '../usecases/coordinator/request-release';
import { saveOrganisationPrivacy, saveWavePrivacy } from '../usecases/coordinator/save-wave-privacy';
import { at, chooseDemoPeers, fillClosedWave, type DemoWave, type EarlierWave } from './fill-waves';
import { demoOrganisations } from './organisations';
import { createOrganisationForm, createPrivacyForm, planForm } from './plan-forms';
import type { SeededRandom } from './seeded-random';
import { writeNamedFrame } from './write-files';

const askedDaysAgo = 2;
const embargoDays = 20;
const startedDaysAgo = 3;
const opensInDays = 90;
const fieldworkDays = 42;
/** Members that have come some way with the next wave. */
const early = ['asker', 'barum'];

/**
 * Fills in a closed wave whose release one coordinator has asked for and another has not decided.
 * @param context context inside the demo's transaction
 * @param random stream of repeatable draws
 * @param wave the wave
 * @param coordinator who asks
 */
export async function fillWaitingWave(
  context: Context,
  random: SeededRandom,
  wave: EarlierWave,
  coordinator: Actor,
): Promise<void> {
  await fillClosedWave(context, random, wave);
  const embargo = `${addDays(toDate(context.now()), embargoDays)}T06:00`;
  await requestRelease(at(context, -askedDaysAgo), coordinator, { waveKey: wave.key, visibility: 'public', embargo });
}

/**
 * Fills in a draft wave with something left to do: most members lack workplaces and privacy set-up, no test mail.
 * @param context context inside the demo's transaction
 * @param wave the wave
 * @param coordinator who prepares it
 */
export async function fillDraftWave(context: Context, wave: DemoWave, coordinator: Actor): Promise<void> {
  const { key: waveKey, networkKey, instrument, period } = wave;
  const started = at(context, -startedDaysAgo);
  const today = toDate(context.now());
  const opensOn = addDays(today, opensInDays);
  const closesOn = addDays(opensOn, fieldworkDays);
  const form = { ...planForm, period, instrument, opensOn, closesOn, target: '60' };
  await planNewWave(started, coordinator, { networkKey, key: waveKey, form });
  const units = wave.units.filter(({ organisation }) => early.includes(organisation.key));
  await importFrame(at(context, -1), coordinator, { waveKey, file: writeNamedFrame(units) });
  await chooseDemoPeers(at(context, -1), wave, coordinator);
  const privacy = { ...createPrivacyForm(''), confirmedBy: '' };
  await saveWavePrivacy(at(context, -1), coordinator, { waveKey, form: privacy });
  for (const organisation of demoOrganisations.filter(({ key }) => early.includes(key))) {
    const part = createOrganisationForm(organisation, addDays(today, -startedDaysAgo));
    await saveOrganisationPrivacy(at(context, -1), coordinator, {
      waveKey,
      organisationKey: organisation.key,
      form: part,
    });
  }
}
