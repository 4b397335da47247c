import { compareShares } from './compare-shares';
import { differenceError } from './compare-overlapping';
import type { SampleShare } from './estimate-sample-share';
import type { Sample } from './sample';
import { testDifference } from './test-difference';
import type { Difference } from './types';

/** An organisation against the network that it belongs to. */
export interface NetworkDifference extends Difference {
  /** Part of the network's weight that is the organisation's own: W_A / W_N, 0-1. */
  readonly ownPart: number;
}

/** Shares of an organisation, of the others, and of all together, from the same sample and item. */
export interface NetworkShares {
  readonly own: SampleShare;
  readonly rest: SampleShare;
  readonly network: SampleShare;
}

/**
 * Difference between an organisation and the network including it: p_A - p_N = (1 - lambda) (p_A - p_R), so it asks the
 * same as own against rest, of which it is a shrunken difference. The standard error is that of z_A - z_N, with the
 * covariance; the interval is that of own against rest times 1 - lambda; where t is not trusted, the exact test is that
 * of own against rest.
 * Source: Särndal, Swensson, Wretman (1992) for the standard error; Newcombe (1998), method 10, for the interval.
 * @param sample - all respondents of the design
 * @param shares - own and rest disjoint, together the network
 * @returns own minus network with interval, standard error, df and two-sided p; p is null, and both limits are the
 *   difference, when own or rest has no interval
 */
export function compareWithNetwork(sample: Sample, { own, rest, network }: NetworkShares): NetworkDifference {
  const apart = compareShares(own, rest);
  const ownPart = own.linearised.totalWeight / network.linearised.totalWeight;
  const restPart = rest.linearised.totalWeight / network.linearised.totalWeight;
  const { se, df } = differenceError(sample, own.linearised, network.linearised);
  const difference = restPart * apart.difference;
  if (apart.p === null) return { difference, low: difference, high: difference, se, df, p: null, ownPart };
  const p = testDifference({
    first: { share: own.share, effective: own.effectiveNoFpc },
    second: { share: rest.share, effective: rest.effectiveNoFpc },
    se: se / restPart,
    df,
  });
  return { difference, low: restPart * apart.low, high: restPart * apart.high, se, df, p, ownPart };
}
