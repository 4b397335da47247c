import fc from 'fast-check';
import { eliminate, invert, modulus, multiply, normalise, valueAt } from '../../../src/domain/disclosure/modular-rows';
import { rankColumns, reduceRows } from '../../../src/domain/disclosure/reduced-rows';

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
      }),
    );
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

  it('drops sums that follow from others', () => {
    expect(reduceRows([[0], [1], [0, 1]], [0, 1])).toHaveLength(2);
  });
});
