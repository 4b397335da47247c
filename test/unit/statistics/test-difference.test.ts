import { testDifference } from '../../../src/domain/statistics/test-difference';

const half = { share: 0.5, effective: 40 };

test('t = difference / standard error on the given degrees of freedom', () => {
  // R: 2 * pt(-0.2 / 0.1, 30)
  expect(testDifference({ first: half, second: { share: 0.3, effective: 40 }, se: 0.1, df: 30 })).toBeCloseTo(
    0.0546250449629831,
    12,
  );
  expect(testDifference({ first: half, second: half, se: 0.1, df: 30 })).toBe(1);
});

test('a standard error of 0 does not make a difference certain', () => {
  // R: fisher.test(matrix(c(20, 20, 16, 24), 2))
  const p = testDifference({ first: half, second: { share: 0.4, effective: 40 }, se: 0, df: 70 });
  expect(p).toBeCloseTo(0.500480863314603, 10);
});

test('below three in n p (1 - p) of either share the exact test decides', () => {
  const sparse = { share: 0.9, effective: 33 };
  const enough = { share: 0.9, effective: 34 };
  const [withSparse, withEnough] = [sparse, enough].map((second) => ({ first: half, second, se: 0.01, df: 70 }));
  expect(testDifference(withSparse!)).toBeGreaterThan(1e-6);
  expect(testDifference(withEnough!)).toBeLessThan(1e-20);
});
