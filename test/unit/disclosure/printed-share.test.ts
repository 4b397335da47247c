import fc from 'fast-check';
import { printedPercent, readPrinted, stepOf } from '../../../src/domain/disclosure/printed-share';

test.each([
  [1, false, 1],
  [5000, false, 1],
  [7, true, 20],
  [19, true, 20],
  [20, true, 10],
  [59, true, 10],
  [60, true, 5],
  [100_000, true, 5],
])('with %i answers, coarse: %s, a share is printed in steps of %i points', (n, isCoarse, points) => {
  expect(stepOf(n, isCoarse)).toBe(points);
});

test.each([
  [0.494, 10, false, 49],
  [0.495, 10, false, 50],
  [0.49, 10, true, 40],
  [0.5, 10, true, 60],
  [0.449, 30, true, 40],
  [0.45, 30, true, 50],
  [0.474, 70, true, 45],
  [0.475, 70, true, 50],
  [0, 10, true, 0],
  [1, 10, true, 100],
])('%d of %i answers, coarse: %s, is printed as %i per cent', (share, n, isCoarse, percent) => {
  expect(printedPercent(share, n, isCoarse)).toBe(percent);
});

describe('what a reader knows of a share', () => {
  const shares = fc.double({ min: 0, max: 1, noNaN: true });
  const answers = fc.integer({ min: 1, max: 300 });

  test('holds the share and is as wide as a step', () => {
    fc.assert(
      fc.property(shares, answers, fc.boolean(), (share, n, isCoarse) => {
        const { low, high } = readPrinted(share, n, isCoarse);
        expect(share).toBeGreaterThanOrEqual(low - 1e-9);
        expect(share).toBeLessThanOrEqual(high + 1e-9);
        expect(high - low).toBeLessThanOrEqual(stepOf(n, isCoarse) / 100);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('is the same for all shares that are printed alike', () => {
    fc.assert(
      fc.property(shares, shares, answers, fc.boolean(), (first, second, n, isCoarse) => {
        const isAlike = printedPercent(first, n, isCoarse) === printedPercent(second, n, isCoarse);
        const [one, other] = [readPrinted(first, n, isCoarse), readPrinted(second, n, isCoarse)];
        expect(one.low === other.low && one.high === other.high).toBe(isAlike);
      }),
    );
  });

  test('ends where the next printed share begins', () => {
    const window = readPrinted(0.5, 200, false);
    expect(window.low).toBeCloseTo(0.495, 12);
    expect(window.high).toBeLessThan(0.505);
    expect(window.high).toBeCloseTo(0.505, 8);
    expect(readPrinted(1, 10, true)).toEqual({ low: 0.9, high: 1 });
    expect(readPrinted(0, 10, true).low).toBe(0);
  });
});
