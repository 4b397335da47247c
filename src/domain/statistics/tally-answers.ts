import type { Design, ShareCounts } from './types';

/** Answers to one option, one entry per respondent of the design. */
export interface DomainAnswers {
  /** 1 for respondents who belong to the group and gave a valid answer. */
  readonly inDomain: ArrayLike<number | boolean>;
  /** 1 for respondents who gave the option. */
  readonly y: ArrayLike<number | boolean>;
}

/**
 * Counts answers per stratum; with equal weights within strata the counts hold all that a share and its variance need.
 * Source: bases of statistics.md 1.1; sums by stratum are sufficient for 1.3.
 * @param design - design of the wave
 * @param answers - domain and answers in the order of the design's respondents
 * @returns valid answers and answers with the option, per stratum
 */
export function tallyAnswers(design: Design, answers: DomainAnswers): ShareCounts {
  const valid = new Int32Array(design.strata.length);
  const yes = new Int32Array(design.strata.length);
  for (let respondent = 0; respondent < design.stratumOf.length; respondent += 1) {
    if (!answers.inDomain[respondent]) continue;
    const stratum = design.stratumOf[respondent] ?? 0;
    valid[stratum] = (valid[stratum] ?? 0) + 1;
    if (answers.y[respondent]) yes[stratum] = (yes[stratum] ?? 0) + 1;
  }
  return { valid, yes };
}
