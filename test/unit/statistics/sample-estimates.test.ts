import fc from 'fast-check';
import { buildDesign } from '../../../src/domain/statistics/build-design';
import { covaryEstimates, varianceOfEstimate } from '../../../src/domain/statistics/covary-estimates';
import { describeDomain, kishEffect } from '../../../src/domain/statistics/describe-domain';
import { designEffect } from '../../../src/domain/statistics/design-effect';
import { estimateMean, estimateRatio } from '../../../src/domain/statistics/estimate-mean';
import { estimateSampleShare } from '../../../src/domain/statistics/estimate-sample-share';
import { estimateShare } from '../../../src/domain/statistics/estimate-share';
import { lineariseRatio } from '../../../src/domain/statistics/linearise-ratio';
import { remainingOfStratum, sampleOfDesign, type Sample } from '../../../src/domain/statistics/sample';
import { sumCanonically } from '../../../src/domain/statistics/sum-canonically';
import { tInterval } from '../../../src/domain/statistics/t-interval';
import { groupUnits } from '../../../src/domain/statistics/unit-totals';
import { arbitraryWave } from './arbitrary-design';
import { arbitrarySample, listChoices, reorder } from './arbitrary-sample';
import { expectWithin } from './reference';

function simpleSample(sizes: readonly (readonly [sampled: number, population: number])[]): Sample {
  const stratumOf = sizes.flatMap(([sampled], stratum) => new Array<number>(sampled).fill(stratum));
  return {
    strata: sizes.map(([sampled, population]) => ({ sampled, population })),
    stratumOf: Int32Array.from(stratumOf),
    unitOf: Int32Array.from(stratumOf.keys()),
    weights: Float64Array.from(stratumOf, (stratum) => sizes[stratum]![1] / sizes[stratum]![0]),
    calibration: null,
  };
}

const everybody = (sample: Sample) => new Uint8Array(sample.weights.length).fill(1);

