import fc from 'fast-check';
import { findMove, listObstacles, type MoveProblem, type MoveRow } from '../../../src/domain/disclosure/furthest-move';
import { withSolver } from '../../support/attacker/linear-bounds';
import { optimise } from '../../support/linear-programme';

const solver = withSolver();

const width = 5;
const small = fc.integer({ min: 0, max: 4 });
const row = fc
  .record({
    factors: fc.array(fc.integer({ min: -2, max: 2 }), { minLength: width, maxLength: width }),
    low: small,
    high: small,
  })
  .map(({ factors, low, high }): MoveRow => {
    return { columns: factors.map((_, at) => at), factors, low: -low, high, lowBy: ['low'], highBy: ['high'] };
  });
const problems = fc.record({
  fall: fc.array(small, { minLength: width, maxLength: width }),
  rise: fc.array(small, { minLength: width, maxLength: width }),
  rows: fc.array(row, { minLength: 1, maxLength: 6 }),
});

const sumOf = (changes: readonly number[], columns: readonly number[]): number =>
  columns.reduce((sum, column) => sum + changes[column]!, 0);

function expectWithinLimits({ fall, rise, rows }: MoveProblem, changes: readonly number[]): void {
  changes.forEach((change, at) => {
    expect(change).toBeGreaterThanOrEqual(-fall[at]! - 1e-6);
    expect(change).toBeLessThanOrEqual(rise[at]! + 1e-6);
  });
  for (const { columns, factors, low, high } of rows) {
    const sum = columns.reduce((total, column, at) => total + factors[at]! * changes[column]!, 0);
    expect(sum).toBeGreaterThanOrEqual(low - 1e-6);
    expect(sum).toBeLessThanOrEqual(high + 1e-6);
  }
}

/** The furthest that another solver finds a sum to move, 1: up, -1: down. */
function findFurthest({ fall, rise, rows }: MoveProblem, columns: readonly number[], sign: number): number {
  const bounds = fall.map((most, at) => ({ low: -most, high: rise[at]! }));
  return optimise(solver(), { bounds, rows, objective: columns.map((column) => [column, sign]) });
}

/**
 * A count that can only rise with others, each of which is held back by those before it: going up the steepest way first
 * visits every corner (Klee and Minty 1972). The furthest is 5 to the power of how many they are.
 */
function climb(corners: number): MoveProblem {
  const others = Array.from({ length: corners }, (_, at) => at + 1);
  const by = { low: -Infinity, lowBy: [], highBy: [] };
  const top = { columns: [0, ...others], factors: [1, ...others.map((at) => -(2 ** (corners - at)))], high: 0, ...by };
  const steps = others.map((at): MoveRow => {
    const before = others.slice(0, at - 1);
    const factors = [...before.map((one) => 2 ** (at - one + 1)), 1];
    return { columns: [...before, at], factors, high: 5 ** at, ...by };
  });
  const rise = [0, ...others].map(() => 1e12);
  return { fall: rise.map(() => 0), rise, rows: [top, ...steps] };
}

