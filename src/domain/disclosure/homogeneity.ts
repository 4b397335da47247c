/** Answers of a set of respondents to one indicator. */
export interface AnswerCounts {
  /** Valid answers. */
  readonly count: number;
  /** Per option: how many gave it. */
  readonly optionCounts: readonly number[];
}

/**
 * How many respondents stand apart from a unanimous answer, at best: 0 when all answered alike. For a single option
 * giving it and not giving it are both answers.
 * @param answers counts of a set of respondents.
 * @returns respondents, 0 or more; the count itself when there are no options.
 */
function countDissenters(answers: AnswerCounts): number {
  const { count, optionCounts } = answers;
  const single = optionCounts.length === 1 ? (optionCounts[0] ?? count) : count;
  return Math.min(single, ...optionCounts.map((given) => count - given));
}

/**
 * Rule R2: when all answered alike, or all but those who know of each other, a figure tells what each of them answered,
 * however many they are.
 * @param answers counts of a set of respondents.
 * @param insiders respondents who may know of each other, 1 or more.
 * @returns true when some option was given by at least n - insiders of n (or, for a single option, by at most so few).
 */
export function isHomogeneous(answers: AnswerCounts, insiders: number): boolean {
  return countDissenters(answers) <= insiders;
}
