import betaCdf from '@stdlib/stats-base-dists-beta-cdf';

/** P(X <= count) for n trials. */
function binomialCdf(count: number, trials: number, probability: number): number {
  if (count < 0) return 0;
  return count >= trials ? 1 : betaCdf(1 - probability, trials - count, count + 1);
}

/** Smallest count with P(X <= count) of at least q. */
function binomialQuantile(q: number, trials: number, probability: number): number {
  let below = -1;
  let reached = trials;
  while (reached - below > 1) {
    const middle = Math.floor((below + reached) / 2);
    if (binomialCdf(middle, trials, probability) >= q) reached = middle;
    else below = middle;
  }
  return reached;
}

/**
 * Exact control limit for a share, interpolated between counts: r = smallest count with F(r) >= q,
 * limit = (r - (F(r) - q) / (F(r) - F(r - 1))) / n.
 * Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202, appendix A.1.1.
 * @param q - probability below the limit, between 0 and 1
 * @param trials - number of answers, a whole number of 1 or more
 * @param target - the share under control, strictly between 0 and 1
 * @returns limit in 0-1; encloses the target where n target (1 - target) is 1 or more
 */
export function binomialLimit(q: number, trials: number, target: number): number {
  const count = binomialQuantile(q, trials, target);
  const reached = binomialCdf(count, trials, target);
  const step = reached - binomialCdf(count - 1, trials, target);
  return Math.max(0, count - (reached - q) / step) / trials;
}
