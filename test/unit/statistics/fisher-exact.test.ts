import { fisherExact } from '../../../src/domain/statistics/fisher-exact';
import { numberIn, readTable } from './reference';

test('as R fisher.test for 400 tables', () => {
  const rows = readTable('fisher.csv');
  expect(rows).toHaveLength(400);
  for (const row of rows) {
    const first = { successes: numberIn(row, 'a'), trials: numberIn(row, 'n1') };
    const second = { successes: numberIn(row, 'b'), trials: numberIn(row, 'n2') };
    const expected = numberIn(row, 'p');
    expect(Math.abs(fisherExact(first, second) - expected)).toBeLessThanOrEqual(1e-9 + 1e-7 * expected);
    expect(fisherExact(second, first)).toBeCloseTo(fisherExact(first, second), 10);
  }
});

test('the lady tasting tea', () => {
  expect(fisherExact({ successes: 3, trials: 4 }, { successes: 1, trials: 4 })).toBeCloseTo(34 / 70, 12);
});

test('an empty group says nothing', () => {
  expect(fisherExact({ successes: 0, trials: 0 }, { successes: 3, trials: 9 })).toBe(1);
});

test('tables that are exactly as unlikely count, in spite of rounding', () => {
  // R: fisher.test(matrix(c(4, 0, 3, 7), 2))
  expect(fisherExact({ successes: 4, trials: 4 }, { successes: 3, trials: 10 })).toBeCloseTo(0.0699300699300699, 12);
});
