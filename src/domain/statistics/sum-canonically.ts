import { sum } from './sum';

/**
 * Adds numbers in rising order with a running correction, so that the result is the same to the last bit in whatever
 * order the rows arrive.
 * Source: Neumaier (1974), ZAMM 54, over sorted addends.
 * @param values - finite numbers in any order
 * @returns their sum; 0 for none
 */
export function sumCanonically(values: ArrayLike<number>): number {
  return sum(Float64Array.from(values).sort());
}