describe('two ways to the same share', () => {
  test('respondents one by one give what counts per stratum give', () => {
    fc.assert(
      fc.property(arbitraryWave, (wave) => {
        const design = buildDesign(wave.cells, wave.respondentStrata);
        const byCounts = estimateShare(design, wave);
        const byRespondents = estimateSampleShare(sampleOfDesign(design), wave);
        expect(byRespondents === null).toBe(byCounts === null);
        if (!byCounts || !byRespondents) return;
        expect([byRespondents.n, byRespondents.df]).toEqual([byCounts.n, byCounts.df]);
        for (const name of ['share', 'se', 'seNoFpc', 'effectiveNoFpc', 'lowNoFpc', 'highNoFpc'] as const) {
          expectWithin(byRespondents[name], byCounts[name], 1e-8);
        }
        for (const flag of ['no_interval', 'unreliable'] as const) {
          expect(byRespondents.flags.includes(flag)).toBe(byCounts.flags.includes(flag));
        }
        if (byCounts.se > 1e-9 || byCounts.seNoFpc < 1e-9) {
          expectWithin(byRespondents.low, byCounts.low, 1e-6);
          expectWithin(byRespondents.high, byCounts.high, 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the order of rows', () => {
  test('leaves every figure the same to the last bit', () => {
    const withOrder = arbitrarySample.chain((random) =>
      fc.tuple(
        fc.constant(random),
        fc.shuffledSubarray([...random.values.keys()], { minLength: random.values.length }),
      ),
    );
    fc.assert(
      fc.property(withOrder, ([random, order]) => {
        const shuffled = reorder(random, order);
        const figures = ({ sample, inDomain, y, values }: typeof random) => {
          const share = estimateSampleShare(sample, { inDomain, y });
          const mean = estimateMean(sample, { inDomain, values });
          return [share && { ...share, linearised: null }, mean && { ...mean, linearised: null }];
        };
        expect(figures(shuffled)).toEqual(figures(random));
      }),
    );
  });

  test('sums do not depend on it where a plain sum does', () => {
    const values = [1e16, 1, -1e16, 3, 1e-3, 1e8, -1e8];
    const shuffled = [values[5]!, values[0]!, values[3]!, values[1]!, values[6]!, values[2]!, values[4]!];
    expect(sumCanonically(shuffled)).toBe(sumCanonically(values));
    expect(sumCanonically(values)).toBeCloseTo(4.001, 12);
    expect(sumCanonically([])).toBe(0);
  });
});

describe('all samples of a small population', () => {
  const population = [
    { y: [0, 1, 1, 0, 1], values: [2, 5, 4, 1, 9] },
    { y: [1, 1, 0, 1], values: [3, 3, 8, 1] },
  ];
  const sizes = [
    [2, 5],
    [3, 4],
  ] as const;
  const sample = simpleSample(sizes);
  const samples = listChoices([0, 1, 2, 3, 4], 2).flatMap((first) =>
    listChoices([0, 1, 2, 3], 3).map((second) => ({ first, second })),
  );
  const pick = (key: 'y' | 'values', { first, second }: (typeof samples)[number]) => [
    ...first.map((at) => population[0]![key][at]!),
    ...second.map((at) => population[1]![key][at]!),
  ];
  const average = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / values.length;
  const spread = (first: readonly number[], second: readonly number[]) =>
    average(first.map((value, at) => (value - average(first)) * (second[at]! - average(second))));

  test('mean and variance are right on average', () => {
    expect(samples).toHaveLength(40);
    const estimates = samples.map((one) =>
      estimateMean(sample, { inDomain: everybody(sample), values: pick('values', one) })!,
    );
    const means = estimates.map((one) => one.mean);
    expect(average(means)).toBeCloseTo(36 / 9, 12);
    expect(average(estimates.map((one) => one.se ** 2))).toBeCloseTo(spread(means, means), 12);
  });

  test('share, and its covariance with the share of one stratum, are right on average', () => {
    const inFirst = Uint8Array.of(1, 1, 0, 0, 0);
    const results = samples.map((one) => {
      const y = pick('y', one);
      const all = estimateSampleShare(sample, { inDomain: everybody(sample), y })!;
      const part = estimateSampleShare(sample, { inDomain: inFirst, y })!;
      const matrix = covaryEstimates(sample, [all.linearised.influence, part.linearised.influence]);
      expect(matrix[0]![1]).toEqual(matrix[1]![0]);
      expectWithin(matrix[1]![1]!.withFpc, part.se ** 2, 1e-14);
      return { all: all.share, part: part.share, variance: all.se ** 2, covariance: matrix[0]![1]!.withFpc };
    });
    expect(average(results.map((one) => one.all))).toBeCloseTo(6 / 9, 12);
    const [all, part] = [results.map((one) => one.all), results.map((one) => one.part)];
    expect(average(results.map((one) => one.variance))).toBeCloseTo(spread(all, all), 12);
    expect(average(results.map((one) => one.covariance))).toBeCloseTo(spread(all, part), 12);
  });

  test('clusters of equal size are right on average', () => {
    const clusters = [
      [1, 2],
      [5, 5],
      [3, 9],
      [0, 4],
    ];
    const chosen = listChoices(clusters, 2);
    const clustered: Sample = {
      strata: [{ sampled: 2, population: 4 }],
      stratumOf: Int32Array.of(0, 0, 0, 0),
      unitOf: Int32Array.of(7, 7, 3, 3),
      weights: Float64Array.of(2, 2, 2, 2),
      calibration: null,
    };
    const estimates = chosen.map((own) => estimateMean(clustered, { inDomain: [1, 1, 1, 1], values: own.flat() })!);
    const means = estimates.map((one) => one.mean);
    expect(average(means)).toBeCloseTo(29 / 8, 12);
    expect(average(estimates.map((one) => one.se ** 2))).toBeCloseTo(spread(means, means), 12);
    expect(estimates[0]!.df).toBe(1);
  });
});

describe('only complete strata vary', () => {
  const choose = (n: number, k: number): number => (k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

  test('the interval still holds the truth in most of all samples of all populations', () => {
    const sample = simpleSample([
      [4, 4],
      [4, 12],
    ]);
    let [weight, held] = [0, 0];
    for (const answered of [0, 4]) {
      for (const complete of [1, 2, 3]) {
        const y = Uint8Array.from([0, 1, 2, 3], (at) => (at < complete ? 1 : 0));
        const all = Uint8Array.from([...y, ...new Uint8Array(4).fill(answered / 4)]);
        const result = estimateSampleShare(sample, { inDomain: everybody(sample), y: all })!;
        expect(result.se).toBe(0);
        expect(result.high - result.low).toBeGreaterThan(0.2);
        for (let yes = 0; yes <= 12; yes += 1) {
          const probability = (choose(yes, answered) * choose(12 - yes, 4 - answered)) / choose(12, 4);
          const truth = (complete + yes) / 16;
          weight += probability;
          if (result.low <= truth && truth <= result.high) held += probability;
        }
      }
    }
    expect(held / weight).toBeGreaterThan(0.95);
  });
});

describe('edges', () => {
  test('nobody, one and everybody of a domain', () => {
    const sample = simpleSample([
      [4, 9],
      [3, 3],
    ]);
    const y = [1, 0, 1, 1, 0, 0, 1];
    expect(estimateSampleShare(sample, { inDomain: new Uint8Array(7), y })).toBeNull();
    expect(estimateMean(sample, { inDomain: new Uint8Array(7), values: y })).toBeNull();
    const one = estimateSampleShare(sample, { inDomain: [0, 0, 1, 0, 0, 0, 0], y });
    expect(one).toMatchObject({ n: 1, share: 1, df: 0, low: 1, high: 1, effectiveNoFpc: 0, flags: ['no_interval'] });
    const complete = estimateSampleShare(sample, { inDomain: [0, 0, 0, 0, 1, 1, 1], y });
    expect(complete).toMatchObject({ n: 3, se: 0, low: 1 / 3, high: 1 / 3, flags: [] });
    expect(complete?.seNoFpc).toBeGreaterThan(0);
  });

  test('an interval is one point for a census of the domain and for nothing else', () => {
    fc.assert(
      fc.property(arbitrarySample, ({ sample, inDomain, y }) => {
        const result = estimateSampleShare(sample, { inDomain, y });
        if (!result || result.flags.includes('no_interval')) return;
        const { isCensus } = describeDomain(sample, result.linearised.members);
        expect(result.low === result.high).toBe(isCensus);
        expect(result.low).toBeLessThanOrEqual(result.share);
        expect(result.high).toBeGreaterThanOrEqual(result.share);
      }),
      { numRuns: 300 },
    );
  });

  test('a share of 0 or 1 is exactly that, with a one-sided interval', () => {
    const sample = simpleSample([
      [4, 9],
      [7, 31],
    ]);
    const zero = estimateSampleShare(sample, { inDomain: everybody(sample), y: new Uint8Array(11) });
    const one = estimateSampleShare(sample, { inDomain: everybody(sample), y: everybody(sample) });
    expect(zero).toMatchObject({ share: 0, low: 0, lowNoFpc: 0, se: 0, seNoFpc: 0, flags: ['unreliable'] });
    expect(one).toMatchObject({ share: 1, high: 1, highNoFpc: 1, se: 0, seNoFpc: 0 });
    expect(zero!.high).toBeCloseTo(1 - one!.low, 12);
    expect(zero!.high).toBeGreaterThan(0.1);
  });

  test('equal numbers have no interval, unless everybody answered', () => {
    const sample = simpleSample([
      [4, 9],
      [3, 3],
    ]);
    const values = new Array<number>(7).fill(3.7);
    const all = estimateMean(sample, { inDomain: everybody(sample), values });
    expect(all).toMatchObject({ mean: 3.7, se: 0, seNoFpc: 0, df: 5, interval: null });
    const census = estimateMean(sample, { inDomain: [0, 0, 0, 0, 1, 1, 1], values: [9, 9, 9, 9, 1, 2, 3] });
    expect(census).toMatchObject({ mean: 2, se: 0, interval: { low: 2, high: 2 } });
    const single = estimateMean(sample, { inDomain: [1, 0, 0, 0, 0, 0, 0], values: [9, 9, 9, 9, 1, 2, 3] });
    expect(single).toMatchObject({ n: 1, mean: 9, df: 0, interval: null });
  });

  test('one degree of freedom is enough for an interval, none is not, even of a census', () => {
    const sample = simpleSample([[3, 9]]);
    const two = estimateMean(sample, { inDomain: [1, 1, 0], values: [4, 6, 0] });
    expect(two).toMatchObject({ df: 1, mean: 5 });
    expect(two!.interval!.high - 5).toBeCloseTo(12.706204736 * two!.se, 8);
    const complete = simpleSample([[3, 3]]);
    expect(estimateMean(complete, { inDomain: [1, 0, 0], values: [4, 0, 0] })).toMatchObject({ df: 0, interval: null });
  });

  test('a complete stratum stays complete when its total is lost in rounding', () => {
    const counts = { frameCount: 4, invitedCount: 4, ineligibleCount: 0, respondentCount: 4 };
    const design = buildDesign([{ ...counts, stratum: 'a', organisation: 'a', sector: null }], ['a', 'a', 'a', 'a']);
    const varianceStrata = design.varianceStrata.map((stratum) => ({ ...stratum, eligibleTotal: 4 - 1e-12 }));
    const sample = sampleOfDesign({ ...design, varianceStrata });
    expect(sample.strata).toEqual([{ sampled: 4, population: 4 }]);
    expect(estimateSampleShare(sample, { inDomain: [1, 1, 1, 1], y: [1, 0, 0, 0] })).toMatchObject({
      low: 0.25,
      high: 0.25,
    });
  });

  test('calibration leaves organisations without variance outside', () => {
    const stratumOf = Int32Array.of(0, 0, 0, -1);
    const weights = Float64Array.of(2, 3, 4, 0);
    const sample: Sample = {
      strata: [{ sampled: 3, population: 9 }],
      stratumOf,
      unitOf: Int32Array.of(0, 1, 2, 3),
      weights: Float64Array.of(2, 3, 4, 5),
      calibration: { margins: [Int32Array.of(0, 0, 0, 0)], startWeights: weights },
    };
    const result = estimateMean(sample, { inDomain: [1, 1, 1, 1], values: [1, 2, 4, 100] })!;
    expect(result.n).toBe(3);
    expect(result.mean).toBeCloseTo(24 / 9, 12);
    expect(result.linearised.influence[3]).toBe(0);
    expect(result.linearised.members[3]).toBe(0);
  });

  test('a ratio of nothing is no ratio; one without spread is exact', () => {
    const sample = simpleSample([[4, 9]]);
    const inDomain = everybody(sample);
    expect(estimateRatio(sample, { inDomain, numerator: [1, 2, 3, 4], denominator: [0, 0, 0, 0] })).toBeNull();
    const exact = estimateRatio(sample, { inDomain, numerator: [0.3, 0.9, 2.1, 0.6], denominator: [3, 9, 21, 6] });
    expect(exact?.mean).toBeCloseTo(0.1, 15);
    expect(exact?.se).toBeLessThan(1e-15);
    const withZero = estimateRatio(sample, { inDomain, numerator: [2, 0, 4, 6], denominator: [1, 0, 1, 2] });
    expect(withZero?.mean).toBe(3);
  });

  test('organisations without variance are left out', () => {
    const counts = { sector: 'x', frameCount: 9, invitedCount: 9, ineligibleCount: 0 };
    const cells = [
      { ...counts, stratum: 'a', organisation: 'a', respondentCount: 1 },
      { ...counts, stratum: 'b', organisation: 'b', respondentCount: 4 },
    ];
    const sample = sampleOfDesign(buildDesign(cells, ['b', 'a', 'b', 'b', 'b']));
    const result = estimateSampleShare(sample, { inDomain: everybody(sample), y: [1, 1, 0, 0, 0] });
    expect(result).toMatchObject({ n: 4, share: 0.25, df: 3 });
    expect(result?.linearised.members).toEqual(Uint8Array.of(1, 0, 1, 1, 1));
    expect(result?.linearised.influence[1]).toBe(0);
  });

  test('contradictions are refused', () => {
    const sample = simpleSample([
      [2, 9],
      [3, 3],
    ]);
    const change = (part: Partial<Sample>) => () => groupUnits({ ...sample, ...part });
    const strata = (sampled: number, population: number) => [{ sampled, population }, sample.strata[1]!];
    expect(change({})()).toEqual([
      [[0], [1]],
      [[2], [3], [4]],
    ]);
    expect(change({ unitOf: Int32Array.of(0, 0, 2, 3, 4), strata: strata(1, 9) })).toThrow('fewer than two units');
    expect(change({ strata: strata(3, 9) })).toThrow('has 2 units, not 3');
    expect(change({ strata: strata(2, 1) })).toThrow('more units than its population');
    expect(change({ unitOf: Int32Array.of(0, 1, 1, 3, 4) })).toThrow('Unit 1 is in two strata');
    expect(change({ stratumOf: Int32Array.of(0, 0, 1, 1, 2) })).toThrow('Stratum 2 is not in the sample');
    expect(change({ stratumOf: Int32Array.of(0, 0, 1, 1, 1), unitOf: Int32Array.of(0, 1, 2, 3, 4) })).not.toThrow();
  });
});

describe('pieces', () => {
  test('Kish: weights 1, 1, 2 lose an eighth of three answers', () => {
    expect(kishEffect([1, 1, 2])).toBeCloseTo((3 * 6) / 16, 14);
    expect(kishEffect([0.3, 0.3, 0.3])).toBeCloseTo(1, 14);
  });

  test('what the finite population leaves', () => {
    expect(remainingOfStratum({ sampled: 5, population: 20 })).toBe(0.75);
    expect(remainingOfStratum({ sampled: 5, population: 5 })).toBe(0);
    expect(remainingOfStratum({ sampled: 5, population: Infinity })).toBe(1);
    const sample = simpleSample([
      [4, 8],
      [2, 2],
    ]);
    // W 8 and 2: (64 / 4 * 0.5 + 0) / (64 / 4 + 4 / 2)
    expect(describeDomain(sample, everybody(sample))).toMatchObject({ df: 4, weightedFpc: 8 / 18, isCensus: false });
    expect(describeDomain(sample, Uint8Array.of(0, 0, 0, 0, 1, 1))).toMatchObject({
      df: 1,
      weightedFpc: 0,
      isCensus: true,
    });
  });

  test('Student: 12.7 standard errors on one degree of freedom', () => {
    const { low, high } = tInterval(10, 2, 1);
    expect(high - 10).toBeCloseTo(2 * 12.706204736, 7);
    expect(10 - low).toBeCloseTo(2 * 12.706204736, 7);
  });

  test('a simple random sample has design effect 1, equal values none', () => {
    const sample = simpleSample([[5, 20]]);
    const values = [1, 2, 2, 4, 5];
    const answers = { inDomain: everybody(sample), numerator: values, denominator: everybody(sample) };
    const linearised = lineariseRatio(sample, answers)!;
    const variance = varianceOfEstimate(sample, linearised.influence);
    const input = { linearised, weights: sample.weights, values };
    expect(designEffect({ ...input, variance: variance.withFpc })?.withoutReplacement).toBeCloseTo(1, 12);
    expect(designEffect({ ...input, variance: variance.noFpc })?.withReplacement).toBeCloseTo(1, 12);
    const equal = lineariseRatio(sample, { ...answers, numerator: [2, 2, 2, 2, 2] })!;
    expect(designEffect({ ...input, linearised: equal, values: [2, 2, 2, 2, 2], variance: 0 })).toBeNull();
    const single = lineariseRatio(sample, { ...answers, inDomain: [1, 0, 0, 0, 0] })!;
    expect(designEffect({ ...input, linearised: single, variance: 0 })).toBeNull();
  });

  test('no variance of nothing', () => {
    const sample = simpleSample([[2, 4]]);
    expect(covaryEstimates(sample, [])).toEqual([]);
    expect(varianceOfEstimate(sample, new Float64Array(2))).toEqual({ withFpc: 0, noFpc: 0 });
  });
});
