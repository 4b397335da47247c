import fc from 'fast-check';
import { estimateSampleShare } from '../../../src/domain/statistics/estimate-sample-share';
import { effectiveSampleSize, type PrecisionInput } from '../../../src/domain/statistics/effective-sample-size';
import { kornGraubardInterval, kornGraubardSize } from '../../../src/domain/statistics/korn-graubard';
import { findShareLimits } from '../../../src/domain/statistics/share-limits';
import { wilsonInterval } from '../../../src/domain/statistics/wilson';
import { answersTo, expectFigures, inDomain, stored, textIn, workplaces } from './sample-reference';

/** Precision of a group of the reference sample, as the estimate itself has it. */
function precisionOf(group: string): PrecisionInput {
  const answers = { inDomain: inDomain(group, 'share'), y: answersTo('share') };
  const { n, share, df, se, seNoFpc } = estimateSampleShare(workplaces, answers)!;
  return { n, share, df, variance: { withFpc: se ** 2, noFpc: seNoFpc ** 2 }, kishEffect: 1, weightedFpc: 1 };
}

const groups = stored.exact.map((row) => ({ row, precision: precisionOf(textIn(row, 'group')) }));

describe('the conservative interval', () => {
  test.each(groups)('is that of R survey: $row.group', ({ row, precision }) => {
    const { low, high } = findShareLimits(precision, 'korn_graubard');
    expectFigures(row, { low, high }, 1e-6);
  });

  test('has no more answers behind it than Wilson’s where the design effect is below 1', () => {
    const variance = { withFpc: 0.0006, noFpc: 0.0012 };
    const precision = { n: 50, share: 0.4, df: 49, variance, kishEffect: 1, weightedFpc: 1 };
    const size = effectiveSampleSize(precision).withFpc;
    expect(kornGraubardSize({ ...precision, variance: variance.withFpc })).toBeGreaterThan(size);
    expect(findShareLimits(precision, 'korn_graubard')).toMatchObject(kornGraubardInterval(0.4, size));
  });

  test('is at least as wide as Wilson’s and holds the share', () => {
    const precisions = fc.record({
      n: fc.integer({ min: 2, max: 3000 }),
      part: fc.double({ min: 0.02, max: 0.98, noNaN: true }),
      effect: fc.double({ min: 0.3, max: 4, noNaN: true }),
      remaining: fc.double({ min: 0.05, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(precisions, ({ n, part, effect, remaining }) => {
        const noFpc = (effect * part * (1 - part)) / (n - 1);
        const variance = { withFpc: noFpc * remaining, noFpc };
        const precision = { n, share: part, df: n - 1, variance, kishEffect: 1, weightedFpc: remaining };
        const [careful, usual] = [findShareLimits(precision, 'korn_graubard'), findShareLimits(precision, 'wilson')];
        expect(careful.high - careful.low).toBeGreaterThan(usual.high - usual.low - 1e-9);
        expect(careful.low).toBeLessThan(part);
        expect(careful.high).toBeGreaterThan(part);
      }),
    );
  });

  test('of a share of 0 rests on what the weights say', () => {
    const variance = { withFpc: 0, noFpc: 0 };
    const precision = { n: 10, share: 0, df: 9, variance, kishEffect: 1.25, weightedFpc: 0.5 };
    expect(findShareLimits(precision, 'korn_graubard')).toMatchObject(kornGraubardInterval(0, 16));
  });

  test.each([0, 1])('of a share of %i, too, when rounding left a trace of variance', (share) => {
    const variance = { withFpc: 1e-33, noFpc: 1e-33 };
    const precision = { n: 10, share, df: 9, variance, kishEffect: 1.25, weightedFpc: 0.5 };
    expect(effectiveSampleSize(precision)).toEqual({ withFpc: 16, noFpc: 8 });
    expect(findShareLimits(precision, 'korn_graubard')).toMatchObject(kornGraubardInterval(share, 16));
  });

  test('of a census is the share itself', () => {
    const precision = {
      n: 12,
      share: 0.25,
      df: 11,
      variance: { withFpc: 0, noFpc: 0.02 },
      kishEffect: 1,
      weightedFpc: 0,
    };
    expect(findShareLimits(precision, 'korn_graubard')).toMatchObject({ low: 0.25, high: 0.25 });
  });
});

test.each(groups)('tests use Wilson’s limits without fpc by either method: $row.group', ({ precision }) => {
  const [careful, usual] = [findShareLimits(precision, 'korn_graubard'), findShareLimits(precision, 'wilson')];
  const tested = wilsonInterval(precision.share, usual.effectiveNoFpc);
  expect([usual.lowNoFpc, usual.highNoFpc]).toEqual([tested.low, tested.high]);
  expect([careful.lowNoFpc, careful.highNoFpc, careful.effectiveNoFpc]).toEqual([
    usual.lowNoFpc,
    usual.highNoFpc,
    usual.effectiveNoFpc,
  ]);
  expect(careful.low).not.toBe(usual.low);
});

test('without degrees of freedom there is no interval', () => {
  const precision = { ...groups[0]!.precision, df: 0 };
  const { share } = precision;
  const none = { low: share, high: share, lowNoFpc: share, highNoFpc: share, effectiveNoFpc: 0 };
  expect(findShareLimits(precision, 'korn_graubard')).toEqual(none);
});
