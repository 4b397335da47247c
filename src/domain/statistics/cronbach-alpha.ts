import { fQuantile } from './f-tail';
import { sumCanonically } from './sum-canonically';
import type { Interval } from './wilson';

/** Smallest alpha with which an index may be used. */
const smallestUsableAlpha = 0.7;
/** Fewest complete respondents for an alpha. */
const minimumCompleteCount = 30;

/** Internal consistency of a scale. */
export interface ScaleReliability extends Interval {
  readonly alpha: number;
  readonly itemCount: number;
  /** Respondents who answered all items. */
  readonly n: number;
  readonly isUsable: boolean;
}

function varianceOf(values: readonly number[]): number {
  const mean = sumCanonically(values) / values.length;
  return sumCanonically(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
}

function isComplete(answers: readonly (number | null)[]): answers is readonly number[] {
  return answers.every((answer) => answer !== null);
}

/**
 * Cronbach's alpha of the whole network, unweighted, on respondents who answered all items, with Feldt's 95 % interval
 * 1 - (1 - alpha) F on n - 1 and (n - 1)(k - 1) degrees of freedom. For the method note, not for organisations.
 * Source: Cronbach (1951), Psychometrika 16; Feldt (1965), Psychometrika 30; as R `psych::alpha` (raw) and `alpha.ci`.
 * @param respondents - aligned answers (see `alignAnswers`) per respondent, all in the order of the items
 * @returns alpha with limits, or null with fewer than two items or 30 complete respondents, or when all totals are
 *   equal
 */
export function cronbachAlpha(respondents: readonly (readonly (number | null)[])[]): ScaleReliability | null {
  const complete = respondents.filter(isComplete);
  const itemCount = complete[0]?.length ?? 0;
  const n = complete.length;
  if (itemCount < 2 || n < minimumCompleteCount) return null;
  const total = varianceOf(complete.map((answers) => sumCanonically(answers)));
  if (total === 0) return null;
  const items = Array.from({ length: itemCount }, (_, item) =>
    varianceOf(complete.map((answers) => answers[item] ?? 0)),
  );
  const alpha = (itemCount / (itemCount - 1)) * (1 - sumCanonically(items) / total);
  const limit = (probability: number) => 1 - (1 - alpha) * fQuantile(probability, n - 1, (n - 1) * (itemCount - 1));
  return { alpha, low: limit(0.975), high: limit(0.025), itemCount, n, isUsable: alpha >= smallestUsableAlpha };
}
