import type { Linearised } from './linearise-ratio';
import { sumCanonically } from './sum-canonically';

/** A weighted mean or share with what its design effect is made of. */
export interface DesignEffectInput {
  readonly linearised: Linearised;
  /** Variance with the finite population correction for `effect`, without for `effectWithReplacement`. */
  readonly variance: number;
  readonly weights: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Variance relative to a simple random sample of the same size drawn without and with replacement. */
export interface DesignEffect {
  readonly withoutReplacement: number;
  readonly withReplacement: number;
}

/**
 * Design effect: variance over (1 - n / W) S² / n, S² = n / (n - 1) sum of w (y - mean)² / W; with replacement without
 * the factor (1 - n / W).
 * Source: Kish (1965); R `survey::svymean(deff = TRUE)` and `deff = "replace"`.
 * @param input - linearised mean, its variance, weights and values per respondent
 * @returns both effects; null when all values are equal or there is a single one
 */
export function designEffect({ linearised, variance, weights, values }: DesignEffectInput): DesignEffect | null {
  const { n, totalWeight, members, estimate } = linearised;
  const squares = Float64Array.from(members, (member, at) =>
    member === 1 ? (weights[at] ?? 0) * ((values[at] ?? 0) - estimate) ** 2 : 0,
  );
  const spread = sumCanonically(squares) / totalWeight;
  if (n < 2 || spread === 0) return null;
  const simple = spread / (n - 1);
  return { withoutReplacement: variance / ((1 - n / totalWeight) * simple), withReplacement: variance / simple };
}
