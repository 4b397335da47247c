import fc from 'fast-check';
import { startElimination } from '../../../src/domain/disclosure/elimination';
import { findDerivable } from '../../support/attacker/span';
import { atom } from '../../support/disclosure-networks';

describe('what follows from published sums', () => {
  it('a set is revealed by its own sum, not by a sum that holds more', () => {
    const { wouldReveal } = startElimination([[1, 2]]);
    expect(wouldReveal([1, 2])).toBe(true);
    expect(wouldReveal([0, 1, 2])).toBe(false);
    expect(wouldReveal([1])).toBe(false);
  });

  it('each of several sets is looked after', () => {
    const { wouldReveal } = startElimination([[1], [2]]);
    expect([[1], [2], [1, 2]].map(wouldReveal)).toEqual([true, true, false]);
  });

  it('a set is revealed by the second of two sums that differ by it', () => {
    const { wouldReveal, publish } = startElimination([[2]]);
    publish([0, 1, 2]);
    expect(wouldReveal([0, 1])).toBe(true);
    expect(wouldReveal([0, 2])).toBe(false);
  });

  it('a set is revealed by sums that overlap: first and second without second and third and without first', () => {
    const { wouldReveal, publish } = startElimination([[3]]);
    publish([0, 1]);
    publish([1, 2]);
    // 0 + 3 = (0 + 1) - (1 + 2) + (2 + 3): only with all three known does 3 still depend on 0.
    publish([2, 3]);
    expect(wouldReveal([0])).toBe(true);
    expect(wouldReveal([0, 3])).toBe(false);
  });

  it('a sum that follows from what is published reveals nothing new, even of a set that is known already', () => {
    const { wouldReveal, publish } = startElimination([[0]]);
    publish([0, 1]);
    publish([1]);
    expect(wouldReveal([0])).toBe(false);
    expect(wouldReveal([0, 1])).toBe(false);
  });

  it('keeps the published sums that do not follow from others, as they were given', () => {
    const { publish, basis } = startElimination([]);
    expect(basis()).toEqual([]);
    publish([0, 1, 2]);
    publish([2]);
    publish([0, 1]);
    publish([]);
    publish([1, 3]);
    expect(basis()).toEqual([[0, 1, 2], [2], [1, 3]]);
  });

  const cells = Array.from({ length: 6 }, (_, at) => atom(`o${at}`, 1));
  const sum = fc.subarray([...cells.keys()], { minLength: 1 });

  /** Whether a set follows from sums, by exact fractions. */
  function doesFollow(set: readonly number[], sums: readonly (readonly number[])[]): boolean {
    const isForbidden = (columns: readonly number[]): boolean => columns.join() === set.join();
    return findDerivable(sums, cells, { isForbidden, canGrow: () => true }).length > 0;
  }

  it('finds exactly the sums that would give a set away', () => {
    const seen = { reveals: 0, keeps: 0 };
    fc.assert(
      fc.property(fc.array(sum, { maxLength: 5 }), sum, sum, (sums, set, candidate) => {
        fc.pre(!doesFollow(set, sums));
        const { wouldReveal, publish } = startElimination([set]);
        for (const one of sums) publish(one);
        const isRevealed = doesFollow(set, [...sums, candidate]);
        seen[isRevealed ? 'reveals' : 'keeps']++;
        expect(wouldReveal(candidate)).toBe(isRevealed);
      }),
      { numRuns: 500, seed: 11 },
    );
    expect(Math.min(seen.reveals, seen.keeps)).toBeGreaterThan(50);
  });
});
