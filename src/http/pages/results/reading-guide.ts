import { minimumCountForDesign } from '../../../domain/benchmark/limits-to-show';
import type { ComparisonPage } from '../../../usecases/coordinator/read-comparison';
import type { Words } from './words';

/**
 * Explains in plain words how the figures of a release were made and what they can bear, from the release's own rules.
 * @param page the comparison
 * @param words words of the reader's language
 * @returns paragraphs
 */
export function listReadingAdvice(
  { method, network, release }: Pick<ComparisonPage, 'method' | 'network' | 'release'>,
  words: Words,
): readonly string[] {
  return [
    words.t('results.guide.share'),
    words.t('results.guide.small_interval', { count: minimumCountForDesign }),
    words.t('results.guide.weight'),
    words.t('results.guide.test', {
      points: method.relevantDifferencePoints,
      rate: Math.round(method.falseDiscoveryRate * 100),
    }),
    words.t('results.guide.overlap'),
    words.t('results.guide.untested'),
    words.t('results.guide.rounding'),
    words.t('results.guide.hidden', { count: method.minimumCellSize }),
    words.t(network.isOpen ? 'results.guide.open' : 'results.guide.closed'),
    words.t('results.guide.baselines'),
    words.t('results.guide.release', { version: release.softwareVersion }),
  ];
}
