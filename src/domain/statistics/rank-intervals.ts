import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { smallestRankability, type ShrunkenNetwork } from './shrink-shares';

const drawCount = 1000;

/** 95 % interval of a rank; 1 is the largest share. */
export interface RankInterval {
  readonly best: number;
  readonly worst: number;
}

function rankDraw(draw: Float64Array): number[] {
  const order = [...draw.keys()].sort((first, second) => (draw[second] ?? 0) - (draw[first] ?? 0));
  const ranks = new Array<number>(draw.length).fill(0);
  order.forEach((organisation, position) => {
    ranks[organisation] = position + 1;
  });
  return ranks;
}

/** Smallest value with at least this part of the sorted values at or below it. */
function quantileOf(sorted: Int32Array, probability: number): number {
  return sorted[Math.ceil(probability * sorted.length) - 1] ?? 0;
}

/**
 * 95 % intervals of ranks from 1000 draws of the organisations' shrunken shares, N(B p + (1 - B) mu, B v): what is
 * printed if a network insists on ranks, instead of the rank. Draws go organisation by organisation within each round.
 * Source: Goldstein, Spiegelhalter (1996), JRSS A 159; quantiles as R `stats::quantile(type = 1)`.
 * @param network - shrunken shares
 * @param random - uniform numbers strictly between 0 and 1, from a seed that is stored with the release
 * @returns intervals in the same order, or null where rankability is below 0.7: then there is no rank at all
 */
export function rankIntervals(network: ShrunkenNetwork, random: () => number): RankInterval[] | null {
  if (network.rankability < smallestRankability) return null;
  const ranks = network.shares.map(() => new Int32Array(drawCount));
  for (let round = 0; round < drawCount; round += 1) {
    const draw = Float64Array.from(network.shares, ({ shrunken, ownWeight, variance }) =>
      normalQuantile(random(), shrunken, Math.sqrt(ownWeight * variance)),
    );
    rankDraw(draw).forEach((rank, organisation) => {
      const own = ranks[organisation];
      if (own) own[round] = rank;
    });
  }
  return ranks.map((own) => {
    const sorted = own.sort();
    return { best: quantileOf(sorted, 0.025), worst: quantileOf(sorted, 0.975) };
  });
}
