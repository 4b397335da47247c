import fc from 'fast-check';
import { sum } from '../../../src/domain/statistics/sum';

test('keeps what plain addition loses', () => {
  expect(sum([1, 1e100, 1, -1e100])).toBe(2);
  expect(sum(new Array<number>(10).fill(0.1))).toBe(1);
});

test('the sum of nothing is 0', () => {
  expect(sum([])).toBe(0);
});

test('does not depend on the order', () => {
  const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 200 });
  fc.assert(
    fc.property(numbers, (values) => {
      expect(Math.abs(sum(values) - sum([...values].reverse()))).toBeLessThanOrEqual(1e-9);
    }),
  );
});
