import fc from 'fast-check';
import { buildStrata, stratumOfUnit } from '../../../../src/domain/fieldwork/build-strata';
import { mergeSealedStrata } from '../../../../src/domain/fieldwork/merge-sealed-strata';
import { sectors, sizes, type FrameUnit, type Sector, type SizeClass } from '../../../../src/domain/fieldwork/types';

function makeUnits(
  organisation: string,
  cells: readonly (readonly [Sector, SizeClass, number, number?])[],
): readonly FrameUnit[] {
  return cells.flatMap(([sector, size, invited, others = 0]) =>
    Array.from({ length: invited + others }, (_, index) => ({
      unit: `${organisation}-${sector}-${size}-${index}`,
      organisation,
      sector,
      type: 'annet',
      size,
      isInvited: index < invited,
    })),
  );
}

const summarise = (units: readonly FrameUnit[], level: 'anonym' | 'fortrolig') =>
  buildStrata(units, level).map(({ code, frameCount, invitedCount }) => `${code} ${invitedCount}/${frameCount}`);

const arbitraryUnits = fc
  .array(
    fc.record({
      organisation: fc.constantFrom('asker', 'oslo', 'vestfold'),
      sector: fc.constantFrom(...sectors),
      size: fc.constantFrom(...sizes),
      isInvited: fc.boolean(),
    }),
    { maxLength: 120 },
  )
  .map((units) => units.map((unit, index): FrameUnit => ({ ...unit, unit: `u${index}`, type: 'annet' })));

describe('strata at opening', () => {
  test('fortrolig keeps every cell of sector and size', () => {
    const units = makeUnits('asker', [
      ['education', 'S', 1],
      ['education', 'L', 2, 3],
      ['culture', 'M', 1],
    ]);
    expect(summarise(units, 'fortrolig')).toEqual([
      'asker:culture:M 1/1',
      'asker:education:S 1/1',
      'asker:education:L 2/5',
    ]);
  });

  test('a cell below five joins the next larger, the last one the next smaller', () => {
    const units = makeUnits('asker', [
      ['education', 'S', 3],
      ['education', 'M', 6],
      ['education', 'L', 5],
      ['health', 'S', 6],
      ['health', 'M', 7],
      ['health', 'L', 1],
    ]);
    expect(summarise(units, 'anonym')).toEqual([
      'asker:education:SM 9/9',
      'asker:education:L 5/5',
      'asker:health:S 6/6',
      'asker:health:ML 8/8',
    ]);
  });

  test('a sector below five joins the smallest other stratum of its organisation', () => {
    const units = makeUnits('asker', [
      ['culture', 'S', 1],
      ['culture', 'L', 2],
      ['social', 'M', 5],
      ['education', 'S', 9],
    ]);
    expect(summarise(units, 'anonym')).toEqual(['asker:culture+social:SML 8/8', 'asker:education:S 9/9']);
    expect(buildStrata(units, 'anonym')[0]).toMatchObject({ sector: null, size: null });
  });

  test('an organisation with fewer than five invited is one stratum of its own', () => {
    const units = [
      ...makeUnits('asker', [
        ['culture', 'S', 1],
        ['social', 'M', 2],
      ]),
      ...makeUnits('oslo', [['culture', 'S', 9]]),
    ];
    expect(summarise(units, 'anonym')).toEqual(['asker:culture+social:SM 3/3', 'oslo:culture:S 9/9']);
  });

  test('any frame: every unit in exactly one stratum, counts add up, codes unique, five invited or the whole organisation', () => {
    fc.assert(
      fc.property(arbitraryUnits, fc.constantFrom('anonym' as const, 'fortrolig' as const), (units, level) => {
        const strata = buildStrata(units, level);
        expect(new Set(strata.map(({ code }) => code)).size).toBe(strata.length);
        for (const stratum of strata) {
          const own = units.filter((unit) => stratumOfUnit(strata, unit) === stratum.code);
          expect(own.length).toBe(stratum.frameCount);
          expect(own.filter(({ isInvited }) => isInvited).length).toBe(stratum.invitedCount);
          const siblings = strata.filter(({ organisation }) => organisation === stratum.organisation);
          if (level === 'anonym' && siblings.length > 1) expect(stratum.invitedCount).toBeGreaterThanOrEqual(5);
          expect(stratum.sector === null).toBe(new Set(own.map(({ sector }) => sector)).size > 1);
        }
        expect(strata.reduce((sum, { frameCount }) => sum + frameCount, 0)).toBe(units.length);
      }),
      { numRuns: 500 },
    );
  });

  test('the order of the frame does not matter', () => {
    fc.assert(
      fc.property(arbitraryUnits, (units) => {
        expect(buildStrata([...units].reverse(), 'anonym')).toEqual(buildStrata(units, 'anonym'));
      }),
    );
  });
});

describe('strata at sealing', () => {
  test('strata with fewer than five responses are merged on, within their sector first', () => {
    const strata = buildStrata(
      makeUnits('asker', [
        ['education', 'S', 8],
        ['education', 'M', 8],
        ['education', 'L', 8],
        ['health', 'S', 10],
      ]),
      'anonym',
    ).map((stratum, index) => ({ ...stratum, ineligibleCount: 1, respondentCount: [4, 7, 6, 9][index] ?? 0 }));
    const sealed = mergeSealedStrata(strata);
    expect(
      sealed.strata.map(({ code, respondentCount, ineligibleCount }) => [code, respondentCount, ineligibleCount]),
    ).toEqual([
      ['asker:education:SM', 11, 2],
      ['asker:education:L', 6, 1],
      ['asker:health:S', 9, 1],
    ]);
    expect(sealed.codes).toEqual({
      'asker:education:S': 'asker:education:SM',
      'asker:education:M': 'asker:education:SM',
      'asker:education:L': 'asker:education:L',
      'asker:health:S': 'asker:health:S',
    });
  });

  test('any outcome: five responses or the whole organisation, totals kept, codes unique, every old code mapped', () => {
    fc.assert(
      fc.property(arbitraryUnits, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (units, draws) => {
        const strata = buildStrata(units, 'anonym').map((stratum) => ({
          ...stratum,
          ineligibleCount: 0,
          respondentCount: Math.floor(Number(draws.next().value) * stratum.invitedCount),
        }));
        const sealed = mergeSealedStrata(strata);
        expect(new Set(sealed.strata.map(({ code }) => code)).size).toBe(sealed.strata.length);
        expect(Object.keys(sealed.codes).sort()).toEqual(strata.map(({ code }) => code).sort());
        for (const stratum of sealed.strata) {
          const parts = strata.filter(({ code }) => sealed.codes[code] === stratum.code);
          expect(stratum.respondentCount).toBe(parts.reduce((sum, part) => sum + part.respondentCount, 0));
          expect(stratum.invitedCount).toBe(parts.reduce((sum, part) => sum + part.invitedCount, 0));
          const siblings = sealed.strata.filter(({ organisation }) => organisation === stratum.organisation);
          if (siblings.length > 1) expect(stratum.respondentCount).toBeGreaterThanOrEqual(5);
        }
      }),
      { numRuns: 500 },
    );
  });
});
