import type { ClearDifference } from '../../../domain/benchmark/comparison-summary';
import type { ComparisonPage } from '../../../usecases/coordinator/read-comparison';
import type { TextKey } from '../../../texts/translate';
import { joinNames } from '../format-date';
import { nameCategory, type Words } from './words';

/** What the page says first: a heading and the sentences under it, all of which follow from shown figures. */
export interface Headline {
  readonly heading: string;
  readonly sentences: readonly string[];
}

/**
 * Says in words what the figures of a page support. "Higher" and "lower" only where the test says so.
 * @param page the comparison
 * @param words words of the reader's language
 */
export function createHeadline(
  { summary, organisation, breakdown }: Pick<ComparisonPage, 'summary' | 'organisation' | 'breakdown'>,
  words: Words,
): Headline {
  const { rows, above, below, noClearDifference, notTested, suppressed, strongest } = summary;
  const part =
    breakdown.dimension === 'none' ? '' : ` (${lowerFirst(nameCategory(words, breakdown.dimension, breakdown.value))})`;
  const values = { organisation: `${organisation.name}${part}`, count: above + below, rows };
  const parts = [
    ['results.summary.part.above', above],
    ['results.summary.part.below', below],
    ['results.summary.part.no_clear_difference', noClearDifference],
    ['results.summary.part.not_tested', notTested],
    ['results.summary.part.suppressed', suppressed],
  ] as const;
  const told = parts.filter(([, count]) => count > 0).map(([key, count]) => words.t(key, { count }));
  const sentences = [
    ...nameDifferences('above', strongest.value, words),
    ...nameDifferences('below', strongest.value, words),
    ...(rows === 0 ? [] : [words.t('results.summary.counts', { rows, parts: joinNames(words.language, told) })]),
  ];
  return { heading: words.t(chooseHeading(summary), values), sentences };
}

function chooseHeading(summary: ComparisonPage['summary']): TextKey {
  if (summary.above > 0 && summary.below > 0) return 'results.heading.both';
  if (summary.above > 0) return 'results.heading.above';
  if (summary.below > 0) return 'results.heading.below';
  if (summary.noClearDifference > 0) return 'results.heading.none';
  return summary.notTested > 0 ? 'results.heading.untested' : 'results.heading.hidden';
}

function nameDifferences(
  verdict: ClearDifference['verdict'],
  differences: readonly ClearDifference[],
  words: Words,
): readonly string[] {
  const items = differences
    .filter((one) => one.verdict === verdict)
    .map((one) =>
      words.t('results.summary.item', {
        label: `${words.pick(one.indicatorLabel)}: ${lowerFirst(words.pick(one.optionLabel))}`,
        own: one.ownPercent,
        rest: one.restPercent,
      }),
    );
  return items.length === 0 ? [] : [words.t(`results.summary.${verdict}`, { items: joinNames(words.language, items) })];
}

/** Small first letter, except in abbreviations such as IT. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
