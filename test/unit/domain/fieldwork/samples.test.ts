import fc from 'fast-check';
import { allocateSample } from '../../../../src/domain/fieldwork/allocate-sample';
import { drawSample, isSampleCurrent, planSample } from '../../../../src/domain/fieldwork/draw-sample';
import { sectors, sizes, type FrameUnit } from '../../../../src/domain/fieldwork/types';

const strataOf = (...counts: number[]) => counts.map((frameCount, index) => ({ code: `s${index}`, frameCount }));
const allocate = (counts: number[], wanted: number, minimum: number) =>
  [...allocateSample(strataOf(...counts), wanted, minimum).values()].join(' ');

describe('allocation', () => {
  test('is proportional, with what is left to the largest remainders', () => {
    // Shares 4.4, 2.8, 1.6 and 1.2 of 10: one each for the remainders .8 and .6.
    expect(allocate([44, 28, 16, 12], 10, 0)).toBe('4 3 2 1');
    // Equal remainders go in the order given.
    expect(allocate([10, 10, 10], 10, 0)).toBe('4 3 3');
  });

  test('holds the minimum, or all of a stratum that is smaller', () => {
    expect(allocate([90, 8, 1], 20, 3)).toBe('16 3 1');
    expect(allocate([90, 8, 1], 4, 3)).toBe('3 3 1');
    expect(allocate([90, 8, 1], 500, 3)).toBe('90 8 1');
    expect(allocate([], 5, 2)).toBe('');
  });

  test('never takes more than there are, nor less than the minimum, and gives out exactly what was asked for', () => {
    const cells = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 18 });
    fc.assert(
      fc.property(cells, fc.nat(3000), fc.nat(10), (counts, wanted, minimum) => {
        const allocated = [...allocateSample(strataOf(...counts), wanted, minimum).values()];
        const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
        const least = counts.map((count) => Math.min(count, minimum));
        allocated.forEach((taken, index) => {
          expect(taken).toBeGreaterThanOrEqual(least[index]!);
          expect(taken).toBeLessThanOrEqual(counts[index]!);
        });
        expect(sum(allocated)).toBe(Math.min(sum(counts), Math.max(sum(least), wanted)));
      }),
    );
  });
});

function makeFrame(count: number): readonly FrameUnit[] {
  return Array.from({ length: count }, (_, index) => ({
    unit: `unit-${index}`,
    organisation: index % 3 === 0 ? 'oslo' : 'asker',
    sector: sectors[index % 2]!,
    type: 'annet',
    size: sizes[index % 5 === 0 ? 1 : 0],
    isInvited: false,
  }));
}

const plan = { organisations: { asker: 60 }, minimum: 2 };

describe('drawing', () => {
  const frame = makeFrame(300);

  test('takes from each stratum what is allocated, and all of an organisation that is not named', () => {
    const drawn = drawSample(frame, plan, 'seed');
    for (const { organisation, sector, size, frameCount, drawnCount } of planSample(frame, plan)) {
      const own = frame.filter(
        (unit) => unit.organisation === organisation && unit.sector === sector && unit.size === size,
      );
      expect([own.length, own.filter(({ unit }) => drawn.has(unit)).length]).toEqual([frameCount, drawnCount]);
    }
    expect(drawn.size).toBe(160);
  });

  test('gives the same units for the same seed in any order of rows, others for another seed', () => {
    const drawn = [...drawSample(frame, plan, 'seed')].sort();
    fc.assert(
      fc.property(fc.shuffledSubarray([...frame], { minLength: frame.length }), (shuffled) => {
        expect([...drawSample(shuffled, plan, 'seed')].sort()).toEqual(drawn);
      }),
      { numRuns: 5 },
    );
    expect([...drawSample(frame, plan, 'another')].sort()).not.toEqual(drawn);
  });

  test('includes every unit of a stratum about equally often', () => {
    const small = Array.from({ length: 10 }, (_, index): FrameUnit => ({
      ...makeFrame(1)[0]!,
      unit: `u${index}`,
      organisation: 'asker',
    }));
    const counts = new Map(small.map(({ unit }) => [unit, 0]));
    const draws = 2000;
    for (let seed = 0; seed < draws; seed += 1) {
      for (const unit of drawSample(small, { organisations: { asker: 3 }, minimum: 1 }, String(seed)))
        counts.set(unit, counts.get(unit)! + 1);
    }
    // Expected 600 each with a standard deviation of 20.5: five of them on either side.
    for (const count of counts.values()) expect(Math.abs(count - 600)).toBeLessThan(103);
  });

  test('a known draw stays as it is', () => {
    const small = makeFrame(12);
    expect([...drawSample(small, { organisations: { asker: 4, oslo: 2 }, minimum: 1 }, 'fixed')].sort())
      .toMatchInlineSnapshot(`
      [
        "unit-0",
        "unit-10",
        "unit-3",
        "unit-4",
        "unit-5",
        "unit-6",
        "unit-7",
      ]
    `);
  });

  test('is no longer current when a unit has come', () => {
    const sample = { plan, seed: 'seed' };
    const drawn = drawSample(frame, plan, 'seed');
    const marked = frame.map((unit) => ({ ...unit, isInvited: drawn.has(unit.unit) }));
    expect(isSampleCurrent(marked, sample)).toBe(true);
    expect(
      isSampleCurrent([...marked, { ...marked[1]!, unit: 'new', isInvited: false }], {
        ...sample,
        plan: { ...plan, organisations: {} },
      }),
    ).toBe(false);
    expect(isSampleCurrent(marked.slice(1), { ...sample, plan: { organisations: { asker: 61 }, minimum: 2 } })).toBe(
      false,
    );
  });
});
