import fc from 'fast-check';
import { derSimonianLaird, pauleMandel, precisionMean } from '../../../src/domain/statistics/between-variance';
import { binomialLimit } from '../../../src/domain/statistics/binomial-limit';
import { fQuantile, fTail } from '../../../src/domain/statistics/f-tail';
import { buildFunnel, funnelLimits } from '../../../src/domain/statistics/funnel';
import { kornGraubardInterval } from '../../../src/domain/statistics/korn-graubard';
import { isUnreliableInPublic } from '../../../src/domain/statistics/public-reliability';
import { rankIntervals } from '../../../src/domain/statistics/rank-intervals';
import { classifyCompleteness, responseRates } from '../../../src/domain/statistics/response-rates';
import { roundFigure, roundIndex } from '../../../src/domain/statistics/round-figure';
import { shrinkShares, smoothedVariance, type ShrunkenNetwork } from '../../../src/domain/statistics/shrink-shares';
import { wilsonInterval } from '../../../src/domain/statistics/wilson';
import { expectWithin } from './reference';

describe('Korn-Graubard interval', () => {
  test('contains the share, is one-sided at the ends and a point for a census', () => {
    expect(kornGraubardInterval(0, 12)).toMatchObject({ low: 0 });
    // R: binom.test(0, 12)$conf.int[2]
    expect(kornGraubardInterval(0, 12).high).toBeCloseTo(0.2646485, 6);
    expect(kornGraubardInterval(1, 12)).toMatchObject({ high: 1 });
    expect(kornGraubardInterval(1, 12).low).toBeCloseTo(0.7353515, 6);
    expect(kornGraubardInterval(0.4, Infinity)).toEqual({ low: 0.4, high: 0.4 });
    expect(kornGraubardInterval(0, Infinity)).toEqual({ low: 0, high: 0 });
  });

  test('covers at least 95 % whatever the share, in every simple sample', () => {
    const n = 12;
    for (let p = 0.01; p < 1; p += 0.01) {
      let [probability, covered] = [(1 - p) ** n, 0];
      for (let yes = 0; yes <= n; yes += 1) {
        const { low, high } = kornGraubardInterval(yes / n, n);
        if (low <= p && p <= high) covered += probability;
        probability *= ((n - yes) / (yes + 1)) * (p / (1 - p));
      }
      expect(covered).toBeGreaterThanOrEqual(0.95);
    }
  });

  test('is wider than Wilson in the middle', () => {
    const [exact, wilson] = [kornGraubardInterval(0.3, 50), wilsonInterval(0.3, 50)];
    expect(exact.high - exact.low).toBeGreaterThan(wilson.high - wilson.low);
  });
});

describe('rounding for release', () => {
  const figure = { n: 1000, share: 0.12345, low: 0.0995, high: 0.145, se: 0.01049 };

  test('whole per cent without standard error on pages and for fewer than 1000 answers', () => {
    const whole = { percent: 12, lowPercent: 10, highPercent: 15, sePoints: null, decimals: 0 };
    expect(roundFigure(figure, false)).toEqual(whole);
    expect(roundFigure({ ...figure, n: 999 }, true)).toEqual(whole);
  });

  test('one decimal in exports of public tables with 1000 answers or more', () => {
    expect(roundFigure(figure, true)).toEqual({
      percent: 12.3,
      lowPercent: 10,
      highPercent: 14.5,
      sePoints: 1,
      decimals: 1,
    });
    expect(roundFigure({ ...figure, share: -0.1445, low: -0.2, high: -0.00004 }, true)).toMatchObject({
      percent: -14.5,
      lowPercent: -20,
      highPercent: 0,
    });
    expect(Object.is(roundFigure({ ...figure, high: -0.00004 }, true).highPercent, 0)).toBe(true);
    expect(roundFigure({ ...figure, share: 0.1445 }, true).percent).toBe(14.5);
    expect(roundFigure({ ...figure, share: 0.01015 }, true).percent).toBe(1);
    expect(roundFigure({ ...figure, share: 0.0105 }, true).percent).toBe(1.1);
  });

  test('an index in whole points', () => {
    expect(roundIndex(61.5)).toBe(62);
    expect(roundIndex(-0.4)).toBe(0);
    expect(roundIndex(-61.5)).toBe(-62);
  });

  test('the difference of rounded figures may differ from the rounded difference', () => {
    expect(roundIndex(75.4 - 74.6)).toBe(1);
    expect(roundIndex(75.4) - roundIndex(74.6)).toBe(0);
  });
});