describe('the furthest move', () => {
  it.each([1, -1])('goes as far as another solver() finds possible, and never beyond a limit (%d)', (sign) => {
    fc.assert(
      fc.property(problems, fc.subarray([0, 1, 2], { minLength: 1 }), (problem, columns) => {
        const { changes, isFurthest } = findMove(problem, { columns, by: sign * 100 });
        expectWithinLimits(problem, changes);
        const best = findFurthest(problem, columns, sign);
        expect(isFurthest).toBe(true);
        expect(sign * sumOf(changes, columns)).toBeCloseTo(best, 6);
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it('stops when it has gone as far as wished', () => {
    const problem = { fall: [0], rise: [9], rows: [] };
    expect(findMove(problem, { columns: [0], by: 2 })).toMatchObject({ changes: [2], isFurthest: false });
    expect(findMove(problem, { columns: [0], by: 0 })).toMatchObject({ changes: [0], isFurthest: false });
    expect(findMove(problem, { columns: [0], by: -2 })).toEqual({
      changes: [0],
      isFurthest: true,
      stops: [{ row: null, column: 0, rate: -1 }],
    });
  });

  it('goes exactly as far as wished where that is possible', () => {
    fc.assert(
      fc.property(problems, fc.constantFrom(0.5, -0.5, 2, -2), (problem, by) => {
        const { changes, isFurthest } = findMove(problem, { columns: [0, 1], by });
        const best = findFurthest(problem, [0, 1], Math.sign(by));
        expectWithinLimits(problem, changes);
        expect(Math.sign(by) * sumOf(changes, [0, 1])).toBeCloseTo(Math.min(best, Math.abs(by)), 6);
        if (Math.abs(best - Math.abs(by)) > 1e-6) expect(isFurthest).toBe(best < Math.abs(by));
      }),
      { numRuns: 80, seed: 9 },
    );
  });

  it('names what keeps it from going further', () => {
    const rows = [
      { columns: [0, 1], factors: [1, 1], low: 0, high: 0, lowBy: ['low'], highBy: ['whole'] },
      { columns: [0], factors: [1], low: -9, high: 9, lowBy: [], highBy: ['far'] },
    ];
    const { stops } = findMove({ fall: [0, 1], rise: [5, 5], rows }, { columns: [0], by: 5 });
    expect(stops).toHaveLength(2);
    expect(stops).toEqual(
      expect.arrayContaining([
        { row: 0, column: null, rate: 1 },
        { row: null, column: 1, rate: -1 },
      ]),
    );
  });

  it('names enough: without all other limits it goes no further', () => {
    fc.assert(
      fc.property(problems, fc.constantFrom(1, -1), ({ fall, rise, rows }, sign) => {
        const { changes, stops } = findMove({ fall, rise, rows }, { columns: [0], by: sign * 100 });
        const rateOf = (of: 'row' | 'column', position: number): number =>
          stops.find((stop) => stop[of] === position)?.rate ?? 0;
        const far = fall.map(() => 1000);
        const named = {
          fall: far.map((most, at) => (rateOf('column', at) < 0 ? fall[at]! : most)),
          rise: far.map((most, at) => (rateOf('column', at) > 0 ? rise[at]! : most)),
          rows: rows.map((one, at): MoveRow => {
            const rate = rateOf('row', at);
            return { ...one, low: rate < 0 ? one.low : -Infinity, high: rate > 0 ? one.high : Infinity };
          }),
        };
        expect(findFurthest(named, [0], sign)).toBeCloseTo(sign * changes[0]!, 5);
      }),
      { numRuns: 80, seed: 13 },
    );
  });

  it('finds the furthest also where the way is long', () => {
    expect(findMove(climb(8), { columns: [0], by: 1e12 })).toMatchObject({
      changes: expect.arrayContaining([expect.closeTo(5 ** 8, 3)]) as number[],
      isFurthest: true,
    });
  });

  it('gives up where the way is too long, with what is possible', () => {
    const problem = climb(12);
    const { changes, isFurthest } = findMove(problem, { columns: [0], by: 1e12 });
    expect(isFurthest).toBe(false);
    expect(changes[0]).toBeGreaterThan(1e6);
    expect(changes[0]).toBeLessThan(5 ** 12);
    expectWithinLimits(problem, changes);
  });
});

test('groups are named with what they keep a sum from, the most of it where several of their limits do', () => {
  const row = (lowBy: string[], highBy: string[]): MoveRow => {
    return { columns: [0], factors: [1], low: 0, high: 0, lowBy, highBy };
  };
  const rows = [row(['a'], ['b']), row(['b', 'c'], ['d']), row([], ['b'])];
  const stop = (at: number | null, rate: number) => ({ row: at, column: at === null ? 0 : null, rate });
  expect(listObstacles(rows, [stop(0, 2), stop(1, -3), stop(2, 1), stop(null, 7), stop(null, -7)])).toEqual(
    new Map([
      ['b', 3],
      ['c', 3],
    ]),
  );
  expect(listObstacles(rows, [stop(0, 2), stop(2, 1)])).toEqual(new Map([['b', 2]]));
  expect(listObstacles(rows, [stop(null, 1), stop(9, 1)])).toEqual(new Map());
});
