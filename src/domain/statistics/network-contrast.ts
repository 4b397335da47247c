import { compareShares } from './compare-shares';
import { shrinkToNetwork, type NetworkDifference } from './difference-from-network';
import type { ShareCounts, ShareEstimate, StratifiedDesign } from './types';

/** Shares of an organisation, of the others and of all together, of the same option. */
export interface NetworkEstimates {
  readonly own: ShareEstimate;
  readonly rest: ShareEstimate;
  readonly network: ShareEstimate;
}

/**
 * Sums over respondents, u = w y and v = w for valid answers: the weights, and m / (m - 1) times the centred products of
 * u and v, added up over variance strata.
 */
interface Products {
  readonly weight: number;
  readonly uu: number;
  readonly uv: number;
  readonly vv: number;
}

const nothing: Products = { weight: 0, uu: 0, uv: 0, vv: 0 };

function combine(first: Products, second: Products, sign: 1 | -1 = 1): Products {
  return {
    weight: first.weight + sign * second.weight,
    uu: first.uu + sign * second.uu,
    uv: first.uv + sign * second.uv,
    vv: first.vv + sign * second.vv,
  };
}

/** Variance of the sum of a u - b v, without finite population correction. */
function varianceOf({ uu, uv, vv }: Products, a: number, b: number): number {
  return Math.max(0, a * a * uu - 2 * a * b * uv + b * b * vv);
}

interface Sums {
  u: number;
  v: number;
  uSquares: number;
  vSquares: number;
}

function sumByVarianceStratum(
  design: StratifiedDesign,
  { valid, yes }: ShareCounts,
  domain: readonly number[],
): ReadonlyMap<number, Sums> {
  const byStratum = new Map<number, Sums>();
  for (const index of domain) {
    const stratum = design.strata[index];
    if (stratum === undefined || stratum.varianceStratum < 0) continue;
    const { weight, varianceStratum } = stratum;
    const sums = byStratum.get(varianceStratum) ?? { u: 0, v: 0, uSquares: 0, vSquares: 0 };
    sums.u += (yes[index] ?? 0) * weight;
    sums.v += (valid[index] ?? 0) * weight;
    sums.uSquares += (yes[index] ?? 0) * weight * weight;
    sums.vSquares += (valid[index] ?? 0) * weight * weight;
    byStratum.set(varianceStratum, sums);
  }
  return byStratum;
}

function addUpByOrganisation(design: StratifiedDesign, sums: ReadonlyMap<number, Sums>): ReadonlyMap<string, Products> {
  const byOrganisation = new Map<string, Products>();
  for (const [index, { u, v, uSquares, vSquares }] of sums) {
    const stratum = design.varianceStrata[index];
    if (stratum === undefined) continue;
    const { organisation, respondentCount: m } = stratum;
    const factor = m / (m - 1);
    const products = {
      weight: v,
      uu: factor * (uSquares - (u * u) / m),
      uv: factor * (uSquares - (u * v) / m),
      vv: factor * (vSquares - (v * v) / m),
    };
    byOrganisation.set(organisation, combine(byOrganisation.get(organisation) ?? nothing, products));
  }
  return byOrganisation;
}

/**
 * Prepares the comparison of organisations with the network that they belong to, from answers counted per stratum. Gives
 * what `compareWithNetwork` does without going through respondents: the influence of a respondent on p_A - p_N is
 * (1 / W_A - 1 / W_N) w y - (p_A / W_A - p_N / W_N) w within the organisation, -(w y - p_N w) / W_N outside.
 * Source: Särndal, Swensson, Wretman (1992) for the standard error; Newcombe (1998), method 10, for the interval.
 * @param design - strata of the wave
 * @param counts - answers to one option per stratum of the design
 * @param domain - indices of the strata that make up the network, or one category of it
 * @returns a function from an organisation and the three shares to own minus network, as `compareWithNetwork`
 */
export function createNetworkContrast(
  design: StratifiedDesign,
  counts: ShareCounts,
  domain: readonly number[],
): (organisation: string, estimates: NetworkEstimates) => NetworkDifference {
  const byOrganisation = addUpByOrganisation(design, sumByVarianceStratum(design, counts, domain));
  const all = [...byOrganisation.values()].reduce((sum, one) => combine(sum, one), nothing);
  return (organisation, { own, rest, network }) => {
    const mine = byOrganisation.get(organisation) ?? nothing;
    const others = combine(all, mine, -1);
    const apart = compareShares(own, rest);
    const ownPart = mine.weight / all.weight;
    const restPart = others.weight / all.weight;
    const variance =
      varianceOf(mine, 1 / mine.weight - 1 / all.weight, own.share / mine.weight - network.share / all.weight) +
      varianceOf(others, 1 / all.weight, network.share / all.weight);
    const se = Math.sqrt(variance);
    const { df } = network;
    return shrinkToNetwork({ own, rest, apart, se, df, ownPart, restPart });
  };
}