test('a public figure needs 30 answers and a readable interval', () => {
  const figure = { n: 30, share: 0.5, low: 0.4, high: 0.6 };
  expect(isUnreliableInPublic(figure)).toBe(false);
  expect(isUnreliableInPublic({ ...figure, n: 29 })).toBe(true);
  expect(isUnreliableInPublic({ ...figure, high: 0.75 })).toBe(true);
});

describe('variance between organisations', () => {
  test('none where shares differ by chance alone, all of it where samples are large', () => {
    const estimates = [0.4, 0.5, 0.6, 0.7];
    const same = { estimates, variances: [0.1, 0.1, 0.1, 0.1] };
    expect([pauleMandel(same), derSimonianLaird(same)]).toEqual([0, 0]);
    const precise = { estimates, variances: [1e-9, 1e-9, 1e-9, 1e-9] };
    expect(pauleMandel(precise)).toBeCloseTo(0.05 / 3, 8);
    expect(derSimonianLaird(precise)).toBeCloseTo(0.05 / 3, 8);
  });

  test('makes the weighted squares add up to K - 1', () => {
    const noisy = { estimates: [0.2, 0.5, 0.9, 0.35], variances: [0.001, 0.02, 0.004, 0.01] };
    const between = pauleMandel(noisy);
    const mean = precisionMean(noisy, between);
    const squares = noisy.estimates.reduce(
      (sum, own, at) => sum + (own - mean) ** 2 / (noisy.variances[at]! + between),
      0,
    );
    expect(squares).toBeCloseTo(3, 10);
  });

  test('a very large spread is found too', () => {
    const noisy = { estimates: [0, 1000], variances: [1e-6, 1e-3] };
    expectWithin(pauleMandel(noisy) / 5e5, 1, 1e-8);
  });

  test('precise estimates weigh more', () => {
    expect(precisionMean({ estimates: [0, 1], variances: [1, 3] }, 0)).toBeCloseTo(0.25, 14);
    expect(precisionMean({ estimates: [0, 1], variances: [1, 3] }, 1e9)).toBeCloseTo(0.5, 6);
  });
});

describe('shrinkage', () => {
  test('nobody answered yes still leaves a variance', () => {
    expect(smoothedVariance(0, 10)).toBeGreaterThan(0.005);
    expect(smoothedVariance(0, 10)).toBe(smoothedVariance(1, 10));
    expect(smoothedVariance(0.5, 1e6)).toBeCloseTo(0.25e-6, 9);
  });

  test('small organisations are drawn to the mean, large ones are shown as they are', () => {
    const result = shrinkShares([
      { n: 8, share: 1, effectiveNoFpc: 8 },
      { n: 29, share: 0.9, effectiveNoFpc: 29 },
      { n: 30, share: 0.2, effectiveNoFpc: 30 },
      { n: 300, share: 0.4, effectiveNoFpc: 300 },
    ])!;
    const [first, second, third, fourth] = result.shares;
    expect(result.shares.map((one) => one.isAdjusted)).toEqual([true, true, false, false]);
    expect(first!.shown).toBeLessThan(1);
    expect(first!.shown).toBeGreaterThan(result.mean);
    expect(second!.shown).toBe(second!.shrunken);
    expect([third!.shown, fourth!.shown]).toEqual([0.2, 0.4]);
    expect(third!.shrunken).toBeGreaterThan(0.2);
    expect(first!.ownWeight).toBeLessThan(fourth!.ownWeight);
  });

  test('one organisation is no network; alike organisations all get the mean', () => {
    expect(shrinkShares([{ n: 8, share: 1, effectiveNoFpc: 8 }])).toBeNull();
    const alike = shrinkShares([0.5, 0.55, 0.45].map((share) => ({ n: 20, share, effectiveNoFpc: 20 })))!;
    expect(alike).toMatchObject({ between: 0, rankability: 0 });
    for (const one of alike.shares)
      expect(one).toMatchObject({ ownWeight: 0, shrunken: alike.mean, shown: alike.mean });
  });

  test('rankability takes the median variance', () => {
    const odd = shrinkShares([0.1, 0.5, 0.9].map((share, at) => ({ n: 50, share, effectiveNoFpc: 40 + 40 * at })))!;
    const sorted = odd.shares.map((one) => one.variance).sort((first, second) => first - second);
    expect(odd.rankability).toBeCloseTo(odd.between / (odd.between + sorted[1]!), 12);
    const even = shrinkShares(
      [0.1, 0.5, 0.9, 0.3].map((share, at) => ({ n: 50, share, effectiveNoFpc: 40 + 40 * at })),
    )!;
    const four = even.shares.map((one) => one.variance).sort((first, second) => first - second);
    expect(even.rankability).toBeCloseTo(even.between / (even.between + (four[1]! + four[2]!) / 2), 12);
  });
});

