import fc from 'fast-check';
import { calibrateWeights } from '../../../src/domain/statistics/calibrate-weights';
import { collapseCategories, type Margin } from '../../../src/domain/statistics/collapse-categories';
import { residualsOfCalibration } from '../../../src/domain/statistics/calibration-residuals';
import { estimateMean } from '../../../src/domain/statistics/estimate-mean';
import { estimateSampleShare } from '../../../src/domain/statistics/estimate-sample-share';
import { postStratify, weighCategories } from '../../../src/domain/statistics/post-stratify';
import { rakeWeights } from '../../../src/domain/statistics/rake-weights';
import { solveNormalEquations } from '../../../src/domain/statistics/solve-normal-equations';
import { trimWeights } from '../../../src/domain/statistics/trim-weights';
import type { Sample } from '../../../src/domain/statistics/sample';
import { expectWithin } from './reference';

function margin(name: string, categoryOf: readonly number[], totals: readonly number[]): Margin {
  return { name, categoryOf: Int32Array.from(categoryOf), totals };
}

describe('merging small categories', () => {
  const merge = (counts: readonly number[], totals: readonly number[], weights?: Float64Array) => {
    const categoryOf = counts.flatMap((count, category) => new Array<number>(count).fill(category));
    return collapseCategories(
      margin('size', categoryOf, totals),
      weights ?? new Float64Array(categoryOf.length).fill(1),
    );
  };
  const first = (merged: Margin, counts: readonly number[]) =>
    counts.map((_, category) => merged.categoryOf[counts.slice(0, category).reduce((sum, count) => sum + count, 0)]);

  test('five respondents are enough, four are not', () => {
    expect(merge([5, 5], [10, 20]).totals).toEqual([10, 20]);
    expect(merge([4, 5], [10, 20]).totals).toEqual([30]);
  });

  test('a small category joins the next, the last the one before', () => {
    const middle = merge([6, 2, 7, 8], [1, 2, 4, 8]);
    expect(middle.totals).toEqual([1, 6, 8]);
    expect(first(middle, [6, 2, 7, 8])).toEqual([0, 1, 1, 2]);
    const last = merge([6, 7, 2], [1, 2, 4]);
    expect(last.totals).toEqual([1, 6]);
    expect(first(last, [6, 7, 2])).toEqual([0, 1, 1]);
  });

  test('merging goes on until it is enough, down to one category', () => {
    expect(merge([1, 1, 1, 9], [1, 2, 4, 8]).totals).toEqual([15]);
    expect(merge([1, 4, 9], [1, 2, 4]).totals).toEqual([3, 4]);
    expect(merge([1, 1], [3, 4]).totals).toEqual([7]);
  });

  test('only respondents with a weight count', () => {
    expect(merge([5, 6], [1, 2], Float64Array.of(0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)).totals).toEqual([3]);
  });
});

describe('post-stratification', () => {
  test('puts the weights of each cell on its total, in proportion', () => {
    const cells = margin('sector', [0, 0, 1], [30, 8]);
    expect([...postStratify(cells, Float64Array.of(1, 2, 5))]).toEqual([10, 20, 8]);
    expect([...weighCategories(cells, Float64Array.of(1, 2, 5))]).toEqual([3, 5]);
  });

  test('a cell that nobody carries is refused, one that is empty in the frame too is not', () => {
    expect(() => postStratify(margin('sector', [0, 0], [30, 8]), Float64Array.of(1, 2))).toThrow(
      'Category 1 of sector has weight 0',
    );
    expect([...postStratify(margin('sector', [0, 1], [30, 0]), Float64Array.of(1, 0))]).toEqual([30, 0]);
  });
});

