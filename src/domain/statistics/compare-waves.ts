import tCdf from '@stdlib/stats-base-dists-t-cdf';
import { compareShares } from './compare-shares';
import { differenceError } from './compare-overlapping';
import { estimateSampleShare, type SampleShare } from './estimate-sample-share';
import { lineariseRatio, type Linearised } from './linearise-ratio';
import { correlatedMoverInterval } from './mover-correlated';
import { isSparseShare } from './sparse-share';
import { stackWaves, type LinkableWave } from './stack-waves';
import type { DomainAnswers } from './tally-answers';
import type { Difference } from './types';

/** A wave with the answers to one option in one group. */
export interface WaveAnswers extends LinkableWave {
  readonly answers: DomainAnswers;
}

/** Later minus earlier share. */
export interface WaveDifference extends Difference {
  /**
   * Linked: the covariance of units that answered in both waves is counted. Unlinked: it is taken as 0, which makes the
   * interval too wide where the same units answered alike; to be said wherever the difference is shown.
   */
  readonly overlap: { readonly kind: 'linked'; readonly commonUnitCount: number } | { readonly kind: 'unlinked' };
}

function limitsOf({ share, lowNoFpc, highNoFpc }: SampleShare) {
  return { share, low: lowNoFpc, high: highNoFpc };
}

function pad(values: ArrayLike<number | boolean>, before: number, after: number): Uint8Array {
  const own = Array.from(values, (value) => (value ? 1 : 0));
  return Uint8Array.from([...new Uint8Array(before), ...own, ...new Uint8Array(after)]);
}

function lineariseStacked(stacked: ReturnType<typeof stackWaves>, later: DomainAnswers, earlier: DomainAnswers) {
  const { sample, firstLength } = stacked;
  const laterLength = sample.weights.length - firstLength;
  const denominator = new Float64Array(sample.weights.length).fill(1);
  const linearise = (answers: DomainAnswers, before: number, after: number): Linearised | null =>
    lineariseRatio(sample, {
      inDomain: pad(answers.inDomain, before, after),
      numerator: pad(answers.y, before, after),
      denominator,
    });
  return { later: linearise(later, firstLength, 0), earlier: linearise(earlier, 0, laterLength) };
}

/**
 * Change of a share from one wave to the next. With pseudonyms the waves are stacked, unit as sampling unit and
 * organisation as stratum, V(p2 - p1) = V1 + V2 - 2 C; without them C = 0 and the result says so. Without finite
 * population correction. Changed wording or options are a break in the series: do not compare.
 * Source: Kish (1965), Survey Sampling, 12.4; R `survey::svycontrast` on the stacked design; interval Zou, Donner
 * (2008).
 * @param earlier - earlier wave, organisations on the boundaries of the later one
 * @param later - later wave
 * @returns later minus earlier with interval, standard error, df and two-sided p, or null when either group is empty; p
 *   is null where either share has no interval or linked shares are too sparse for the t distribution
 */
export function compareWaves(earlier: WaveAnswers, later: WaveAnswers): WaveDifference | null {
  const before = estimateSampleShare(earlier.sample, earlier.answers);
  const now = estimateSampleShare(later.sample, later.answers);
  if (!before || !now) return null;
  if (earlier.pseudonymOf === null || later.pseudonymOf === null) {
    return { ...compareShares(now, before), overlap: { kind: 'unlinked' } };
  }
  const stacked = stackWaves(earlier, later);
  const linearised = lineariseStacked(stacked, later.answers, earlier.answers);
  if (!linearised.later || !linearised.earlier) return null;
  const { se, correlation, df } = differenceError(stacked.sample, linearised.later, linearised.earlier);
  const difference = now.share - before.share;
  const overlap = { kind: 'linked', commonUnitCount: stacked.commonUnitCount } as const;
  if (now.df < 1 || before.df < 1) return { difference, low: difference, high: difference, se, df, p: null, overlap };
  const interval = correlatedMoverInterval(limitsOf(now), limitsOf(before), correlation);
  const isTested = se > 0 && !isSparseShare(now) && !isSparseShare(before);
  const p = isTested ? Math.min(1, 2 * tCdf(-Math.abs(difference / se), df)) : null;
  return { difference, ...interval, se, df, p, overlap };
}