describe('rank intervals', () => {
  const network = (shares: readonly { shrunken: number; ownWeight: number; variance: number }[]): ShrunkenNetwork => ({
    mean: 0.5,
    between: 0.1,
    rankability: 0.7,
    shares: shares.map((one) => ({ ...one, shown: one.shrunken, isAdjusted: false })),
  });
  const stream = () => {
    let step = 0;
    return () => ((step += 1) * 0.6180339887498949) % 1;
  };

  test('clear differences give one rank each, the largest share first', () => {
    const clear = network([0.2, 0.9, 0.5].map((shrunken) => ({ shrunken, ownWeight: 1, variance: 1e-8 })));
    expect(rankIntervals(clear, stream())).toEqual([
      { best: 3, worst: 3 },
      { best: 1, worst: 1 },
      { best: 2, worst: 2 },
    ]);
  });

  test('the spread of the draws is that of the shrunken share', () => {
    // Two organisations half a standard deviation of their difference apart: the order is not established.
    const unclear = network([0.5, 0.6].map((shrunken) => ({ shrunken, ownWeight: 0.5, variance: 0.04 })));
    expect(rankIntervals(unclear, stream())).toEqual([
      { best: 1, worst: 2 },
      { best: 1, worst: 2 },
    ]);
    // Three standard deviations of the difference: 99.9 % in this order.
    const apart = network([0.1, 0.7].map((shrunken) => ({ shrunken, ownWeight: 0.5, variance: 0.04 })));
    expect(rankIntervals(apart, stream())).toEqual([
      { best: 2, worst: 2 },
      { best: 1, worst: 1 },
    ]);
  });

  test('there is no rank below a rankability of 0.7', () => {
    expect(rankIntervals({ ...network([]), rankability: 0.699 }, stream())).toBeNull();
  });
});

describe('funnel', () => {
  test('an exact limit lies between the counts that enclose the probability', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (n, target) => {
        fc.pre(n * target * (1 - target) >= 1);
        const [low, high] = [binomialLimit(0.025, n, target), binomialLimit(0.975, n, target)];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThan(target);
        expect(high).toBeGreaterThan(low);
        expect(binomialLimit(0.001, n, target)).toBeLessThanOrEqual(low);
        expect(binomialLimit(0.999, n, target)).toBeGreaterThanOrEqual(high);
      }),
    );
  });

  test('limits close in on the target with more answers', () => {
    expect(binomialLimit(0.975, 100_000, 0.3)).toBeCloseTo(0.3 + 1.959964 * Math.sqrt(0.21 / 100_000), 4);
  });

  test('chance alone: exact limits on the rounded effective number, at least one', () => {
    const funnel = buildFunnel(0.5, [
      { share: 0.5, effectiveNoFpc: 20 },
      { share: 0.55, effectiveNoFpc: 20 },
    ])!;
    expect(funnel.between).toBe(0);
    expect(funnelLimits(funnel, 19.6)).toEqual(funnelLimits(funnel, 20));
    expect(funnelLimits(funnel, 0.2)).toEqual(funnelLimits(funnel, 1));
    expect(funnelLimits(funnel, 20).low95).toBe(binomialLimit(0.025, 20, 0.5));
    expect(funnelLimits(funnel, 20).high998).toBe(binomialLimit(0.999, 20, 0.5));
  });

  test('large differences widen the limits, within 0 and 1', () => {
    const points = [0.05, 0.3, 0.7, 0.95].map((share) => ({ share, effectiveNoFpc: 200 }));
    const funnel = buildFunnel(0.5, points)!;
    expect(funnel.between).toBeGreaterThan(0.05);
    const limits = funnelLimits(funnel, 200);
    expect(limits.low95).toBeCloseTo(Math.max(0, 0.5 - 1.959963985 * Math.sqrt(0.25 / 200 + funnel.between)), 8);
    expect(limits).toMatchObject({ low998: 0, high998: 1 });
  });

  test('limits of moderate differences are those of the sum of both variances', () => {
    const points = [0.2, 0.25, 0.4, 0.45].map((share) => ({ share, effectiveNoFpc: 100 }));
    const funnel = buildFunnel(0.3, points)!;
    expect(funnel.between).toBeGreaterThan(0.005);
    const margin = 1.959963984540054 * Math.sqrt((0.3 * 0.7) / 50 + funnel.between);
    expect(funnelLimits(funnel, 50).low95).toBeCloseTo(0.3 - margin, 10);
    expect(funnelLimits(funnel, 50).high95).toBeCloseTo(0.3 + margin, 10);
  });

  test('a single extreme organisation is winsorised', () => {
    const points = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1].map((share) => ({
      share,
      effectiveNoFpc: 50,
    }));
    expect(buildFunnel(0.5, points)?.overdispersion).toBe(0);
    expect(buildFunnel(0.5, points.slice(0, 1))).toBeNull();
  });
});

