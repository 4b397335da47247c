import fc from 'fast-check';
import { buildDesign } from '../../../src/domain/statistics/build-design';
import { createShareEstimator, estimateShareFromCounts } from '../../../src/domain/statistics/estimate-share';
import { estimateCovariance } from '../../../src/domain/statistics/linearised-variance';
import { describeShareDomain } from '../../../src/domain/statistics/share-domain';
import { estimateShareVariance } from '../../../src/domain/statistics/share-variance';
import { tallyAnswers } from '../../../src/domain/statistics/tally-answers';
import { upperTQuantile } from '../../../src/domain/statistics/upper-t-quantile';
import { arbitraryWave } from './arbitrary-design';

test('counts give the variance that influence values of every respondent give', () => {
  fc.assert(
    fc.property(arbitraryWave, (wave) => {
      const design = buildDesign(wave.cells, wave.respondentStrata);
      const { valid, yes } = tallyAnswers(design, { inDomain: wave.inDomain, y: wave.y });
      const domain = describeShareDomain(design, valid, [...design.strata.keys()]);
      fc.pre(domain !== null);
      const picked = Float64Array.from(domain.strata, (index) => yes[index] ?? 0);
      const share = estimateShareFromCounts(design, { valid, yes })!.share;
      const inside = [...design.stratumOf.keys()].filter(
        (index) => wave.inDomain[index] && design.varianceStratumOf[index]! >= 0,
      );
      const influence = Float64Array.from(
        inside,
        (index) => (design.weights[index]! * ((wave.y[index] ? 1 : 0) - share)) / domain.totalWeight,
      );
      const expected = estimateCovariance(design.varianceStrata, {
        varianceStratumOf: Int32Array.from(inside, (index) => design.varianceStratumOf[index]!),
        counts: new Float64Array(inside.length).fill(1),
        first: influence,
        second: influence,
      });
      const found = estimateShareVariance(domain, picked, share);
      expect(found.withFpc).toBeCloseTo(expected.withFpc, 14);
      expect(found.noFpc).toBeCloseTo(expected.noFpc, 14);
    }),
  );
});

test('one preparation serves every option', () => {
  const cells = ['S', 'M'].map((size) => ({
    stratum: `a/${size}`,
    organisation: 'a',
    sector: 'x',
    frameCount: 40,
    invitedCount: 30,
    ineligibleCount: 0,
    respondentCount: 20,
  }));
  const strata = cells.flatMap(({ stratum }) => Array.from({ length: 20 }, () => stratum));
  const design = buildDesign(cells, strata);
  const valid = [18, 20];
  const estimate = createShareEstimator(design, valid, [0, 1]);
  for (const yes of [
    [0, 0],
    [5, 17],
    [18, 20],
  ]) {
    expect(estimate?.(yes)).toEqual(estimateShareFromCounts(design, { valid, yes }));
  }
  expect(createShareEstimator(design, [0, 0], [0, 1])).toBeNull();
  expect(() => createShareEstimator(design, [21, 20], [0, 1])).toThrow(RangeError);
});

test('a quantile is the same the second time', () => {
  // R: qt(0.975, 7)
  expect(upperTQuantile(7)).toBeCloseTo(2.364624251592785, 12);
  expect(upperTQuantile(7)).toBe(upperTQuantile(7));
});
