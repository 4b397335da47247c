import { assumedDesignEffect } from '../statistics/compare-with-baseline';
import { combinationInterval } from '../statistics/mover-combination';
import { moverInterval, type ShareWithLimits } from '../statistics/mover';
import { roundShare } from '../statistics/round-share';
import { sumCanonically } from '../statistics/sum-canonically';
import { wilsonInterval, type Interval } from '../statistics/wilson';
import type { ShownEstimate } from './shown-figures';
import type { PrintedComparison } from './types';

type Printed = Pick<ShownEstimate, 'percent' | 'n'>;

/**
 * Everything here is made of printed per cents and printed numbers of answers, so that a difference and its interval tell
 * nothing that its two figures do not.
 */
function limitsOf({ percent, n }: Printed): ShareWithLimits {
  const share = percent / 100;
  return { share, ...wilsonInterval(share, n) };
}

function toPoints({ low, high }: Interval): Pick<PrintedComparison, 'lowPoints' | 'highPoints'> {
  return { lowPoints: roundShare(Math.max(-1, low)), highPoints: roundShare(Math.min(1, high)) };
}

function copyFigure({ percent, lowPercent, highPercent, n, flags }: ShownEstimate) {
  return { percent, lowPercent, highPercent, isCoarse: flags.includes('coarse'), n };
}

function roundPoints(points: number): number {
  return roundShare(points / 100);
}

/**
 * Difference of two printed shares of disjoint groups.
 * Source: Newcombe (1998), method 10, from Wilson's (1927) limits of what is printed.
 * @param own printed share of the organisation
 * @param other printed share that it is compared with
 * @returns points, own minus other, with 95 % limits
 */
function subtractPrinted(
  own: Printed,
  other: Printed,
): Pick<PrintedComparison, 'differencePoints' | 'lowPoints' | 'highPoints'> {
  return {
    differencePoints: roundPoints(own.percent - other.percent),
    ...toPoints(moverInterval(limitsOf(own), limitsOf(other))),
  };
}

/**
 * @param own printed share of the organisation
 * @param other printed share of a group that does not hold it
 * @returns the other's figure and the difference
 */
export function printBeside(own: ShownEstimate, other: ShownEstimate): PrintedComparison {
  return { ...copyFigure(other), organisations: null, ...subtractPrinted(own, other) };
}

/**
 * Comparison with the network including the organisation: the limits of own against rest, shrunken by the rest's part of
 * all answers.
 * @param own printed share of the organisation
 * @param rest printed share of the others
 * @param network printed share of all
 */
export function printBesideNetwork(own: ShownEstimate, rest: ShownEstimate, network: ShownEstimate): PrintedComparison {
  const [mine, others] = [limitsOf(own), limitsOf(rest)];
  const apart = moverInterval(mine, others);
  const restPart = rest.n / (own.n + rest.n);
  const difference = (own.percent - network.percent) / 100;
  const centre = mine.share - others.share;
  return {
    ...copyFigure(network),
    organisations: null,
    differencePoints: roundShare(difference),
    ...toPoints({
      low: difference - restPart * (centre - apart.low),
      high: difference + restPart * (apart.high - centre),
    }),
  };
}

/**
 * Comparison with the mean of organisations, each counting the same, its own included. The mean has no number of answers:
 * that of the organisations not shown would follow from it.
 * Source: Zou, Huang, Zhang (2009), from Wilson's limits of what is printed.
 * @param own printed share of the organisation
 * @param others printed shares of the other organisations
 */
export function printBesideMean(own: ShownEstimate, others: readonly ShownEstimate[]): PrintedComparison {
  const all = [own, ...others];
  const factor = 1 / all.length;
  const parts = all.map((one) => ({ ...limitsOf(one), factor }));
  const percent = roundPoints(sumCanonically(all.map((one) => one.percent)) / all.length);
  const { low, high } = combinationInterval(parts);
  const contrast = combinationInterval(parts.map((part, at) => ({ ...part, factor: (at === 0 ? 1 : 0) - factor })));
  return {
    percent,
    lowPercent: roundShare(low),
    highPercent: roundShare(high),
    isCoarse: all.some(({ flags }) => flags.includes('coarse')),
    n: null,
    organisations: all.length,
    differencePoints: roundPoints(own.percent - percent),
    ...toPoints(contrast),
  };
}

/**
 * Comparison with a figure published by others, whose answers count for less because it is weighted.
 * @param own printed share of the organisation
 * @param published per cent and answers as published
 */
export function printBesideBaseline(own: ShownEstimate, published: Printed): PrintedComparison {
  const effective = { percent: published.percent, n: published.n / assumedDesignEffect };
  const { low, high } = limitsOf(effective);
  return {
    percent: published.percent,
    lowPercent: roundShare(low),
    highPercent: roundShare(high),
    isCoarse: false,
    n: published.n,
    organisations: null,
    ...subtractPrinted(own, effective),
  };
}
