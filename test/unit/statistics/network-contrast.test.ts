import fc from 'fast-check';
import { buildDesign } from '../../../src/domain/statistics/build-design';
import { compareWithNetwork } from '../../../src/domain/statistics/compare-with-network';
import { estimateSampleShare } from '../../../src/domain/statistics/estimate-sample-share';
import { estimateShareFromCounts } from '../../../src/domain/statistics/estimate-share';
import { createNetworkContrast } from '../../../src/domain/statistics/network-contrast';
import { sampleOfDesign } from '../../../src/domain/statistics/sample';
import { stratify } from '../../../src/domain/statistics/stratify';
import { tallyAnswers } from '../../../src/domain/statistics/tally-answers';
import type { DesignCell } from '../../../src/domain/statistics/types';
import { arbitraryWave } from './arbitrary-design';
import { expectWithin } from './reference';

describe('own against the network including own, from counts', () => {
  test('is the same as from respondents, strata and item non-response included', () => {
    let compared = 0;
    fc.assert(
      fc.property(arbitraryWave, ({ cells, respondentStrata, inDomain, y }) => {
        const design = buildDesign(cells, respondentStrata);
        const sample = sampleOfDesign(design);
        const organisationOf = respondentStrata.map((code) => code.split('/')[0]);
        const counts = tallyAnswers(design, { inDomain, y });
        const strataOf = (isIn: (organisation: string) => boolean) =>
          design.strata.flatMap(({ organisation }, index) => (isIn(organisation) ? [index] : []));
        const shares = (isIn: (organisation: string) => boolean) => ({
          ofSample: estimateSampleShare(sample, {
            inDomain: inDomain.map((inside, at) => inside && isIn(organisationOf[at] ?? '')),
            y,
          }),
          ofCounts: estimateShareFromCounts(design, counts, strataOf(isIn)),
        });
        const contrast = createNetworkContrast(
          design,
          counts,
          strataOf(() => true),
        );
        const network = shares(() => true);
        for (const organisation of ['a', 'b', 'c']) {
          const own = shares((one) => one === organisation);
          const rest = shares((one) => one !== organisation);
          if (!own.ofSample || !rest.ofSample || !network.ofSample) continue;
          if (!own.ofCounts || !rest.ofCounts || !network.ofCounts) continue;
          const expected = compareWithNetwork(sample, {
            own: own.ofSample,
            rest: rest.ofSample,
            network: network.ofSample,
          });
          const actual = contrast(organisation, {
            own: own.ofCounts,
            rest: rest.ofCounts,
            network: network.ofCounts,
          });
          for (const name of ['difference', 'low', 'high', 'ownPart'] as const) {
            expectWithin(actual[name], expected[name], 1e-9);
          }
          // A variance of nothing but rounding is the square of what it makes of the standard error.
          expectWithin(actual.se, expected.se, 1e-7);
          expect(actual.df).toBe(expected.df);
          expect(actual.p === null).toBe(expected.p === null);
          if (expected.se > 1e-6 && expected.p !== null) expectWithin(actual.p ?? Number.NaN, expected.p, 1e-7);
          compared += 1;
        }
      }),
      { numRuns: 600 },
    );
    expect(compared).toBeGreaterThan(30);
  });

  test('worked out by hand: two organisations, one stratum each, everybody of the same weight', () => {
    const cell = (organisation: string): DesignCell => ({
      stratum: organisation,
      organisation,
      sector: null,
      frameCount: 20,
      invitedCount: 20,
      ineligibleCount: 0,
      respondentCount: 10,
    });
    const design = stratify([cell('a'), cell('b')]);
    const counts = { valid: [10, 10], yes: [8, 4] };
    const share = (domain: number[]) => {
      const found = estimateShareFromCounts(design, counts, domain);
      if (found === null) throw new RangeError('no answers');
      return found;
    };
    const result = createNetworkContrast(
      design,
      counts,
      [0, 1],
    )('a', {
      own: share([0]),
      rest: share([1]),
      network: share([0, 1]),
    });
    // 0.8 - 0.6; half of own minus rest, whose variance is 0.8 * 0.2 / 9 + 0.4 * 0.6 / 9.
    expect(result.difference).toBeCloseTo(0.2, 12);
    expect(result.ownPart).toBeCloseTo(0.5, 12);
    expect(result.se).toBeCloseTo(0.5 * Math.sqrt(0.16 / 9 + 0.24 / 9), 12);
    expect(result.df).toBe(18);
  });
});
