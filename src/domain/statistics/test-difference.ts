import tCdf from '@stdlib/stats-base-dists-t-cdf';
import { fisherExact } from './fisher-exact';
import type { Successes } from './fisher-exact';

/** A share with the sample size that its precision corresponds to. */
interface EffectiveShare {
  readonly share: number;
  readonly effective: number;
}

/** Two independent shares and the standard error of their difference. */
export interface DifferenceTest {
  readonly first: EffectiveShare;
  readonly second: EffectiveShare;
  readonly se: number;
  readonly df: number;
}

/** Below this n* p (1 - p) of either share the t distribution is not trusted. */
const smallestInformation = 3;

function isSparse({ share, effective }: EffectiveShare): boolean {
  return effective * share * (1 - share) < smallestInformation;
}

function roundCounts({ share, effective }: EffectiveShare): Successes {
  return { successes: Math.round(effective * share), trials: Math.round(effective) };
}

/**
 * Two-sided test that two independent shares are equal: t = difference / se on df degrees of freedom, or Fisher's exact
 * test on the rounded effective counts where either n* p (1 - p) is below 3 or the standard error is 0.
 * Source: design-based t test as R `survey::svycontrast` with `pt`; Fisher (1935).
 * @param test - shares with effective sample sizes, standard error without fpc, degrees of freedom (1 or more)
 * @returns p-value, 0 to 1
 */
export function testDifference({ first, second, se, df }: DifferenceTest): number {
  if (se === 0 || isSparse(first) || isSparse(second)) return fisherExact(roundCounts(first), roundCounts(second));
  return Math.min(1, 2 * tCdf(-Math.abs((first.share - second.share) / se), df));
}
