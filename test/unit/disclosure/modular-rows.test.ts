import fc from 'fast-check';
import {
  addMultiple,
  createIndicatorRow,
  eliminate,
  invert,
  isMultiple,
  modulus,
  multiply,
  normalise,
  valueAt,
  type SparseRow,
} from '../../../src/domain/disclosure/modular-rows';
import { rankColumns, reduceRows } from '../../../src/domain/disclosure/reduced-rows';
import { findDerivable } from '../../support/attacker/span';
import { atom } from '../../support/disclosure-networks';

const residue = fc.integer({ min: 1, max: modulus - 1 });

describe('arithmetic modulo a prime', () => {
  it('the modulus is prime and its products are exact', () => {
    let divisor = 2;
    while (divisor * divisor <= modulus && modulus % divisor !== 0) divisor++;
    expect(divisor * divisor).toBeGreaterThan(modulus);
    expect((modulus - 1) ** 2).toBeLessThan(Number.MAX_SAFE_INTEGER);
  });

  it('multiplies like whole numbers of any size', () => {
    fc.assert(
      fc.property(residue, residue, (a, b) => {
        expect(multiply(a, b)).toBe(Number((BigInt(a) * BigInt(b)) % BigInt(modulus)));
      }),
    );
    expect(multiply(modulus - 1, modulus - 1)).toBe(1);
  });

  it('inverts', () => {
    fc.assert(
      fc.property(residue, (a) => {
        expect(multiply(a, invert(a))).toBe(1);
        expect(multiply(a, modulus - invert(a))).toBe(modulus - 1);
      }),
    );
  });

  const width = 8;
  const sparse = fc
    .array(fc.tuple(fc.nat({ max: width - 1 }), fc.constantFrom(1, 2, modulus - 1, modulus - 2)), { maxLength: width })
    .map((entries): SparseRow => {
      const ascending = [...new Map(entries)].sort(([first], [second]) => first - second);
      return { columns: ascending.map(([column]) => column), values: ascending.map(([, value]) => value) };
    });
  const spread = (row: SparseRow): readonly bigint[] => {
    const values = new Map(row.columns.map((column, at) => [column, BigInt(row.values[at]!)]));
    return Array.from({ length: width }, (_, column) => values.get(column) ?? 0n);
  };

  it('reads every coefficient of a row, and 0 beside them', () => {
    fc.assert(
      fc.property(sparse, (row) => {
        const read = Array.from({ length: width + 1 }, (_, column) => valueAt(row, column));
        expect(read.map(BigInt)).toEqual([...spread(row), 0n]);
        expect(valueAt(row, -1)).toBe(0);
      }),
    );
  });

  it('adds rows like long rows of whole numbers, and keeps no zeros', () => {
    fc.assert(
      fc.property(sparse, fc.constantFrom(1, 2, modulus - 1), sparse, (row, factor, other) => {
        const sum = addMultiple(row, factor, other);
        const others = spread(other);
        expect(spread(sum)).toEqual(
          spread(row).map((value, at) => (value + BigInt(factor) * others[at]!) % BigInt(modulus)),
        );
        expect(sum.values).not.toContain(0);
        expect(sum.columns).toEqual([...sum.columns].sort((first, second) => first - second));
      }),
    );
  });

  it('scales a row so that it begins with 1', () => {
    fc.assert(
      fc.property(sparse, (row) => {
        fc.pre(row.columns.length > 0);
        const scaled = normalise(row);
        expect(scaled.values[0]).toBe(1);
        expect(scaled.values.map((value) => multiply(value, row.values[0]!))).toEqual(row.values);
        expect(scaled.columns).toEqual(row.columns);
      }),
    );
  });

  it('knows the same equation by whatever factor, and no other', () => {
    const row = { columns: [0, 2, 5], values: [2, 4, 1] };
    const times = (factor: number): SparseRow => ({ ...row, values: row.values.map((each) => multiply(each, factor)) });
    expect(isMultiple(row, times(3))).toBe(true);
    expect(isMultiple(times(modulus - 7), row)).toBe(true);
    for (const other of [
      { columns: [0, 2, 5], values: [2, 4, 2] },
      { columns: [0, 2, 5], values: [2, 5, 1] },
      { columns: [0, 3, 5], values: [2, 4, 1] },
      { columns: [1, 2, 5], values: [2, 4, 1] },
      { columns: [0, 2, 6], values: [2, 4, 1] },
      { columns: [0, 2], values: [2, 4] },
      { columns: [0, 2, 5, 6], values: [2, 4, 1, 1] },
    ]) {
      expect(isMultiple(row, other)).toBe(false);
      expect(isMultiple(other, row)).toBe(false);
    }
  });

  it('eliminates the first column of the pivot row', () => {
    const row = { columns: [0, 2, 5], values: [3, 4, 1] };
    const pivotRow = normalise({ columns: [2, 5, 7], values: [2, 1, 6] });
    const rest = eliminate(row, pivotRow);
    expect(valueAt(rest, 2)).toBe(0);
    expect(rest).toEqual({ columns: [0, 5, 7], values: [3, modulus - 1, modulus - 12] });
  });

  it('leaves a row without that column alone', () => {
    const row = { columns: [0, 5], values: [3, 1] };
    expect(eliminate(row, { columns: [2, 5], values: [1, 1] })).toBe(row);
  });

  it('brings sums to reduced row echelon form under any column order', () => {
    const sums = [
      [0, 1, 2],
      [1, 2],
      [2, 3],
    ];
    const forward = reduceRows(sums, rankColumns([0, 1, 2, 3]));
    expect(forward.map(({ pivot }) => pivot)).toEqual([0, 1, 2]);
    expect(forward[0]?.row).toEqual({ columns: [0], values: [1] });
    expect(forward[1]?.row).toEqual({ columns: [1, 3], values: [1, modulus - 1] });
    const backward = reduceRows(sums, rankColumns([3, 2, 1, 0]));
    expect(backward.map(({ pivot }) => pivot).sort()).toEqual([0, 2, 3]);
  });

  it('gives rows that each have a pivot no other row holds, first in the order, and that tell the same as the sums', () => {
    const cells = Array.from({ length: 6 }, (_, at) => atom(`o${at}`, 1));
    const sum = fc.subarray([...cells.keys()], { minLength: 1 });
    const derive = (sums: readonly (readonly number[])[]) =>
      findDerivable(sums, cells, { isForbidden: () => true, canGrow: () => true }).map(({ columns }) => columns.join());
    fc.assert(
      fc.property(
        fc.array(sum, { maxLength: 5 }),
        fc.shuffledSubarray([...cells.keys()], { minLength: 6 }),
        (sums, keys) => {
          const order = rankColumns(keys);
          const rows = reduceRows(sums, order);
          for (const { row, pivot } of rows) {
            expect(valueAt(row, pivot)).toBe(1);
            expect(Math.min(...row.columns.map((column) => order[column]!))).toBe(order[pivot]);
            expect(row.columns).toEqual([...row.columns].sort((first, second) => first - second));
            expect(rows.filter((other) => valueAt(other.row, pivot) !== 0)).toHaveLength(1);
          }
          const derivable = derive(sums);
          const unions = rows.filter(({ row }) => row.values.every((value) => value === 1));
          for (const { row } of unions) expect(derivable).toContain(row.columns.join());
          expect(rows).toHaveLength(new Set(rows.map(({ pivot }) => pivot)).size);
          for (const columns of sums) {
            const rest = rows.reduce(
              (left, { row, pivot }) => addMultiple(left, (modulus - valueAt(left, pivot)) % modulus, row),
              createIndicatorRow(columns),
            );
            expect(rest.columns).toEqual([]);
          }
        },
      ),
      { numRuns: 200, seed: 13 },
    );
  });

  it('ranks columns by their keys, those with the same key as they stand', () => {
    expect(rankColumns([5, -1, 5, 0])).toEqual([2, 0, 3, 1]);
    expect(rankColumns([])).toEqual([]);
  });

  it('drops sums that follow from others', () => {
    expect(reduceRows([[0], [1], [0, 1]], [0, 1])).toHaveLength(2);
  });
});
