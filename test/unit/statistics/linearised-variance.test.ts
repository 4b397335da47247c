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

describe('influence far from 0 loses nothing', () => {
  const seven = { ...stratum, index: 1, respondentCount: 7, eligibleTotal: 28 };
  const far = 2 ** 27;
  const near = { first: [1, 2, 3, 6, 4, 9, 3.5], second: [5, 1, 1.5, 8, 2, 0, 6] };
  const shift = (values: readonly number[]) => values.map((value) => value + far);
  const placed = (first: number[], second: number[]) => ({
    ...points(first, second),
    varianceStratumOf: new Int32Array(first.length).fill(1),
  });
  const covary = (first: number[], second: number[]) => estimateCovariance([stratum, seven], placed(first, second));

  test('for all respondents of a stratum', () => {
    const expected = covary(near.first, near.second);
    expect(covary(shift(near.first), near.second).noFpc).toBeCloseTo(expected.noFpc, 5);
    expect(covary(near.first, shift(near.second)).noFpc).toBeCloseTo(expected.noFpc, 5);
    expect(covary(shift(near.first), shift(near.second)).noFpc).toBeCloseTo(expected.noFpc, 5);
  });

  test('for all but one, who has influence 0', () => {
    const [first, second] = [near.first, near.second].map((values) => shift(values).slice(0, 6)) as [
      number[],
      number[],
    ];
    const listed = covary(first, second).noFpc;
    const whole = covary([...first, 0], [...second, 0]).noFpc;
    expect(listed / whole).toBeCloseTo(1, 14);
  });
});

test('a complete stratum contributes nothing with finite population', () => {
  expect(estimateCovariance([{ ...stratum, eligibleTotal: 4 }], points([1, 2, 3, 6])).withFpc).toBe(0);
});

test('no points have no variance', () => {
  expect(estimateCovariance([stratum], points([]))).toEqual({ withFpc: 0, noFpc: 0 });
});

test('a stratum with one respondent is refused', () => {
  expect(() => estimateCovariance([{ ...stratum, respondentCount: 1 }], points([1]))).toThrow('needs two respondents');
});

test('more respondents than the stratum has are refused', () => {
  expect(() => estimateCovariance([stratum], points([1, 2, 3, 4, 5]))).toThrow('all of the domain among them');
});
