import { decideVerdict } from '../../../src/domain/statistics/verdict';

test.each([
  [0.2, 0.01, 'above'],
  [-0.2, 0.05, 'below'],
  [0.2, 0.051, 'no_clear_difference'],
  [0.049, 0.001, 'no_clear_difference'],
  [0.3 - 0.25, 0.001, 'above'],
  [0.2, null, 'not_tested'],
])('difference %d with q %d: %s', (difference, q, verdict) => {
  expect(decideVerdict(difference, q)).toBe(verdict);
});

test('a network may ask for larger differences', () => {
  expect(decideVerdict(0.08, 0.001, 0.1)).toBe('no_clear_difference');
});
