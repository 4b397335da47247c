import { remainingOfStratum, type Sample } from './sample';
import { sumCanonically } from './sum-canonically';

/** Design information about a domain of a sample. */
export interface DomainDesign {
  /** Sampling units in the domain minus strata with a unit in it. */
  readonly df: number;
  /** n (sum of w²) / (sum of w)²: 1 for equal weights. */
  readonly kishEffect: number;
  /** Share of the variance that the finite population leaves, from the weights alone; 0 only for a census. */
  readonly weightedFpc: number;
  /** Whether every unit of every stratum that the domain touches answered. */
  readonly isCensus: boolean;
}

/**
 * Effect of unequal weights on the variance of a mean, deff_w = n (sum of w²) / (sum of w)²; n / deff_w is Kish's
 * effective sample size.
 * Source: Kish (1965), Survey Sampling, 11.7.
 * @param weights - weights of the respondents that count, at least one above 0
 * @returns 1 or more
 */
export function kishEffect(weights: ArrayLike<number>): number {
  const squares = sumCanonically(Float64Array.from(weights, (weight) => weight * weight));
  return (weights.length * squares) / sumCanonically(weights) ** 2;
}

/**
 * What the design says about a domain, whatever was answered.
 * Source: df as R `survey::degf` of the subset design; weights alone: sum of W_h² (1 - f_h) / m_h over sum of W_h² /
 * m_h.
 * @param sample - all respondents of the design
 * @param members - 1 for the domain's respondents, at least one
 * @returns degrees of freedom, effect of the weights, finite population, census or not
 */
export function describeDomain(sample: Sample, members: Uint8Array): DomainDesign {
  const weights: number[] = [];
  const units = new Set<number>();
  const weightsByStratum = new Map<number, number[]>();
  members.forEach((member, at) => {
    if (member !== 1) return;
    const weight = sample.weights[at] ?? 0;
    const stratum = sample.stratumOf[at] ?? -1;
    weights.push(weight);
    units.add(sample.unitOf[at] ?? -1);
    const own = weightsByStratum.get(stratum);
    if (own) own.push(weight);
    else weightsByStratum.set(stratum, [weight]);
  });
  const touched = [...weightsByStratum].flatMap(([index, own]) => {
    const stratum = sample.strata[index];
    if (!stratum) return [];
    return [{ squared: sumCanonically(own) ** 2 / stratum.sampled, remaining: remainingOfStratum(stratum) }];
  });
  const remaining = sumCanonically(touched.map((one) => one.squared * one.remaining));
  return {
    df: units.size - touched.length,
    kishEffect: kishEffect(weights),
    weightedFpc: remaining / sumCanonically(touched.map((one) => one.squared)),
    isCensus: touched.every((one) => one.remaining === 0),
  };
}
