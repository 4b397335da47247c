import fc from 'fast-check';
import { baseOfBaseline } from '../../../src/domain/statistics/baseline-base';
import { compareOverlapping } from '../../../src/domain/statistics/compare-overlapping';
import { compareShares } from '../../../src/domain/statistics/compare-shares';
import { compareWithBaseline } from '../../../src/domain/statistics/compare-with-baseline';
import { compareWithNetwork } from '../../../src/domain/statistics/compare-with-network';
import { compareWithOrganisations } from '../../../src/domain/statistics/compare-with-organisations';
import { estimateSampleShare, type SampleShare } from '../../../src/domain/statistics/estimate-sample-share';
import { averageOrganisations } from '../../../src/domain/statistics/mean-of-organisations';
import { moverInterval } from '../../../src/domain/statistics/mover';
import { combinationInterval } from '../../../src/domain/statistics/mover-combination';
import { correlatedMoverInterval } from '../../../src/domain/statistics/mover-correlated';
import { testTable } from '../../../src/domain/statistics/rao-scott';
import type { Sample } from '../../../src/domain/statistics/sample';
import { isSparseShare } from '../../../src/domain/statistics/sparse-share';
import { standardiseShare } from '../../../src/domain/statistics/standardise-share';
import { wilsonInterval } from '../../../src/domain/statistics/wilson';
import { expectWithin } from './reference';

/** Organisations one after another, each a stratum of its own: yes of answered of population. */
function network(...organisations: readonly (readonly [yes: number, answered: number, population: number])[]) {
  const stratumOf = organisations.flatMap(([, answered], at) => new Array<number>(answered).fill(at));
  const sample: Sample = {
    strata: organisations.map(([, sampled, population]) => ({ sampled, population })),
    stratumOf: Int32Array.from(stratumOf),
    unitOf: Int32Array.from(stratumOf.keys()),
    weights: Float64Array.from(stratumOf, (at) => organisations[at]![2] / organisations[at]![1]),
    calibration: null,
  };
  const y = organisations.flatMap(([yes, answered]) => Array.from({ length: answered }, (_, at) => (at < yes ? 1 : 0)));
  const share = (belongs: (organisation: number) => boolean): SampleShare => {
    const result = estimateSampleShare(sample, { inDomain: stratumOf.map(belongs), y });
    if (!result) throw new Error('The domain is empty.');
    return result;
  };
  return { sample, share };
}

const limits = fc
  .tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map((three) => {
    const [low, share, high] = three.sort((first, second) => first - second);
    return { low, share, high };
  });

describe('intervals of combinations', () => {
  test('one minus another is the interval of a difference', () => {
    fc.assert(
      fc.property(limits, limits, (first, second) => {
        const expected = moverInterval(first, second);
        const combined = combinationInterval([
          { ...first, factor: 1 },
          { ...second, factor: -1 },
        ]);
        const uncorrelated = correlatedMoverInterval(first, second, 0);
        for (const actual of [combined, uncorrelated]) {
          expectWithin(actual.low, expected.low, 1e-12);
          expectWithin(actual.high, expected.high, 1e-12);
        }
      }),
    );
  });

  test('one share with factor 1 keeps its limits, with -1 it is mirrored', () => {
    const own = { share: 0.3, low: 0.1, high: 0.6 };
    const same = combinationInterval([{ ...own, factor: 1 }]);
    const mirrored = combinationInterval([{ ...own, factor: -1 }]);
    expect(same.low).toBeCloseTo(0.1, 12);
    expect(same.high).toBeCloseTo(0.6, 12);
    expect(mirrored.low).toBeCloseTo(-0.6, 12);
    expect(mirrored.high).toBeCloseTo(-0.1, 12);
  });

  test('correlation narrows the interval of a difference, down to nothing for the same estimate', () => {
    const own = { share: 0.3, low: 0.2, high: 0.4 };
    const width = (correlation: number) => {
      const { low, high } = correlatedMoverInterval(own, own, correlation);
      return high - low;
    };
    expect(width(1)).toBe(0);
    expect(width(0.5)).toBeCloseTo(0.2, 12);
    expect(width(-1)).toBeCloseTo(0.4, 12);
    const lopsided = correlatedMoverInterval(
      { share: 0.5, low: 0.4, high: 0.8 },
      { share: 0.2, low: 0.1, high: 0.5 },
      0.5,
    );
    expect(lopsided.low).toBeCloseTo(0.3 - Math.sqrt(0.01 + 0.09 - 0.03), 12);
    expect(lopsided.high).toBeCloseTo(0.3 + Math.sqrt(0.09 + 0.01 - 0.03), 12);
  });
});

