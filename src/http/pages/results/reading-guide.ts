import { minimumCountForDesign } from '../../../domain/benchmark/limits-to-show';
import type { IntervalMethod } from '../../../domain/statistics/types';
import type { ComparisonPage } from '../../../usecases/coordinator/read-comparison';
import { listResponseRates } from '../waves/response-rates';
import type { Words } from './words';

/** What intervals are called, in every language. */
const intervalNames: Readonly<Record<IntervalMethod, string>> = { wilson: 'Wilson', korn_graubard: 'Korn–Graubard' };

/**
 * Explains in plain words how the figures of a release were made and what they can bear, from the release's own rules.
 * @param page the comparison
 * @param words words of the reader's language
 * @returns paragraphs
 */
export function listReadingAdvice(
  {
    method,
    network,
    release,
    rates,
    comparator,
  }: Pick<ComparisonPage, 'method' | 'network' | 'release' | 'rates' | 'comparator'>,
  words: Words,
): readonly string[] {
  const isRest = comparator.kind === 'rest';
  return [
    words.t('results.guide.share', { interval: intervalNames[method.intervals] }),
    words.t('results.guide.small_interval', { count: minimumCountForDesign }),
    words.t('results.guide.weight'),
    words.t(isRest ? 'results.guide.test' : 'comparator.guide.test', {
      points: method.relevantDifferencePoints,
      rate: Math.round(method.falseDiscoveryRate * 100),
    }),
    words.t('results.guide.overlap'),
    words.t('results.guide.untested'),
    words.t(isRest ? 'results.guide.rounding' : 'comparator.guide.rounding'),
    words.t('results.guide.hidden', { count: method.minimumCellSize }),
    words.t(network.isOpen ? 'results.guide.open' : 'results.guide.closed'),
    words.t('results.guide.baselines'),
    ...listRates(rates, words),
    words.t('results.guide.release', { version: release.softwareVersion }),
  ];
}

/** The six rates with their definition. Source: AAPOR (2023), Standard Definitions, 10th edition. */
function listRates(rates: ComparisonPage['rates'], words: Words): readonly string[] {
  if (rates.length === 0) return [];
  return [
    words.t('results.guide.rates'),
    ...rates.map((one) =>
      words.t('results.guide.rates_of', {
        name: one.name ?? words.t('figures.network'),
        rates: listResponseRates(one.rates, words)
          .map(({ label, text }) => `${label} ${text}`)
          .join(', '),
      }),
    ),
  ];
}
