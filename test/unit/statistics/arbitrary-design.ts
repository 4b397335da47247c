import fc from 'fast-check';
import type { DesignCell } from '../../../src/domain/statistics/types';

/** A random wave: cells with consistent counts, and for every respondent stratum, answered and answer. */
export interface RandomWave {
  readonly cells: readonly DesignCell[];
  readonly respondentStrata: readonly string[];
  readonly inDomain: readonly boolean[];
  readonly y: readonly boolean[];
}

const fractions = fc.record({
  frameCount: fc.nat({ max: 40 }),
  invited: fc.double({ min: 0, max: 1, noNaN: true }),
  ineligible: fc.double({ min: 0, max: 0.5, noNaN: true }),
  responding: fc.constantFrom(0, 0.1, 0.3, 0.6, 1),
});

const place = fc.tuple(
  fc.constantFrom('a', 'b', 'c'),
  fc.constantFrom('health', 'school', null),
  fc.constantFrom('1', '2', '3'),
);

const arbitraryCells: fc.Arbitrary<DesignCell[]> = fc
  .uniqueArray(place, { minLength: 1, maxLength: 27, selector: (parts) => parts.join('/') })
  .chain((places) => {
    const sorted = places.sort((first, second) => (first.join('/') < second.join('/') ? -1 : 1));
    return fc.array(fractions, { minLength: places.length, maxLength: places.length }).map((counts) =>
      counts.map((count, index): DesignCell => {
        const [organisation, sector, size] = sorted[index]!;
        const invitedCount = Math.ceil(count.frameCount * count.invited);
        const ineligibleCount = Math.floor(invitedCount * count.ineligible);
        const respondentCount = Math.floor((invitedCount - ineligibleCount) * count.responding);
        const { frameCount } = count;
        const stratum = [organisation, sector, size].join('/');
        return { stratum, organisation, sector, frameCount, invitedCount, ineligibleCount, respondentCount };
      }),
    );
  });

export const arbitraryWave: fc.Arbitrary<RandomWave> = arbitraryCells.chain((cells) => {
  const respondentStrata = cells.flatMap((cell) => new Array<string>(cell.respondentCount).fill(cell.stratum));
  const length = { minLength: respondentStrata.length, maxLength: respondentStrata.length };
  return fc.record({
    cells: fc.constant(cells),
    respondentStrata: fc.constant(respondentStrata),
    inDomain: fc.constantFrom(1, 2, 5).chain((odds) =>
      fc.array(
        fc.nat({ max: odds }).map((draw) => draw > 0),
        length,
      ),
    ),
    y: fc.constantFrom(1, 4).chain((odds) =>
      fc.array(
        fc.nat({ max: odds }).map((draw) => draw > 0),
        length,
      ),
    ),
  });
});
