import fc from 'fast-check';
import { buildDesign } from '../../../src/domain/statistics/build-design';
import { variationOfWeights } from '../../../src/domain/statistics/flag-weights';
import { stratify } from '../../../src/domain/statistics/stratify';
import type { DesignCell } from '../../../src/domain/statistics/types';
import { arbitraryWave } from './arbitrary-design';

const full: DesignCell = {
  stratum: 'S',
  organisation: 'a',
  sector: 'x',
  frameCount: 30,
  invitedCount: 10,
  ineligibleCount: 2,
  respondentCount: 4,
};

test('weight = frame / invited, times eligible invited / respondents', () => {
  const design = buildDesign([full], ['S', 'S', 'S', 'S']);
  expect([...design.weights]).toEqual([6, 6, 6, 6]);
  expect(design.varianceStrata).toEqual([
    { index: 0, organisation: 'a', strata: ['S'], respondentCount: 4, eligibleTotal: 24, adjustment: 2, flags: [] },
  ]);
});

test('base weights differ inside a merged stratum, the adjustment is common', () => {
  const large = { ...full, stratum: 'L', frameCount: 5, invitedCount: 5, ineligibleCount: 0, respondentCount: 1 };
  const design = buildDesign([full, large], ['S', 'L', 'S', 'S', 'S']);
  const adjustment = (24 + 5) / (12 + 1);
  expect(design.varianceStrata[0]?.adjustment).toBeCloseTo(adjustment, 12);
  expect(design.weights[0]).toBeCloseTo(3 * adjustment, 12);
  expect(design.weights[1]).toBeCloseTo(adjustment, 12);
});

test('more than three eligible per respondent is flagged', () => {
  expect(stratify([{ ...full, respondentCount: 2 }]).varianceStrata[0]?.flags).toEqual(['high_nonresponse_adjustment']);
});

test('an organisation whose weights vary more than their mean is flagged', () => {
  const census = { ...full, stratum: 'L', frameCount: 40, invitedCount: 40, ineligibleCount: 0, respondentCount: 40 };
  const sampled = { ...full, frameCount: 80, invitedCount: 10, ineligibleCount: 0, respondentCount: 10 };
  const design = stratify([sampled, census]);
  const even = stratify([{ ...sampled, frameCount: 55 }, census]);
  expect(design.varianceStrata.map((stratum) => stratum.flags)).toEqual([['variable_weights'], ['variable_weights']]);
  expect(even.varianceStrata.map((stratum) => stratum.flags)).toEqual([[], []]);
  expect(stratify([{ ...sampled, organisation: 'b' }, census]).varianceStrata.flatMap(({ flags }) => flags)).toEqual(
    [],
  );
});

test('variation of weights is the standard deviation over the mean', () => {
  const groups = [
    { respondentCount: 2, weight: 1 },
    { respondentCount: 2, weight: 3 },
  ];
  expect(variationOfWeights(groups)).toBeCloseTo(0.5, 12);
});

test('respondents of an organisation without variance have no weight and no variance stratum', () => {
  const single = { ...full, stratum: 'T', organisation: 'b', respondentCount: 1 };
  const design = buildDesign([full, single], ['S', 'S', 'T', 'S', 'S']);
  expect(design.organisationsWithoutVariance).toEqual(['b']);
  expect(design.weights[2]).toBe(0);
  expect(design.varianceStratumOf[2]).toBe(-1);
});

test('a stratum where nobody was invited is not covered', () => {
  const uninvited = { ...full, stratum: 'L', invitedCount: 0, ineligibleCount: 0, respondentCount: 0 };
  expect(stratify([full, uninvited]).varianceStrata[0]?.eligibleTotal).toBe(24);
});

test('contradicting counts are refused', () => {
  expect(() => stratify([{ ...full, invitedCount: 31 }])).toThrow('Stratum S');
  expect(() => stratify([{ ...full, respondentCount: 9 }])).toThrow('Stratum S');
  expect(() => stratify([{ ...full, ineligibleCount: 11, respondentCount: 0 }])).toThrow('Stratum S');
  expect(() => stratify([full, full])).toThrow('twice');
  expect(() => buildDesign([full], ['S', 'S', 'S'])).toThrow('3 respondents');
  expect(() => buildDesign([full], ['S', 'S', 'S', 'X'])).toThrow('Stratum X');
});

test('weights of all respondents add up to the eligible units of the organisations that answered', () => {
  fc.assert(
    fc.property(arbitraryWave, ({ cells, respondentStrata }) => {
      const design = buildDesign(cells, respondentStrata);
      const weights = design.weights.reduce((total, weight) => total + weight, 0);
      const eligible = design.varianceStrata.reduce((total, stratum) => total + stratum.eligibleTotal, 0);
      expect(Math.abs(weights - eligible)).toBeLessThanOrEqual(1e-9 * Math.max(1, eligible));
    }),
  );
});
