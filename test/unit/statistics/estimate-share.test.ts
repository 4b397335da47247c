import fc from 'fast-check';
import { buildDesign } from '../../../src/domain/statistics/build-design';
import {
  createShareEstimator,
  estimateShare,
  estimateShareFromCounts,
} from '../../../src/domain/statistics/estimate-share';
import { stratify } from '../../../src/domain/statistics/stratify';
import type { Design, DesignCell, ShareEstimate } from '../../../src/domain/statistics/types';
import { arbitraryWave } from './arbitrary-design';
import type { RandomWave } from './arbitrary-design';

function cell(stratum: string, counts: [frame: number, invited: number, respondents: number]): DesignCell {
  const [frameCount, invitedCount, respondentCount] = counts;
  const organisation = stratum.split('/')[0] ?? '';
  return { stratum, organisation, sector: 'x', frameCount, invitedCount, ineligibleCount: 0, respondentCount };
}

function estimate(cells: DesignCell[], yes: number[], valid = cells.map((own) => own.respondentCount)): ShareEstimate {
  const result = estimateShareFromCounts(stratify(cells), { valid, yes });
  if (!result) throw new Error('The domain is empty.');
  return result;
}

/** Formula 1.3 word for word: influence values of all respondents, strata one by one. */
function estimateNaively(design: Design, wave: RandomWave): { share: number; variance: number; noFpc: number } {
  const inside = wave.inDomain.map((flag, index) => flag && design.varianceStratumOf[index]! >= 0);
  const weight = (index: number) => (inside[index] ? design.weights[index]! : 0);
  const indices = [...inside.keys()];
  const total = indices.reduce((sum, index) => sum + weight(index), 0);
  const share = indices.reduce((sum, index) => sum + (wave.y[index] ? weight(index) : 0), 0) / total;
  const influence = indices.map((index) => (weight(index) * ((wave.y[index] ? 1 : 0) - share)) / total);
  let variance = 0;
  let noFpc = 0;
  for (const stratum of design.varianceStrata) {
    const own = influence.filter((_, index) => design.varianceStratumOf[index] === stratum.index);
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    const squares = own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const term = (own.length / (own.length - 1)) * squares;
    noFpc += term;
    variance += (1 - own.length / stratum.eligibleTotal) * term;
  }
  return { share, variance, noFpc };
}

describe('one unweighted stratum', () => {
  test('a sample without noticeable finite population gives the textbook Wilson interval', () => {
    const result = estimate([cell('a/S', [1_000_000_000, 10, 10])], [8]);
    expect(result.share).toBe(0.8);
    expect(result.effectiveNoFpc).toBeCloseTo(10, 12);
    // R: prop.test(8, 10, correct = FALSE)
    expect(result.lowNoFpc).toBeCloseTo(0.4901624715, 9);
    expect(result.highNoFpc).toBeCloseTo(0.9433178485, 9);
    expect(result.low).toBeCloseTo(0.4901624715, 6);
  });

  test('the variance is (1 - n/N) p (1 - p) / (n - 1)', () => {
    const result = estimate([cell('a/S', [50, 20, 20])], [5]);
    expect(result.se).toBeCloseTo(Math.sqrt(((1 - 20 / 50) * 0.25 * 0.75) / 19), 14);
    expect(result.seNoFpc).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 19), 14);
    expect(result.df).toBe(19);
  });

  test('all yes: no standard error, an interval up to 1, narrower by the finite population', () => {
    const result = estimate([cell('a/S', [20, 20, 10])], [10]);
    expect(result).toMatchObject({ share: 1, se: 0, seNoFpc: 0, high: 1, highNoFpc: 1 });
    expect(result.effectiveNoFpc).toBeCloseTo(10, 12);
    const squared = 1.959963984540054 ** 2;
    expect(result.low).toBeCloseTo(20 / (20 + squared), 9);
    expect(result.lowNoFpc).toBeCloseTo(10 / (10 + squared), 9);
  });

  test('everybody answered: the interval is the share', () => {
    expect(estimate([cell('a/S', [12, 12, 12])], [5])).toMatchObject({ se: 0, low: 5 / 12, high: 5 / 12, flags: [] });
    expect(estimate([cell('a/S', [12, 12, 12])], [0])).toMatchObject({ share: 0, low: 0, high: 0, flags: [] });
  });

  test('one answer of many respondents gives no interval', () => {
    const result = estimate([cell('a/S', [30, 30, 20])], [1], [1]);
    expect(result).toMatchObject({ n: 1, df: 0, low: 1, high: 1, lowNoFpc: 1, highNoFpc: 1, effectiveNoFpc: 0 });
    expect(result.flags).toEqual(['no_interval']);
  });
});

test('answers that only differ between strata have no variance; weights then give the interval', () => {
  const result = estimate([cell('a/S', [40, 40, 20]), cell('b/S', [40, 40, 20])], [20, 0]);
  expect(result).toMatchObject({ share: 0.5, se: 0, seNoFpc: 0 });
  expect(result.effectiveNoFpc).toBeCloseTo(40 * (2.022690920037 / 2.02439416391197) ** 2, 6);
});

test('an empty domain has no estimate', () => {
  const design = stratify([cell('a/S', [10, 10, 5]), cell('b/S', [3, 3, 1])]);
  expect(estimateShareFromCounts(design, { valid: [0, 1], yes: [0, 1] })).toBeNull();
  expect(estimateShareFromCounts(design, { valid: [5, 1], yes: [0, 1] }, [])).toBeNull();
});

