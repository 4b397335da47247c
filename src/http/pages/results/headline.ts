import type { ComparatorKind } from '../../../domain/benchmark/comparators';
import type { ClearDifference } from '../../../domain/benchmark/comparison-summary';
import type { ComparisonPage } from '../../../usecases/coordinator/read-comparison';
import type { TextKey } from '../../../texts/translate';
import { joinNames } from '../format-date';
import { nameWithin } from './comparator-words';
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
  page: Pick<ComparisonPage, 'summary' | 'organisation' | 'breakdown' | 'comparator' | 'earlierWaves'>,
  words: Words,
): Headline {
  const { summary, organisation, breakdown, comparator } = page;
  const { rows, above, below, noClearDifference, notTested, suppressed, absent, strongest } = summary;
  const part =
    breakdown.dimension === 'none' ? '' : ` (${lowerFirst(nameCategory(words, breakdown.dimension, breakdown.value))})`;
  const values = {
    organisation: `${organisation.name}${part}`,
    count: above + below,
    rows,
    comparator: nameWithin(page, words),
  };
  const parts = [
    ['results.summary.part.above', above],
    ['results.summary.part.below', below],
    ['results.summary.part.no_clear_difference', noClearDifference],
    ['results.summary.part.not_tested', notTested],
    ['results.summary.part.suppressed', suppressed],
    ['comparator.summary.absent', absent],
  ] as const;
  const told = parts.filter(([, count]) => count > 0).map(([key, count]) => words.t(key, { count }));
  const sentences = [
    ...nameDifferences('above', strongest.value, words),
    ...nameDifferences('below', strongest.value, words),
    ...(rows === 0 ? [] : [words.t('results.summary.counts', { rows, parts: joinNames(words.language, told) })]),
  ];
  return { heading: words.t(chooseHeading(summary, comparator.kind), values), sentences };
}

type Outcome = 'above' | 'below' | 'both' | 'none' | 'untested' | 'hidden' | 'absent';

function chooseHeading(summary: ComparisonPage['summary'], kind: ComparatorKind): TextKey {
  const outcome = findOutcome(summary);
  if (outcome === 'hidden') return 'results.heading.hidden';
  if (outcome === 'absent') return 'comparator.heading.absent';
  if (kind === 'rest') return `results.heading.${outcome}`;
  return kind === 'wave' ? `comparator.heading.wave.${outcome}` : `comparator.heading.${outcome}`;
}

function findOutcome(summary: ComparisonPage['summary']): Outcome {
  if (summary.above > 0 && summary.below > 0) return 'both';
  if (summary.above > 0) return 'above';
  if (summary.below > 0) return 'below';
  if (summary.noClearDifference > 0) return 'none';
  if (summary.notTested > 0) return 'untested';
  return summary.absent > 0 ? 'absent' : 'hidden';
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
        rest: one.comparatorPercent,
      }),
    );
  return items.length === 0 ? [] : [words.t(`results.summary.${verdict}`, { items: joinNames(words.language, items) })];
}

/** Small first letter, except in abbreviations such as IT. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
