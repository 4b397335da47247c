import type { ComparisonPage } from '../../../usecases/coordinator/read-comparison';
import { namePeers } from '../../../usecases/peer-words';
import { nameComparator, writeComparator } from './comparator-words';
import { nameCategory, type Words } from './words';

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly isChosen: boolean;
}

/** One select of the form; `groups` have a heading, empty for choices without one. */
export interface FilterField {
  readonly name: string;
  readonly label: string;
  readonly groups: readonly { readonly label: string; readonly choices: readonly Choice[] }[];
}

/**
 * Makes the form that chooses what the comparison shows.
 * @param page what is chosen and what can be
 * @param words words of the reader's language
 * @returns five selects
 */
export function createFilter(page: ComparisonPage, words: Words): readonly FilterField[] {
  const { choices, breakdown } = page;
  const plain = (all: readonly Choice[]): FilterField['groups'] => [{ label: '', choices: all }];
  const category = (dimension: 'sector' | 'size', values: readonly string[]): FilterField['groups'] =>
    values.length === 0
      ? []
      : [
          {
            label: words.t(`results.filter.${dimension}`),
            choices: values.map((value) => ({
              value,
              label: nameCategory(words, dimension, value),
              isChosen: breakdown.dimension === dimension && breakdown.value === value,
            })),
          },
        ];
  const whole = { value: '', label: words.t('results.filter.whole'), isChosen: breakdown.dimension === 'none' };
  return [
    {
      name: 'organisasjon',
      label: words.t('results.filter.organisation'),
      groups: plain(
        choices.organisations.map(({ key, name }) => ({
          value: key,
          label: name,
          isChosen: key === page.organisation.key,
        })),
      ),
    },
    {
      name: 'tema',
      label: words.t('results.filter.theme'),
      groups: plain(
        choices.themes.map(({ id, label }) => ({
          value: id,
          label: words.pick(label),
          isChosen: id === page.theme.id,
        })),
      ),
    },
    {
      name: 'gruppe',
      label: words.t('results.filter.breakdown'),
      groups: [...plain([whole]), ...category('sector', choices.sectors), ...category('size', choices.sizes)],
    },
    { name: 'mot', label: words.t('comparator.filter'), groups: listComparators(page, words) },
    {
      name: 'runde',
      label: words.t('results.filter.wave'),
      groups: plain(
        choices.waves.map(({ key, period }) => ({ value: key, label: period, isChosen: key === page.wave.key })),
      ),
    },
  ];
}

/** What is stored first, peer groups by themselves, then other organisations by name. */
function listComparators(page: ComparisonPage, words: Words): FilterField['groups'] {
  const chosen = writeComparator(page.comparator);
  const choices = page.choices.comparators.map((comparator) => {
    const value = writeComparator(comparator);
    const label =
      comparator.kind === 'peers'
        ? namePeers(words.language, comparator.peers)
        : nameComparator({ comparator, earlierWaves: page.earlierWaves }, words);
    return { kind: comparator.kind, choice: { value, label, isChosen: value === chosen } };
  });
  const pick = (wanted: 'peers' | 'organisation'): readonly Choice[] =>
    choices.filter(({ kind }) => kind === wanted).map(({ choice }) => choice);
  const plain = choices.filter(({ kind }) => kind !== 'peers' && kind !== 'organisation');
  return [
    { label: '', choices: plain.map(({ choice }) => choice) },
    { label: words.t('comparator.filter.peers'), choices: pick('peers') },
    { label: words.t('comparator.filter.organisations'), choices: pick('organisation') },
  ].filter((group) => group.label === '' || group.choices.length > 0);
}