describe('sparse shares', () => {
  test('three of effective n times p (1 - p) are enough', () => {
    expect(isSparseShare({ share: 0.5, effectiveNoFpc: 12 })).toBe(false);
    expect(isSparseShare({ share: 0.5, effectiveNoFpc: 11.9 })).toBe(true);
    expect(isSparseShare({ share: 1, effectiveNoFpc: 1e6 })).toBe(true);
  });
});

describe('overlapping groups', () => {
  const { sample, share } = network([20, 40, 80], [30, 50, 100], [10, 30, 90]);

  test('disjoint groups compare as ever, except that the exact test is not made', () => {
    const [first, second] = [share((at) => at === 0), share((at) => at === 1)];
    const [apart, together] = [compareShares(first, second), compareOverlapping(sample, first, second)];
    for (const name of ['difference', 'low', 'high', 'se', 'p'] as const) {
      expectWithin(together[name]!, apart[name]!, 1e-10);
    }
    expect(together.df).toBe(apart.df);
  });

  test('a group and itself do not differ, and nothing is tested', () => {
    const own = share((at) => at === 0);
    expect(compareOverlapping(sample, own, own)).toMatchObject({ difference: 0, low: 0, high: 0, se: 0, p: null });
  });

  test('the covariance makes the error of overlapping groups smaller', () => {
    const [first, second] = [share((at) => at < 2), share(() => true)];
    const { se } = compareOverlapping(sample, first, second);
    expect(se).toBeLessThan(Math.hypot(first.seNoFpc, second.seNoFpc) / 2);
  });

  test('one degree of freedom is enough for an interval', () => {
    const small = network([1, 2, 20], [30, 60, 600]);
    const [one, other] = [small.share((at) => at === 0), small.share((at) => at === 1)];
    expect(one.df).toBe(1);
    for (const result of [compareOverlapping(small.sample, one, other), compareOverlapping(small.sample, other, one)]) {
      expect(result.p).toBeNull();
      expect(result.high - result.low).toBeGreaterThan(0.5);
    }
    const mean = compareWithOrganisations(other, [one]);
    expect(mean.high - mean.low).toBeGreaterThan(0.25);
    const standard = standardiseShare([{ estimate: one, part: 1 }]);
    expect(standard.low).toBeLessThan(standard.share);
  });

  test('sparse shares and shares without interval are not tested', () => {
    const few = network([1, 3, 6], [30, 50, 100], [10, 30, 90]);
    const sparse = compareOverlapping(
      few.sample,
      few.share((at) => at === 0),
      few.share((at) => at < 2),
    );
    expect(sparse.p).toBeNull();
    expect(sparse.low).toBeLessThan(sparse.difference);
    const mirrored = compareOverlapping(
      few.sample,
      few.share((at) => at < 2),
      few.share((at) => at === 0),
    );
    expect(mirrored.p).toBeNull();
    expect(mirrored.low).toBeCloseTo(-sparse.high, 12);
    const single = estimateSampleShare(sample, {
      inDomain: [1],
      y: [1],
    });
    if (!single) throw new Error('The domain is empty.');
    const whole = share(() => true);
    const difference = 1 - whole.share;
    expect(compareOverlapping(sample, single, whole)).toMatchObject({
      difference,
      low: difference,
      high: difference,
      p: null,
    });
    expect(compareOverlapping(sample, whole, single)).toMatchObject({
      difference: -difference,
      low: -difference,
      p: null,
    });
  });
});

