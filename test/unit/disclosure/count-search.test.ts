import fc from 'fast-check';
import { canCountsBe, type CountProblem, type CountRow } from '../../../src/domain/disclosure/count-search';

const any: CountRow = { columns: [], factors: [], low: 0, high: 0 };

/** Whether a row holds for counts, with room for the rounding of weights. */
function holds({ columns, factors, low, high }: CountRow, counts: readonly number[]): boolean {
  const total = columns.reduce((sum, column, at) => sum + factors[at]! * counts[column]!, 0);
  return total >= low - 1e-9 && total <= high + 1e-9;
}

/** All counts within the limits, tried one by one. */
function exists({ limits, rows }: CountProblem, wanted: CountRow, counts: readonly number[] = []): boolean {
  if (counts.length === limits.length) return [wanted, ...rows].every((row) => holds(row, counts));
  return Array.from({ length: limits[counts.length]! + 1 }, (_, value) => value).some((value) =>
    exists({ limits, rows }, wanted, [...counts, value]),
  );
}

const cells = 4;
const row = fc
  .record({
    columns: fc.subarray([...Array(cells).keys()], { minLength: 1 }),
    weights: fc.array(fc.constantFrom(1, 1.5, 2), { minLength: cells, maxLength: cells }),
    low: fc.integer({ min: -1, max: 12 }),
    width: fc.constantFrom(0, 0.5, 1, 3),
  })
  .map(({ columns, weights, low, width }): CountRow => {
    return { columns, factors: columns.map((column) => weights[column]!), low, high: low + width };
  });
const problem = fc.record({
  limits: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: cells, maxLength: cells }),
  rows: fc.array(row, { maxLength: 4 }),
});

describe('searching for whole counts', () => {
  test('finds them exactly when trying all of them does, wherever it begins', () => {
    const begin = fc.array(fc.integer({ min: -2, max: 9 }), { minLength: cells, maxLength: cells });
    fc.assert(
      fc.property(problem, row, begin, (given, wanted, start) => {
        expect(canCountsBe(given, wanted, start)).toBe(exists(given, wanted));
      }),
      { numRuns: 1500 },
    );
  });

  test('takes a sum at the very limit of a window, and none beyond it', () => {
    const given = { limits: [3, 3], rows: [{ columns: [0, 1], factors: [0.1, 0.2], low: 0.3, high: 0.3 }] };
    expect(canCountsBe(given, { columns: [1], factors: [1], low: 1, high: 1 }, [0, 0])).toBe(true);
    expect(canCountsBe(given, { columns: [1], factors: [1], low: 2, high: 3 }, [0, 0])).toBe(false);
  });

  test('says at once that a row asks for more, or less, than its cells can give', () => {
    const none = { columns: [0], factors: [1], low: -5, high: -1 };
    const tooMuch = { columns: [0], factors: [2], low: 6.5, high: 9 };
    const free = { limits: [3], rows: [] };
    expect(canCountsBe(free, none, [0])).toBe(false);
    expect(canCountsBe(free, tooMuch, [3])).toBe(false);
    expect(canCountsBe({ limits: [3], rows: [tooMuch] }, any, [3])).toBe(false);
    expect(canCountsBe(free, { ...tooMuch, low: 6 }, [0])).toBe(true);
  });

  const many = [...Array(40).keys()];
  const limits = many.map(() => 9);
  const sumOf = (columns: readonly number[], factors: readonly number[], low: number, high = low): CountRow => {
    return { columns, factors, low, high };
  };

  test('gives up rather than search for ever', () => {
    const even = sumOf(
      many,
      many.map(() => 2),
      39,
    );
    expect(canCountsBe({ limits, rows: [even] }, { ...even, low: 0, high: 999 }, [])).toBeNull();
  });

  test('sees before it searches that two cells among many cannot give what is asked', () => {
    const tooMuch = sumOf([38, 39], [1, 1], 19, 30);
    expect(canCountsBe({ limits, rows: [sumOf([0], [1], 0, 9), tooMuch] }, any, [])).toBe(false);
    expect(canCountsBe({ limits, rows: [sumOf([38, 39], [1, 1], -9, -1)] }, any, [])).toBe(false);
  });

  test('looks first at the cells in question and those in small groups with them, or it would be lost among the others', () => {
    // 5 or 6 of the last cell leave 1 or 0 for the one before it, and 2 × 1 + 5 = 7 is not 9.5: no need to try the others.
    const everybody = sumOf(
      many,
      many.map(() => 1),
      0,
      999,
    );
    const rows = [everybody, sumOf([38, 39], [1, 1], 6), sumOf([38, 39], [2, 1], 9.5), sumOf([0, 1], [1, 1], 0, 9)];
    expect(canCountsBe({ limits, rows }, sumOf([39], [1], 5, 9), [])).toBe(false);
  });

  test('begins at the true counts, and so finds others near them in a large network', () => {
    const truth = many.map((at) => (at * 7) % 10);
    const weigh = (factors: readonly number[]): CountRow =>
      sumOf(
        many,
        factors,
        factors.reduce((sum, factor, at) => sum + factor * truth[at]!, 0),
      );
    const rows = [weigh(many.map(() => 1)), weigh(many.map((at) => 1 + at)), weigh(many.map((at) => 1 + at * at))];
    expect(canCountsBe({ limits, rows }, any, truth)).toBe(true);
    expect(canCountsBe({ limits, rows }, any, [])).toBeNull();
  });
});