test('more valid answers than respondents are refused', () => {
  const design = stratify([cell('a/S', [10, 10, 5])]);
  expect(() => estimateShareFromCounts(design, { valid: [6], yes: [1] })).toThrow(RangeError);
});

describe('flags', () => {
  test('a wide interval is unreliable', () => {
    expect(estimate([cell('a/S', [100, 100, 90])], [45]).flags).toEqual([]);
    expect(estimate([cell('a/S', [30, 10, 10])], [5]).flags).toEqual(['unreliable']);
  });

  test('an interval that is wide for a small share is unreliable', () => {
    expect(estimate([cell('a/S', [100000, 50, 50])], [1]).flags).toEqual(['unreliable']);
    expect(estimate([cell('a/S', [100000, 1000, 1000])], [10]).flags).toEqual([]);
    expect(estimate([cell('a/S', [100000, 50000, 50000])], [2]).flags).toEqual([]);
  });

  test('weights are only flagged where the domain draws on them', () => {
    const cells = [cell('a/S', [100, 100, 20]), cell('b/S', [100, 100, 90])];
    expect(estimate(cells, [10, 45]).flags).toContain('high_nonresponse_adjustment');
    expect(estimate(cells, [0, 45], [0, 90]).flags).toEqual([]);
  });

  test('a careful interval says so, in the order of the alphabet, where there is one', () => {
    const listFlags = (counts: [number, number, number], valid: number, yes: number) =>
      createShareEstimator(stratify([cell('a/S', counts)]), [valid], [0], 'korn_graubard')!([yes]).flags;
    expect(listFlags([100, 100, 90], 90, 45)).toEqual(['conservative']);
    expect(listFlags([30, 10, 10], 10, 5)).toEqual(['conservative', 'unreliable']);
    expect(listFlags([30, 30, 20], 1, 1)).toEqual(['no_interval']);
  });
});

describe('any wave', () => {
  test('share and variance are those of the formula over all respondents', () => {
    fc.assert(
      fc.property(arbitraryWave, (wave) => {
        const design = buildDesign(wave.cells, wave.respondentStrata);
        const result = estimateShare(design, wave);
        const placed = wave.inDomain.filter((flag, index) => flag && design.varianceStratumOf[index]! >= 0).length;
        expect(result?.n ?? 0).toBe(placed);
        if (!result) return;
        const naive = estimateNaively(design, wave);
        expect(Math.abs(result.share - naive.share)).toBeLessThanOrEqual(1e-12);
        expect(Math.abs(result.se ** 2 - naive.variance)).toBeLessThanOrEqual(1e-12);
        expect(Math.abs(result.seNoFpc ** 2 - naive.noFpc)).toBeLessThanOrEqual(1e-12);
      }),
      { numRuns: 300 },
    );
  });

  test('limits enclose the share and the finite population only narrows them', () => {
    fc.assert(
      fc.property(arbitraryWave, (wave) => {
        const result = estimateShare(buildDesign(wave.cells, wave.respondentStrata), wave);
        if (!result) return;
        const ordered = [0, result.lowNoFpc, result.low, result.share, result.high, result.highNoFpc, 1];
        ordered.slice(1).forEach((value, index) => {
          expect(value).toBeGreaterThanOrEqual((ordered[index] ?? 0) - 1e-12);
        });
        expect(result.se).toBeLessThanOrEqual(result.seNoFpc);
        expect(result.effectiveNoFpc).toBeLessThanOrEqual(result.n);
      }),
      { numRuns: 300 },
    );
  });

  test('yes and no mirror each other', () => {
    fc.assert(
      fc.property(arbitraryWave, (wave) => {
        const design = buildDesign(wave.cells, wave.respondentStrata);
        const yes = estimateShare(design, wave);
        const no = estimateShare(design, { inDomain: wave.inDomain, y: wave.y.map((answer) => !answer) });
        if (!yes || !no) {
          expect(yes).toBe(no);
          return;
        }
        expect(no.share).toBeCloseTo(1 - yes.share, 12);
        expect(no.se).toBeCloseTo(yes.se, 12);
        expect(no.low).toBeCloseTo(1 - yes.high, 9);
        expect(no.highNoFpc).toBeCloseTo(1 - yes.lowNoFpc, 9);
      }),
      { numRuns: 200 },
    );
  });

  test('a group given as strata equals the group given as respondents', () => {
    fc.assert(
      fc.property(arbitraryWave, (wave) => {
        const design = buildDesign(wave.cells, wave.respondentStrata);
        const isSchool = (index: number) => wave.cells[index]?.sector === 'school';
        const count = (keep: (respondent: number) => boolean) =>
          design.strata.map(
            (_, stratum) =>
              [...design.stratumOf.keys()].filter((index) => design.stratumOf[index] === stratum && keep(index)).length,
          );
        const counts = {
          valid: count((index) => wave.inDomain[index]!),
          yes: count((index) => wave.inDomain[index]! && wave.y[index]!),
        };
        const inDomain = wave.inDomain.map((flag, index) => flag && isSchool(design.stratumOf[index]!));
        const schools = [...wave.cells.keys()].filter(isSchool);
        expect(estimateShareFromCounts(design, counts, schools)).toEqual(estimateShare(design, { ...wave, inDomain }));
      }),
      { numRuns: 100 },
    );
  });
});
