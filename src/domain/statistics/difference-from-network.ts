import type { compareShares } from './compare-shares';
import { testDifference } from './test-difference';
import type { Difference, ShareEstimate } from './types';

/** An organisation against the network that it belongs to. */
export interface NetworkDifference extends Difference {
  /** Part of the network's weight that is the organisation's own: W_A / W_N, 0-1. */
  readonly ownPart: number;
}

/** What the difference from the network is made of. */
export interface NetworkDifferenceParts {
  readonly own: Pick<ShareEstimate, 'share' | 'effectiveNoFpc'>;
  readonly rest: Pick<ShareEstimate, 'share' | 'effectiveNoFpc'>;
  /** Own against rest. */
  readonly apart: ReturnType<typeof compareShares>;
  /** Of own minus network, with the covariance. */
  readonly se: number;
  readonly df: number;
  /** Parts of the network's weight, 0-1. */
  readonly ownPart: number;
  readonly restPart: number;
}

/**
 * Shrinks own against rest to own against network: p_A - p_N = (1 - lambda) (p_A - p_R).
 * Source: Newcombe (1998), method 10, for the interval; see `compareWithNetwork`.
 * @param parts - both shares, their difference, and the standard error of own minus network
 * @returns own minus network; p is null, and both limits are the difference, when own or rest has no interval
 */
export function shrinkToNetwork(parts: NetworkDifferenceParts): NetworkDifference {
  const { own, rest, apart, se, df, ownPart, restPart } = parts;
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
