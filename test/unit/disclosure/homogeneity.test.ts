import { isHomogeneous } from '../../../src/domain/disclosure/homogeneity';

test.each([
  [10, [10, 0], 1, true],
  [10, [9, 1], 1, true],
  [10, [8, 2], 1, false],
  [10, [8, 2], 2, true],
  [10, [7, 2, 1], 2, false],
  [10, [1, 9, 0], 1, true],
  [10, [6, 6, 1], 1, false],
])('of %i answers, %j by option, with %i insiders: %s', (count, optionCounts, insiders, expected) => {
  expect(isHomogeneous({ count, optionCounts }, insiders)).toBe(expected);
});

test.each([
  [10, [1], true],
  [10, [0], true],
  [10, [2], false],
  [10, [8], false],
  [10, [9], true],
  [10, [10], true],
])('of %i answers a single option given %j times tells what each answered: %s', (count, optionCounts, expected) => {
  expect(isHomogeneous({ count, optionCounts }, 1)).toBe(expected);
});

test('an option of several that hardly anybody gave tells nothing of the others', () => {
  expect(isHomogeneous({ count: 30, optionCounts: [1, 14, 15] }, 1)).toBe(false);
});