describe('own against the network including own', () => {
  const counts = fc
    .integer({ min: 8, max: 60 })
    .chain((answered) =>
      fc.tuple(
        fc.integer({ min: 4, max: answered - 4 }),
        fc.constant(answered),
        fc.integer({ min: answered, max: 200 }),
      ),
    );

  test('is own against rest, shrunken by the part of the others', () => {
    fc.assert(
      fc.property(counts, counts, counts, (...organisations) => {
        const { sample, share } = network(...organisations);
        const own = share((at) => at === 0);
        const rest = share((at) => at !== 0);
        const apart = compareShares(own, rest);
        const result = compareWithNetwork(sample, { own, rest, network: share(() => true) });
        const total = organisations.reduce((sum, [, , population]) => sum + population, 0);
        const ownPart = organisations[0][2] / total;
        expectWithin(result.ownPart, ownPart, 1e-12);
        expectWithin(result.difference, own.share - share(() => true).share, 1e-12);
        for (const name of ['difference', 'low', 'high', 'se'] as const) {
          expectWithin(result[name], (1 - ownPart) * apart[name], 1e-10);
        }
        expectWithin(result.p ?? NaN, apart.p ?? NaN, 1e-8);
        expect(result.df).toBe(apart.df);
      }),
    );
  });

  test('ignoring the overlap would be wrong', () => {
    const { sample, share } = network([20, 60, 60], [30, 60, 60]);
    const [own, all] = [share((at) => at === 0), share(() => true)];
    const { se } = compareWithNetwork(sample, { own, rest: share((at) => at === 1), network: all });
    expect(Math.hypot(own.seNoFpc, all.seNoFpc) / se).toBeGreaterThan(1.5);
  });

  test('without an interval of its own there is no test', () => {
    const { sample, share } = network([20, 60, 60], [30, 60, 60]);
    const own = estimateSampleShare(sample, { inDomain: [1], y: [1] })!;
    const all = share(() => true);
    const result = compareWithNetwork(sample, { own, rest: share((at) => at === 1), network: all });
    expect(result.p).toBeNull();
    expect([result.low, result.high]).toEqual([result.difference, result.difference]);
  });
});

describe('organisations counting the same', () => {
  const { share } = network([20, 40, 400], [30, 50, 51], [12, 30, 35]);
  const shares = [0, 1, 2].map((own) => share((at) => at === own));

  test('the mean of organisations is not the share of all workplaces', () => {
    const result = averageOrganisations(shares)!;
    expect(result.organisationCount).toBe(3);
    expect(result.mean).toBeCloseTo((0.5 + 0.6 + 0.4) / 3, 12);
    expect(result.mean).not.toBeCloseTo(share(() => true).share, 3);
    const hypot = (name: 'se' | 'seNoFpc') => Math.hypot(...shares.map((own) => own[name])) / 3;
    expect(result.se).toBeCloseTo(hypot('se'), 14);
    expect(result.seNoFpc).toBeCloseTo(hypot('seNoFpc'), 14);
    const reach = (name: 'low' | 'high' | 'lowNoFpc' | 'highNoFpc') =>
      Math.hypot(...shares.map((own) => own[name] - own.share)) / 3;
    expect(result.low).toBeCloseTo(result.mean - reach('low'), 12);
    expect(result.high).toBeCloseTo(result.mean + reach('high'), 12);
    expect(result.lowNoFpc).toBeCloseTo(result.mean - reach('lowNoFpc'), 12);
    expect(result.highNoFpc).toBeCloseTo(result.mean + reach('highNoFpc'), 12);
    expect(averageOrganisations([])).toBeNull();
    expect(averageOrganisations([shares[0]!])).toMatchObject({ mean: 0.5, organisationCount: 1 });
  });

  test('own against the mean of organisations', () => {
    const [own, ...others] = shares;
    const result = compareWithOrganisations(own!, others);
    expect(result.difference).toBeCloseTo(0.5 - averageOrganisations(shares)!.mean, 12);
    const variance = (4 * own!.seNoFpc ** 2 + others[0]!.seNoFpc ** 2 + others[1]!.seNoFpc ** 2) / 9;
    expect(result.se).toBeCloseTo(Math.sqrt(variance), 14);
    expect(result.df).toBe(39 + 49 + 29);
    expect(result.p).toBeCloseTo(1, 12);
    expect(result.low).toBeLessThan(0);
    const other = compareWithOrganisations(others[0]!, [own!, others[1]!]);
    expect(other.difference).toBeCloseTo(0.1, 12);
    expect(other.p).toBeLessThan(0.2);
    expect(other.p).toBeGreaterThan(0.01);
  });

  test('two organisations: half of their difference', () => {
    const [first, second] = [shares[0]!, shares[1]!];
    const apart = compareShares(first, second);
    const result = compareWithOrganisations(first, [second]);
    for (const name of ['difference', 'low', 'high', 'se'] as const) expectWithin(result[name], apart[name] / 2, 1e-12);
    expectWithin(result.p!, apart.p!, 1e-12);
  });

  test('no test for a sparse own share, a sparse mean, a share without interval, or without others', () => {
    const sparse = network([3, 12, 20], [30, 50, 51], [12, 30, 35]);
    const few = [0, 1, 2].map((own) => sparse.share((at) => at === own));
    expect(compareWithOrganisations(few[0]!, few.slice(1)).p).toBeNull();
    expect(compareWithOrganisations(few[1]!, [few[2]!, few[0]!]).p).not.toBeNull();
    expect(compareWithOrganisations(few[1]!, [few[0]!]).p).toBeNull();
    const zero = network([9, 30, 60], [0, 12, 30]);
    expect(
      compareWithOrganisations(
        zero.share((at) => at === 0),
        [zero.share((at) => at === 1)],
      ).p,
    ).toBeNull();
    const single = { ...few[1]!, df: 0 };
    const result = compareWithOrganisations(few[2]!, [single]);
    expect(result).toMatchObject({ p: null, low: result.difference, high: result.difference });
    expect(compareWithOrganisations(few[2]!, [])).toMatchObject({ difference: 0, low: 0, high: 0, p: null });
  });
});

