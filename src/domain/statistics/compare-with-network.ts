import { compareShares } from './compare-shares';
import { differenceError } from './compare-overlapping';
import { shrinkToNetwork, type NetworkDifference } from './difference-from-network';
import type { SampleShare } from './estimate-sample-share';
import type { Sample } from './sample';

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
  return shrinkToNetwork({ own, rest, apart, se, df, ownPart, restPart });
}
