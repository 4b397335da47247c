import type { PublishedShare } from './compare-with-baseline';

/** A published question with the number of answers to it, and the shares that its filters let through. */
export interface PublishedBase {
  /** Answers to the whole questionnaire or to the question before the filters. */
  readonly n: number;
  /** Per filter on the way to the item the published per cent that passed it, 0-100; empty for items asked of all. */
  readonly passedPercents: readonly number[];
}

/**
 * Number of answers behind a published figure of a routed item: n times the shares routed to it, rounded down.
 * Source: the base of a filtered question, Statistics Denmark's Innovation in the public sector; statistics.md 1.6.
 * @param base - answers before the filters and what passed them; null where nothing is published
 * @returns answers, or null where no base is known or nothing is left: show the figure without a test
 */
export function baseOfBaseline(base: PublishedBase | null): PublishedShare['n'] | null {
  if (base === null) return null;
  const n = Math.floor(base.passedPercents.reduce((left, percent) => (left * percent) / 100, base.n) + 1e-9);
  return n > 0 ? n : null;
}
