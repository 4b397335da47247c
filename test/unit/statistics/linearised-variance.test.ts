import { estimateCovariance } from '../../../src/domain/statistics/linearised-variance';
import type { VarianceStratum } from '../../../src/domain/statistics/types';

const stratum: VarianceStratum = {
  index: 0,
  organisation: 'a',
  strata: ['a/x/S'],
  respondentCount: 4,
  eligibleTotal: 16,
  adjustment: 4,
  flags: [],
};

function points(values: number[], other = values) {
  return {
    varianceStratumOf: new Int32Array(values.length),
    counts: new Float64Array(values.length).fill(1),
    first: Float64Array.from(values),
    second: Float64Array.from(other),
  };
}

test('variance is m/(m-1) times the squares around the mean, with 1 - f for the finite population', () => {
  const result = estimateCovariance([stratum], points([1, 2, 3, 6]));
  expect(result.noFpc).toBeCloseTo((4 / 3) * 14, 12);
  expect(result.withFpc).toBeCloseTo((12 / 16) * (4 / 3) * 14, 12);
});

test('respondents that are not listed count with influence 0', () => {
  const listed = estimateCovariance([stratum], points([1, -3]));
  expect(listed.noFpc).toBeCloseTo(estimateCovariance([stratum], points([1, -3, 0, 0])).noFpc, 12);
});

test('covariance takes the products of the two deviations', () => {
  const result = estimateCovariance([stratum], points([1, 2, 3, 6], [0, 1, 0, -1]));
  expect(result.noFpc).toBeCloseTo((4 / 3) * (2 - 6), 12);
});

test('equal influence throughout a stratum gives exactly 0', () => {
  expect(estimateCovariance([stratum], points(new Array<number>(4).fill(0.1))).noFpc).toBe(0);
});

test('a complete stratum contributes nothing with finite population', () => {
  expect(estimateCovariance([{ ...stratum, eligibleTotal: 4 }], points([1, 2, 3, 6])).withFpc).toBe(0);
});

test('no points have no variance', () => {
  expect(estimateCovariance([stratum], points([]))).toEqual({ withFpc: 0, noFpc: 0 });
});

test('a stratum with one respondent is refused', () => {
  expect(() => estimateCovariance([{ ...stratum, respondentCount: 1 }], points([1]))).toThrow(RangeError);
});