describe('direct standardisation', () => {
  const { share } = network([20, 40, 400], [30, 50, 51], [0, 30, 35]);
  const [first, second, none] = [0, 1, 2].map((own) => share((at) => at === own));

  test('is the mix of another population', () => {
    const result = standardiseShare([
      { estimate: first!, part: 0.25 },
      { estimate: second!, part: 0.75 },
      { estimate: none!, part: 0 },
    ]);
    expect(result.share).toBeCloseTo(0.25 * 0.5 + 0.75 * 0.6, 12);
    expect(result.n).toBe(90);
    expect(result.df).toBe(39 + 49);
    expect(result.se).toBeCloseTo(Math.hypot(0.25 * first!.se, 0.75 * second!.se), 14);
    expect(result.seNoFpc).toBeCloseTo(Math.hypot(0.25 * first!.seNoFpc, 0.75 * second!.seNoFpc), 14);
    expect(result.effectiveNoFpc).toBeCloseTo((0.575 * 0.425) / result.seNoFpc ** 2, 10);
    expect(result.low).toBeCloseTo(0.575 - Math.hypot(0.25 * (0.5 - first!.low), 0.75 * (0.6 - second!.low)), 12);
    expect(result.highNoFpc).toBeCloseTo(
      0.575 + Math.hypot(0.25 * (first!.highNoFpc - 0.5), 0.75 * (second!.highNoFpc - 0.6)),
      12,
    );
  });

  test('one category is itself', () => {
    const result = standardiseShare([{ estimate: first!, part: 1 }]);
    for (const name of ['share', 'se', 'seNoFpc', 'low', 'high', 'lowNoFpc', 'highNoFpc', 'df', 'n'] as const) {
      expectWithin(result[name], first![name], 1e-12);
    }
  });

  test('nobody in any category still leaves something to compare with', () => {
    const result = standardiseShare([{ estimate: none!, part: 1 }]);
    expect(result).toMatchObject({ share: 0, seNoFpc: 0 });
    expect(result.effectiveNoFpc).toBeCloseTo(none!.effectiveNoFpc, 10);
    expect(compareShares(result, second!).p).toBeLessThan(1e-6);
  });

  test('parts that do not add up are refused; a category without interval takes it away', () => {
    expect(() => standardiseShare([{ estimate: first!, part: 0.9 }])).toThrow('add up to 0.9');
    const result = standardiseShare([
      { estimate: first!, part: 0.5 },
      { estimate: { ...second!, df: 0, flags: ['no_interval', 'high_nonresponse_adjustment'] }, part: 0.5 },
    ]);
    expect(result).toMatchObject({ df: 0, low: 0.55, high: 0.55, lowNoFpc: 0.55, highNoFpc: 0.55 });
    expect(result.flags).toEqual(['high_nonresponse_adjustment', 'no_interval']);
  });
});

