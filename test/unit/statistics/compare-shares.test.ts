import fc from 'fast-check';
import { compareShares } from '../../../src/domain/statistics/compare-shares';
import { compareWithBaseline } from '../../../src/domain/statistics/compare-with-baseline';
import { estimateShareFromCounts } from '../../../src/domain/statistics/estimate-share';
import { stratify } from '../../../src/domain/statistics/stratify';
import type { ShareEstimate } from '../../../src/domain/statistics/types';

function estimate(yes: number, valid: number, frameCount = 10 * valid): ShareEstimate {
  const counts = { frameCount, invitedCount: valid, ineligibleCount: 0, respondentCount: valid };
  const design = stratify([{ stratum: 'S', organisation: 'a', sector: null, ...counts }]);
  const result = estimateShareFromCounts(design, { valid: [valid], yes: [yes] });
  if (!result) throw new Error('The domain is empty.');
  return result;
}

const arbitraryEstimate = fc
  .tuple(fc.integer({ min: 2, max: 200 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([valid, share]) => estimate(Math.round(share * valid), valid));

test('the finite population plays no part in a test', () => {
  const census = compareShares(estimate(10, 30, 30), estimate(200, 300, 300));
  const sample = compareShares(estimate(10, 30, 30_000), estimate(200, 300, 300_000));
  expect(census.p).toBeCloseTo(sample.p ?? NaN, 12);
  expect(census.low).toBeCloseTo(sample.low, 12);
});

test('few answers are compared with the exact test', () => {
  const result = compareShares(estimate(8, 8), estimate(10, 40));
  // R: fisher.test(matrix(c(8, 0, 10, 30), 2))
  expect(result.p).toBeCloseTo(0.000115961618278489, 12);
});

test('without an interval nothing is tested', () => {
  const counts = { frameCount: 20, invitedCount: 20, ineligibleCount: 0, respondentCount: 9 };
  const design = stratify([{ stratum: 'S', organisation: 'a', sector: null, ...counts }]);
  const single = estimateShareFromCounts(design, { valid: [1], yes: [1] });
  if (!single) throw new Error('The domain is empty.');
  expect(compareShares(single, estimate(5, 20))).toMatchObject({ difference: 0.75, low: 0.75, high: 0.75, p: null });
  expect(compareWithBaseline(single, { percent: 80, decimals: 0, n: 100 }).p).toBeNull();
});

test('a better known baseline makes the interval narrower, a larger design effect wider', () => {
  const own = estimate(20, 40);
  const width = (n: number, designEffect?: number) => {
    const figure = { percent: 80, decimals: 0, n };
    const result = compareWithBaseline(own, designEffect === undefined ? figure : { ...figure, designEffect });
    return result.high - result.low;
  };
  expect(width(2000)).toBeLessThan(width(200));
  expect(width(200, 2)).toBeGreaterThan(width(200));
  expect(width(200, 1.3)).toBe(width(200));
});

test('fewer decimals in a baseline leave more doubt', () => {
  const own = estimate(20, 40);
  const se = (decimals: number) => compareWithBaseline(own, { percent: 80, decimals, n: 2271 }).se;
  expect(se(0) ** 2 - se(1) ** 2).toBeCloseTo((0.01 ** 2 - 0.001 ** 2) / 12, 12);
});

test('everybody saying yes is not taken for certainty against a baseline', () => {
  const result = compareWithBaseline(estimate(8, 8), { percent: 80, decimals: 0, n: 2000 });
  expect(result.p).toBeGreaterThan(0.05);
});

test('exchanging the groups turns the difference round', () => {
  fc.assert(
    fc.property(arbitraryEstimate, arbitraryEstimate, (first, second) => {
      const forward = compareShares(first, second);
      const backward = compareShares(second, first);
      expect(forward.difference).toBeCloseTo(-backward.difference, 12);
      expect(forward.low).toBeCloseTo(-backward.high, 12);
      expect(forward.p).toBeCloseTo(backward.p ?? NaN, 10);
      expect(forward.low).toBeLessThanOrEqual(forward.difference);
      expect(forward.high).toBeGreaterThanOrEqual(forward.difference);
      expect(forward.p).toBeGreaterThanOrEqual(0);
      expect(forward.p).toBeLessThanOrEqual(1);
    }),
  );
});
