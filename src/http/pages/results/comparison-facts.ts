import type { ParticipationCount } from '../../../domain/benchmark/participation';
import type { ComparisonPage } from '../../../usecases/coordinator/read-comparison';
import { formatCount, formatDate } from '../format-date';
import { explainComparator, nameComparator } from './comparator-words';
import { nameCategory, type Words } from './words';

export interface Fact {
  readonly term: string;
  readonly text: string;
}

/**
 * Tells what the figures of a page rest on.
 * @param page the comparison
 * @param rest names of the organisations behind "rest of the network", joined; empty when there are none
 * @param words words of the reader's language
 */
export function listFacts(page: ComparisonPage, rest: string, words: Words): readonly Fact[] {
  const { organisation, participation, release, method, breakdown } = page;
  return [
    { term: words.t('results.facts.period'), text: page.wave.period.replace('-', '–') },
    {
      term: words.t(breakdown.dimension === 'none' ? 'results.facts.own_rate' : 'results.facts.own_rate_whole', {
        organisation: organisation.name,
      }),
      text: describeRate(participation.own, words),
    },
    { term: words.t('results.facts.network_rate'), text: describeRate(participation.network, words) },
    {
      term: words.t('results.facts.release'),
      text: words.t('results.facts.release_value', {
        date: formatDate(words.language, release.releasedAt),
        number: release.number,
      }),
    },
    {
      term: words.t('results.facts.k'),
      text: words.t('results.facts.k_value', { count: method.minimumCellSize }),
    },
    describeComparator(page, rest, words),
  ];
}

/** What is compared with: who the rest of the network is, or how another comparator is made. */
function describeComparator(page: ComparisonPage, rest: string, words: Words): Fact {
  const { comparator, organisation, breakdown } = page;
  if (comparator.kind !== 'rest') {
    const name = nameComparator(page, words);
    return { term: words.t('comparator.fact', { name }), text: explainComparator(page, words) };
  }
  const described =
    rest === ''
      ? words.t('results.facts.rest_none')
      : words.t('results.facts.rest_value', { organisations: rest, organisation: organisation.name });
  return {
    term: words.t('results.facts.rest'),
    text:
      breakdown.dimension === 'none'
        ? described
        : words.t('results.facts.rest_category', {
            category: nameCategory(words, breakdown.dimension, breakdown.value),
            rest: described,
          }),
  };
}

function describeRate(count: ParticipationCount | null, words: Words): string {
  if (count === null || count.responseRate === null) return words.t('results.facts.rate_hidden');
  return words.t('results.facts.rate', {
    rate: words.t('results.percent', { value: Math.round(count.responseRate * 100) }),
    answered: formatCount(words.language, count.answered),
    eligible: formatCount(words.language, count.eligible),
  });
}