describe('baselines', () => {
  const { share } = network([20, 40, 400]);
  const own = share(() => true);

  test('the base of a routed item is what its filters let through, rounded down', () => {
    expect(baseOfBaseline({ n: 2271, passedPercents: [83] })).toBe(1884);
    expect(baseOfBaseline({ n: 1000, passedPercents: [50, 29] })).toBe(145);
    expect(baseOfBaseline({ n: 1611, passedPercents: [] })).toBe(1611);
    expect(baseOfBaseline({ n: 10, passedPercents: [3] })).toBeNull();
    expect(baseOfBaseline(null)).toBeNull();
  });

  test('a sample of a small population is more precise', () => {
    const figure = { percent: 80, decimals: 2, n: 400 };
    const plain = compareWithBaseline(own, figure);
    const half = compareWithBaseline(own, { ...figure, populationSize: 800 });
    const variance = (1.3 * 0.8 * 0.2) / 400;
    expectWithin(plain.se ** 2 - half.se ** 2, variance / 2, 1e-14);
    const { low, high } = wilsonInterval(0.8, 800 / 1.3);
    const expected = moverInterval(
      { share: own.share, low: own.lowNoFpc, high: own.highNoFpc },
      { share: 0.8, low, high },
    );
    expectWithin(half.low, expected.low, 1e-12);
    expectWithin(half.high, expected.high, 1e-12);
  });

  test('a census has no sampling error, and can be tested exactly', () => {
    const census = compareWithBaseline(own, { percent: 80, decimals: 2, n: 400, populationSize: 400 });
    expectWithin(census.se ** 2, own.seNoFpc ** 2 + 0.0001 ** 2 / 12, 1e-14);
    const sparse = network([0, 12, 40]).share(() => true);
    const result = compareWithBaseline(sparse, { percent: 20, decimals: 0, n: 400, populationSize: 300 });
    // R: binom.test(0, 12, 0.2)
    expect(result.p).toBeCloseTo(0.141274976256, 8);
  });
});

describe('tables of categories', () => {
  const { sample } = network([20, 40, 80], [30, 50, 100]);
  const groupOf = sample.stratumOf;

  test('a table with one group or one category is not tested, nor an empty one', () => {
    const all = new Int32Array(groupOf.length);
    expect(testTable(sample, { groupOf, categoryOf: all })).toBeNull();
    expect(testTable(sample, { groupOf: all, categoryOf: groupOf })).toBeNull();
    expect(testTable(sample, { groupOf, categoryOf: all.map(() => -1) })).toBeNull();
    expect(testTable(sample, { groupOf: all.map(() => -1), categoryOf: groupOf })).toBeNull();
  });

  test('organisations without variance are not in the table, and without degrees of freedom there is no test', () => {
    const categoryOf = groupOf.map((_, at) => (at < 20 || (at >= 40 && at < 70) ? 1 : 0));
    const expected = testTable(sample, { groupOf, categoryOf })!;
    const more = {
      ...sample,
      stratumOf: Int32Array.of(...sample.stratumOf, -1),
      unitOf: Int32Array.of(...sample.unitOf, 999),
      weights: Float64Array.of(...sample.weights, 50),
    };
    const extended = { groupOf: Int32Array.of(...groupOf, 5), categoryOf: Int32Array.of(...categoryOf, 6) };
    expect(testTable(more, extended)).toEqual(expected);
    const pair = groupOf.map((group, at) => (at === 0 || at === 40 ? group : -1));
    expect(testTable(sample, { groupOf: pair, categoryOf: groupOf })).toBeNull();
  });

  test('two groups and two categories of a simple sample: nearly the test of two shares', () => {
    const categoryOf = groupOf.map((_, at) => (at < 20 || (at >= 40 && at < 70) ? 1 : 0));
    const result = testTable(sample, { groupOf, categoryOf })!;
    expect(result.df1).toBeCloseTo(1, 10);
    expect(result.df2).toBeCloseTo(88, 8);
    expect(result.p).toBeGreaterThan(0.3);
    expect(result.p).toBeLessThan(0.4);
    const other = testTable(sample, {
      groupOf: groupOf.map((group) => 7 - group),
      categoryOf: categoryOf.map((one) => 3 * one),
    })!;
    expectWithin(other.p, result.p, 1e-10);
  });
});
