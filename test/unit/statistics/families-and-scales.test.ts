import fc from 'fast-check';
import { adjustForFalseDiscovery } from '../../../src/domain/statistics/benjamini-hochberg';
import { cronbachAlpha } from '../../../src/domain/statistics/cronbach-alpha';
import { decideFamily } from '../../../src/domain/statistics/decide-family';
import { findBand } from '../../../src/domain/statistics/find-band';
import { alignAnswers, scaleIndex, type Scale } from '../../../src/domain/statistics/scale-index';
import { adjustForAnyFalseClaim, adjustUnderDependence } from '../../../src/domain/statistics/stepwise-adjustment';

describe('families of tests', () => {
  const policy = { adjustment: 'benjamini_hochberg', relevantDifference: 0.05 } as const;

  test('a claim is both established and relevant', () => {
    const family = [
      { difference: 0.2, p: 0.001 },
      { difference: -0.2, p: 0.002 },
      { difference: 0.04, p: 0.0001 },
      { difference: 0.3, p: 0.2 },
      { difference: 0.3, p: null },
    ];
    const decisions = decideFamily(family, policy);
    expect(decisions.map((one) => one.verdict)).toEqual([
      'above',
      'below',
      'no_clear_difference',
      'no_clear_difference',
      'not_tested',
    ]);
    expect(decisions.map((one) => one.q)).toEqual(adjustForFalseDiscovery(family.map((member) => member.p)));
    const strict = decideFamily(family, { ...policy, relevantDifference: 0.25 });
    expect(strict.map((one) => one.verdict)[0]).toBe('no_clear_difference');
  });

  test('what one test alone would claim, a large family may not', () => {
    const family = Array.from({ length: 20 }, (_, at) => ({ difference: 0.2, p: at === 0 ? 0.04 : 0.9 }));
    expect(decideFamily(family.slice(0, 1), policy)[0]?.verdict).toBe('above');
    expect(decideFamily(family, policy)[0]?.verdict).toBe('no_clear_difference');
  });

  test('stricter adjustments claim less', () => {
    const family = [0.004, 0.02, 0.03, 0.04].map((p) => ({ difference: 0.2, p }));
    const claims = (adjustment: 'benjamini_hochberg' | 'benjamini_yekutieli' | 'holm') =>
      decideFamily(family, { ...policy, adjustment }).filter((one) => one.verdict === 'above').length;
    expect([claims('benjamini_hochberg'), claims('benjamini_yekutieli'), claims('holm')]).toEqual([4, 1, 1]);
  });

  test('adjusted values never fall below their own nor above 1, and keep the order', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }))), (pValues) => {
        for (const adjust of [adjustForAnyFalseClaim, adjustUnderDependence, adjustForFalseDiscovery]) {
          const adjusted = adjust(pValues);
          pValues.forEach((p, at) => {
            const q = adjusted[at] ?? null;
            expect(q === null).toBe(p === null);
            if (p === null || q === null) return;
            expect(q).toBeGreaterThanOrEqual(p * (1 - 1e-12));
            expect(q).toBeLessThanOrEqual(1);
            pValues.forEach((other, index) => {
              if (other !== null && other < p) expect(adjusted[index]).toBeLessThanOrEqual(q);
            });
          });
        }
      }),
    );
  });

  test('an empty family', () => {
    expect(decideFamily([], policy)).toEqual([]);
    expect(adjustUnderDependence([null])).toEqual([null]);
    expect(adjustForAnyFalseClaim([0.3])).toEqual([0.3]);
  });
});

describe('scales', () => {
  const scale: Scale = { minimum: 1, maximum: 5, isReversed: [false, true, false, false, true] };

  test('negatively worded items are turned round, gaps stay', () => {
    expect(alignAnswers(scale, [1, 1, 5, null, 4])).toEqual([1, 5, 5, null, 2]);
  });

  test('the index runs from 0 to 100', () => {
    expect(scaleIndex(scale, [5, 1, 5, 5, 1])).toBe(100);
    expect(scaleIndex(scale, [1, 5, 1, 1, 5])).toBe(0);
    expect(scaleIndex(scale, [3, 3, 3, 3, 3])).toBe(50);
    expect(scaleIndex({ minimum: 0, maximum: 10, isReversed: [true] }, [3])).toBe(70);
  });

  test('three of five answers are enough, two are not; two of four are', () => {
    expect(scaleIndex(scale, [4, null, 5, 3, null])).toBe(75);
    expect(scaleIndex(scale, [4, null, 5, null, null])).toBeNull();
    expect(scaleIndex({ ...scale, isReversed: [] }, [4, 4, null, null])).toBe(75);
    expect(scaleIndex({ ...scale, isReversed: [] }, [4, null, null, null])).toBeNull();
    expect(scaleIndex({ ...scale, isReversed: [] }, [])).toBeNull();
  });

  const respondents = Array.from({ length: 40 }, (_, at) => {
    const base = 1 + (at % 5);
    return [base, Math.min(5, base + (at % 3 === 0 ? 1 : 0)), Math.max(1, base - (at % 4 === 0 ? 1 : 0))];
  });

  test('the same item repeated has alpha 1', () => {
    const result = cronbachAlpha(respondents.map(([first]) => [first!, first!]));
    expect(result).toMatchObject({ itemCount: 2, n: 40, isUsable: true });
    expect(result?.alpha).toBeCloseTo(1, 12);
    expect(result?.low).toBeCloseTo(1, 12);
  });

  test('an item that was not turned round ruins alpha', () => {
    const plain = cronbachAlpha(respondents)!;
    const turned = cronbachAlpha(respondents.map(([first, second, third]) => [first!, 6 - second!, third!]))!;
    expect(plain.alpha).toBeGreaterThan(0.9);
    expect(plain.isUsable).toBe(true);
    expect(turned.alpha).toBeLessThan(0.5);
    expect(turned.isUsable).toBe(false);
    expect(plain.low).toBeLessThan(plain.alpha);
    expect(plain.high).toBeGreaterThan(plain.alpha);
  });

  test('no alpha for one item, fewer than 30 complete respondents or totals without spread', () => {
    expect(cronbachAlpha(respondents.map(([first]) => [first!]))).toBeNull();
    expect(cronbachAlpha(respondents.slice(0, 30))).not.toBeNull();
    expect(cronbachAlpha(respondents.slice(0, 29))).toBeNull();
    const gaps = respondents.map((answers, at) => (at < 11 ? [null, ...answers.slice(1)] : answers));
    expect(cronbachAlpha(gaps)).toBeNull();
    expect(cronbachAlpha(respondents.map((_, at) => [at % 2, 1 - (at % 2)]))).toBeNull();
    expect(cronbachAlpha([])).toBeNull();
  });
});

describe('bands', () => {
  const bands = { lowBelow: 40, highAbove: 60 };

  test('a band is named when the whole interval lies in it', () => {
    expect(findBand(bands, { low: 20, high: 39.9 })).toBe('low');
    expect(findBand(bands, { low: 40, high: 60 })).toBe('middle');
    expect(findBand(bands, { low: 60.1, high: 80 })).toBe('high');
    expect(findBand(bands, { low: 20, high: 40 })).toBe('border');
    expect(findBand(bands, { low: 60, high: 61 })).toBe('border');
    expect(findBand(bands, { low: 20, high: 80 })).toBe('border');
    expect(findBand(bands, null)).toBe('border');
  });
});
