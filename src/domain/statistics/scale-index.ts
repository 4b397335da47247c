import { sumCanonically } from './sum-canonically';

/** How the answers to the items of a scale are counted. */
export interface Scale {
  /** Ends of the answer scale, such as 1 and 5. */
  readonly minimum: number;
  readonly maximum: number;
  /** Per item: whether it is worded negatively. */
  readonly isReversed: readonly boolean[];
}

/**
 * Turns the answers to negatively worded items round, x' = minimum + maximum - x.
 * Source: Likert (1932), Archives of Psychology 140.
 * @param scale - ends of the scale and which items are reversed
 * @param answers - one respondent's answers in the order of the items; null where there is none
 * @returns answers that all point the same way
 */
export function alignAnswers(scale: Scale, answers: readonly (number | null)[]): (number | null)[] {
  return answers.map((answer, item) => {
    if (answer === null) return null;
    return scale.isReversed[item] === true ? scale.minimum + scale.maximum - answer : answer;
  });
}

/**
 * A respondent's index: mean of the answered items, 0 at the low end of the scale and 100 at the high end, where at
 * least half of the items are answered (3 of 5).
 * Source: person-mean imputation with a half rule, Fayers, Machin (2016), Quality of Life, 15.
 * @param scale - ends of the scale and which items are reversed
 * @param answers - one respondent's answers in the order of the items; null where there is none
 * @returns 0 to 100, or null with too few answers
 */
export function scaleIndex(scale: Scale, answers: readonly (number | null)[]): number | null {
  const given = alignAnswers(scale, answers).filter((answer) => answer !== null);
  if (given.length === 0 || given.length < Math.ceil(answers.length / 2)) return null;
  const mean = sumCanonically(given) / given.length;
  return (100 * (mean - scale.minimum)) / (scale.maximum - scale.minimum);
}
