import { residualsOfCalibration } from './calibration-residuals';
import type { Sample } from './sample';
import { sumCanonically } from './sum-canonically';

/** Numerator and denominator of a ratio, one entry per respondent of the sample. */
export interface RatioAnswers {
  /** 1 for respondents who belong to the group and gave valid answers. */
  readonly inDomain: ArrayLike<number | boolean>;
  readonly numerator: ArrayLike<number>;
  /** 1 for all for a mean. */
  readonly denominator: ArrayLike<number>;
}

/** An estimate with the influence of every respondent on it. */
export interface Linearised {
  readonly estimate: number;
  /** Respondents in the domain. */
  readonly n: number;
  /** Sum of the domain's weights. */
  readonly totalWeight: number;
  /** 1 for respondents who count in the estimate. */
  readonly members: Uint8Array;
  /** z = w (y - R x) / (sum of w x), 0 outside the domain unless calibrated; w times the residual when calibrated. */
  readonly influence: Float64Array;
}

function listMembers(sample: Sample, inDomain: RatioAnswers['inDomain']): Uint8Array {
  return Uint8Array.from(sample.stratumOf, (stratum, at) => (stratum >= 0 && inDomain[at] ? 1 : 0));
}

/** A value that the ratio is near to, so that a ratio without spread comes out exactly. */
function findAnchor(quotients: readonly number[]): number {
  const smallest = quotients.reduce((least, quotient) => Math.min(least, quotient), Infinity);
  return Number.isFinite(smallest) ? smallest : 0;
}

/**
 * Weighted ratio of two totals in a domain, R = sum of w y / sum of w x, with its influence values; a mean has x = 1, a
 * share also y = 0 or 1. Respondents of organisations without variance are left out.
 * Source: Hájek (1971); Taylor linearisation, Särndal, Swensson, Wretman (1992); R `survey::svyratio`, `svymean`.
 * @param sample - all respondents of the design
 * @param answers - domain, numerator and denominator
 * @returns the linearised ratio, or null when the domain is empty or its denominator adds up to 0
 */
export function lineariseRatio(sample: Sample, answers: RatioAnswers): Linearised | null {
  const members = listMembers(sample, answers.inDomain);
  const inside = [...members.keys()].filter((respondent) => members[respondent] === 1);
  const weight = (at: number) => sample.weights[at] ?? 0;
  const x = (at: number) => answers.denominator[at] ?? 0;
  const y = (at: number) => answers.numerator[at] ?? 0;
  const denominator = sumCanonically(inside.map((at) => weight(at) * x(at)));
  if (denominator === 0) return null;
  const anchor = findAnchor(inside.map((at) => y(at) / x(at)));
  const excess = sumCanonically(inside.map((at) => weight(at) * (y(at) - anchor * x(at))));
  const estimate = anchor + excess / denominator;
  const values = Float64Array.from(members, (member, at) =>
    member === 1 ? (y(at) - estimate * x(at)) / denominator : 0,
  );
  const left = sample.calibration ? residualsOfCalibration(sample.calibration, values) : values;
  const totalWeight = sumCanonically(inside.map(weight));
  return {
    estimate,
    n: inside.length,
    totalWeight,
    members,
    influence: left.map((value, at) => ((sample.stratumOf[at] ?? -1) < 0 ? 0 : weight(at) * value)),
  };
}
