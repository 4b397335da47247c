import { addDays } from '../../../domain/fieldwork/wave-state';
import type { readWavePlanOf } from '../../../usecases/coordinator/read-wave-plan';
import { formatDate } from '../format-date';
import type { Fact } from '../results/comparison-facts';
import type { Words } from '../results/words';

type StoredWave = Awaited<ReturnType<typeof readWavePlanOf>>;

/**
 * Tells what is fixed since a wave opened.
 * @param plan the wave and its members
 * @param words words of the reader's language
 */
export function listFixedFacts({ wave, members, instruments }: StoredWave, words: Words): readonly Fact[] {
  const { policy, publicCellSize, openedOn, retentionDays } = wave;
  const day = (date: string | null): string =>
    date === null ? words.t('wave.no_date') : formatDate(words.language, date);
  const instrument = instruments.find(({ name }) => name === wave.instrument);
  const leftOut = members.filter(({ takesPart }) => !takesPart).map(({ name }) => name);
  return [
    {
      term: words.t('wave.instrument'),
      text:
        instrument === undefined
          ? wave.instrument
          : words.t('wave.instrument_value', { title: words.pick(instrument.title), version: instrument.version }),
    },
    { term: words.t('wave_form.population'), text: words.t(`wave_form.population.${wave.population}`) },
    { term: words.t('wave.level'), text: words.t(`wave.level.${wave.anonymityLevel}`) },
    { term: words.t('wave.k'), text: words.t('wave.k_value', { count: policy.minimumCellSize }) },
    {
      term: words.t('wave_form.public'),
      text:
        publicCellSize === null
          ? words.t('wave_form.public.never')
          : words.t('wave.k_value', { count: Math.max(publicCellSize, policy.minimumCellSize) }),
    },
    { term: words.t('wave_form.opensOn'), text: day(wave.opensOn) },
    { term: words.t('wave_settings.opened'), text: day(openedOn) },
    {
      term: words.t('wave_settings.deletes'),
      text: day(wave.deleteAddressesOn ?? (openedOn === null ? null : addDays(openedOn, retentionDays))),
    },
    ...(wave.targetResponseRate === null
      ? []
      : [
          {
            term: words.t('wave_form.target'),
            text: words.t('results.percent', { value: wave.targetResponseRate }),
          },
        ]),
    ...(leftOut.length === 0 ? [] : [{ term: words.t('wave_settings.left_out'), text: leftOut.join(', ') }]),
  ];
}