describe('raking', () => {
  const rows = fc.array(
    fc.record({ a: fc.nat({ max: 2 }), b: fc.nat({ max: 1 }), weight: fc.double({ min: 0.5, max: 4, noNaN: true }) }),
    { maxLength: 40 },
  );
  // Every combination once, so that a solution exists.
  const combinations = [0, 1, 2].flatMap((a) => [0, 1].map((b) => ({ a, b, weight: 1 })));

  test('reaches every total of every margin and keeps ratios within cells', () => {
    fc.assert(
      fc.property(rows, fc.array(fc.integer({ min: 50, max: 200 }), { minLength: 3, maxLength: 3 }), (some, totals) => {
        const all = [...combinations, ...some];
        const total = totals.reduce((sum, own) => sum + own, 0);
        const margins = [
          margin(
            'a',
            all.map((row) => row.a),
            totals,
          ),
          margin(
            'b',
            all.map((row) => row.b),
            [total / 3, (2 * total) / 3],
          ),
        ];
        const start = Float64Array.from(all, (row) => row.weight);
        const { weights, cycleCount } = rakeWeights(margins, start);
        expect(cycleCount).toBeLessThan(200);
        for (const own of margins) {
          weighCategories(own, weights).forEach((sum, category) => {
            expectWithin(sum, own.totals[category]!, 1e-8);
          });
        }
        const growth = all.map((row, at) => ({ cell: `${row.a}${row.b}`, growth: weights[at]! / start[at]! }));
        for (const one of growth) {
          const same = growth.find((other) => other.cell === one.cell);
          expectWithin(one.growth, same!.growth, 1e-9);
        }
      }),
    );
  });

  test('one margin is post-stratification', () => {
    const cells = margin('sector', [0, 0, 1], [30, 8]);
    const result = rakeWeights([cells], Float64Array.of(1, 2, 5));
    expect(result).toEqual({ weights: postStratify(cells, Float64Array.of(1, 2, 5)), cycleCount: 2 });
    expect(rakeWeights([cells], result.weights).cycleCount).toBe(1);
  });

  test('margins of different populations are refused', () => {
    const margins = [margin('sector', [0, 1], [10, 20]), margin('size', [0, 1], [10, 21])];
    expect(() => rakeWeights(margins, Float64Array.of(1, 1))).toThrow('Totals of size add up to another number');
  });

  test('margins that cannot both be reached are refused', () => {
    const margins = [margin('sector', [0, 1, 1], [10, 20]), margin('size', [0, 1, 1], [15, 15])];
    expect(() => rakeWeights(margins, Float64Array.of(1, 1, 1))).toThrow('not reached after 200 cycles');
  });
});

describe('trimming', () => {
  test('cuts at five medians and keeps the total', () => {
    const { weights, trimmedCount } = trimWeights(Float64Array.of(1, 2, 2, 3, 20, 0));
    expect(trimmedCount).toBe(1);
    expect([...weights]).toEqual([2.25, 4.5, 4.5, 6.75, 10, 0]);
  });

  test('those without weight do not move the median', () => {
    const { weights, trimmedCount } = trimWeights(Float64Array.of(0, 0, 0, 2, 2, 2, 9));
    expect([...weights]).toEqual([0, 0, 0, 2, 2, 2, 9]);
    expect(trimmedCount).toBe(0);
    expect(trimWeights(Float64Array.of(0, 0, 0, 2, 2, 2, 11)).weights[6]).toBe(10);
  });

  test('the median of an even number is between the middle two; a weight at the limit stays', () => {
    expect(trimWeights(Float64Array.of(1, 3, 1, 10))).toEqual({
      weights: Float64Array.of(1, 3, 1, 10),
      trimmedCount: 0,
    });
    expect(trimWeights(Float64Array.of(1, 3, 1, 10.5)).trimmedCount).toBe(1);
  });
});