describe('F distribution', () => {
  test('on one and many degrees of freedom it is the square of a normal', () => {
    expect(fTail(1.959963985 ** 2, 1, 1e7)).toBeCloseTo(0.05, 6);
    expect(fTail(0, 3, 7)).toBe(1);
    expect(fQuantile(0.5, 8, 8)).toBeCloseTo(1, 10);
    expect(fTail(fQuantile(0.9, 4, 11), 4, 11)).toBeCloseTo(0.1, 10);
  });
});

describe('response rates', () => {
  const counts = { I: 400, P: 100, R: 50, NC: 300, O: 25, UE: 100, NE: 125 };

  test('six rates by the definitions', () => {
    const rates = responseRates(counts);
    const eligible = 875 / 1000;
    expect(rates.eligiblePart).toBe(eligible);
    expect(rates.rr1).toBeCloseTo(400 / 975, 14);
    expect(rates.rr2).toBeCloseTo(500 / 975, 14);
    expect(rates.rr3).toBeCloseTo(400 / (875 + eligible * 100), 14);
    expect(rates.rr4).toBeCloseTo(500 / (875 + eligible * 100), 14);
    expect(rates.rr5).toBeCloseTo(400 / 875, 14);
    expect(rates.rr6).toBeCloseTo(500 / 875, 14);
  });

  test('the Danish 36 per cent is answers over sample', () => {
    const danish = responseRates({ I: 1611, P: 0, R: 0, NC: 4494 - 1611, O: 0, UE: 0, NE: 0 });
    expect(danish.rr2).toBeCloseTo(0.358, 3);
    expect(danish.rr1).toBe(danish.rr5);
  });

  test('the rates lie in their order', () => {
    const some = fc.nat({ max: 500 });
    fc.assert(
      fc.property(fc.record({ I: some, P: some, R: some, NC: some, O: some, UE: some, NE: some }), (one) => {
        const { rr1, rr2, rr3, rr4, rr5, rr6 } = responseRates(one);
        if (rr1 === null || rr2 === null || rr3 === null || rr4 === null || rr5 === null || rr6 === null) return;
        expect(rr1).toBeLessThanOrEqual(rr3 + 1e-12);
        expect(rr3).toBeLessThanOrEqual(rr5 + 1e-12);
        expect(rr2).toBeLessThanOrEqual(rr4 + 1e-12);
        expect(rr4).toBeLessThanOrEqual(rr6 + 1e-12);
        expect(rr1).toBeLessThanOrEqual(rr2);
      }),
    );
  });

  test('nobody eligible: no rate; only unknown eligibility: counted as eligible', () => {
    const none = { I: 0, P: 0, R: 0, NC: 0, O: 0, UE: 0, NE: 0 };
    expect(responseRates({ ...none, NE: 7 })).toMatchObject({
      rr1: null,
      rr2: null,
      rr3: null,
      rr4: null,
      rr5: null,
      rr6: null,
      eligiblePart: 0,
    });
    expect(responseRates({ ...none, UE: 7 })).toMatchObject({
      rr1: 0,
      rr2: 0,
      rr3: 0,
      rr4: 0,
      rr5: null,
      rr6: null,
      eligiblePart: null,
    });
    expect(responseRates({ ...none, UE: 7, NE: 2 })).toMatchObject({ rr2: 0, rr3: null, eligiblePart: 0 });
  });

  test('complete from 80 per cent of the applicable items, partial from 50', () => {
    expect(classifyCompleteness(4, 5)).toBe('I');
    expect(classifyCompleteness(79, 100)).toBe('P');
    expect(classifyCompleteness(5, 10)).toBe('P');
    expect(classifyCompleteness(49, 100)).toBe('R');
    expect(classifyCompleteness(3, 3)).toBe('I');
  });
});