describe('calibration', () => {
  const length = 40;
  const sample: Sample = {
    strata: [{ sampled: length, population: 400 }],
    stratumOf: new Int32Array(length),
    unitOf: Int32Array.from(new Array(length).keys()),
    weights: Float64Array.from({ length }, (_, at) => 5 + (at % 7)),
    calibration: null,
  };
  const everybody = new Uint8Array(length).fill(1);
  const sector = margin(
    'sector',
    Array.from({ length }, (_, at) => at % 3),
    [100, 150, 150],
  );
  const size = margin(
    'size',
    Array.from({ length }, (_, at) => (at % 5 === 0 ? 1 : 0)),
    [280, 120],
  );

  test('what the margins know has no error left', () => {
    const { sample: fitted } = calibrateWeights(sample, [sector, size]);
    for (const own of [sector, size]) {
      own.totals.forEach((total, category) => {
        const y = own.categoryOf.map((code) => (code === category ? 1 : 0));
        const result = estimateSampleShare(fitted, { inDomain: everybody, y });
        expectWithin(result!.share, total / 400, 1e-9);
        expect(result!.se).toBeLessThan(1e-10);
        const before = estimateSampleShare(sample, { inDomain: everybody, y });
        expect(before!.se).toBeGreaterThan(0.02);
      });
    }
  });

  test('a variable that goes with the margins gets a smaller error, another one does not', () => {
    const { sample: fitted } = calibrateWeights(sample, [sector, size]);
    const values = Array.from(sector.categoryOf, (category, at) => 10 * category + (at % 2));
    const error = (own: Sample) => estimateMean(own, { inDomain: everybody, values })!.se;
    expect(error(fitted)).toBeLessThan(error(sample) / 5);
  });

  test('small categories are merged and large weights trimmed on the way', () => {
    const rare = margin(
      'rare',
      Array.from({ length }, (_, at) => (at < 6 ? 1 : at < 8 ? 2 : 0)),
      [150, 200, 50],
    );
    const result = calibrateWeights(sample, [rare]);
    expect(result.margins[0]?.totals).toEqual([150, 250]);
    expect(result.trimmingRounds).toBe(3);
    expect(result.trimmedCount).toBeGreaterThan(0);
    expectWithin(weighCategories(result.margins[0]!, result.sample.weights)[1]!, 250, 1e-9);
    const untrimmed = [...rakeWeights(result.margins, sample.weights).weights].sort((first, second) => first - second);
    const limit = (5 * (untrimmed[19]! + untrimmed[20]!)) / 2;
    expect(result.trimmedCount).toBe(untrimmed.filter((weight) => weight > limit).length);
    expect(result.variationAfter).toBeGreaterThan(result.variationBefore);
    expect(result.sample.calibration).toEqual({
      margins: [result.margins[0]?.categoryOf],
      startWeights: sample.weights,
    });
  });

  test('respondents without weight do not count in the variation of weights', () => {
    const categoryOf = new Array<number>(length).fill(0);
    const weights = sample.weights.map((weight, at) => (at < 10 ? 0 : weight));
    const result = calibrateWeights({ ...sample, weights }, [margin('all', categoryOf, [400])]);
    const counted = weights.filter((weight) => weight > 0);
    const mean = counted.reduce((sum, own) => sum + own, 0) / counted.length;
    const variance = counted.reduce((sum, own) => sum + (own - mean) ** 2, 0) / counted.length;
    expectWithin(result.variationBefore, Math.sqrt(variance) / mean, 1e-12);
    expectWithin(result.variationAfter, result.variationBefore, 1e-12);
  });

  test('weights that fit already stay', () => {
    const fit = margin('fit', new Array<number>(length).fill(0), [sample.weights.reduce((sum, own) => sum + own, 0)]);
    const result = calibrateWeights(sample, [fit]);
    expect(result).toMatchObject({ trimmingRounds: 0, trimmedCount: 0, cycleCount: 1 });
    expectWithin(result.variationAfter, result.variationBefore, 1e-14);
    const mean = sample.weights.reduce((sum, own) => sum + own, 0) / length;
    const variance = sample.weights.reduce((sum, own) => sum + (own - mean) ** 2, 0) / length;
    expectWithin(result.variationBefore, Math.sqrt(variance) / mean, 1e-12);
  });

  test('residuals are orthogonal to every category', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: length, maxLength: length }),
        (u) => {
          const calibration = { margins: [sector.categoryOf, size.categoryOf], startWeights: sample.weights };
          const residuals = residualsOfCalibration(calibration, Float64Array.from(u));
          for (const own of [sector, size]) {
            const weighted = residuals.map((value, at) => value * sample.weights[at]!);
            for (const total of weighCategories(own, weighted)) expect(Math.abs(total)).toBeLessThan(1e-10);
          }
        },
      ),
    );
  });
});

describe('normal equations', () => {
  test('of full rank', () => {
    const solution = solveNormalEquations(
      [Float64Array.of(4, 2, 0), Float64Array.of(2, 5, 1), Float64Array.of(0, 1, 3)],
      Float64Array.of(8, 15, 11),
    );
    [1, 2, 3].forEach((expected, at) => {
      expect(solution[at]).toBeCloseTo(expected, 12);
    });
  });

  test('a column explained by the others gets 0, and the equations still hold', () => {
    const matrix = [Float64Array.of(2, 2, 4), Float64Array.of(2, 3, 5), Float64Array.of(4, 5, 9)];
    const solution = solveNormalEquations(matrix, Float64Array.of(6, 8, 14));
    expect(solution[2]).toBe(0);
    expect(solution[0]).toBeCloseTo(1, 12);
    expect(solution[1]).toBeCloseTo(2, 12);
  });

  test('an empty category gets 0', () => {
    const solution = solveNormalEquations([Float64Array.of(0, 0), Float64Array.of(0, 4)], Float64Array.of(0, 8));
    expect([...solution]).toEqual([0, 2]);
  });
});
