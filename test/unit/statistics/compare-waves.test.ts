import fc from 'fast-check';
import { comparePanel } from '../../../src/domain/statistics/compare-panel';
import { compareShares } from '../../../src/domain/statistics/compare-shares';
import { compareWaves, type WaveAnswers } from '../../../src/domain/statistics/compare-waves';
import { estimateSampleShare } from '../../../src/domain/statistics/estimate-sample-share';
import {
  joinOrganisations,
  leaveOutIncomparable,
  renameOrganisations,
} from '../../../src/domain/statistics/join-organisations';
import { stackWaves } from '../../../src/domain/statistics/stack-waves';
import { groupUnits } from '../../../src/domain/statistics/unit-totals';
import { expectWithin } from './reference';

interface Row {
  readonly unit: string | null;
  readonly organisation: string;
  readonly y: number;
  readonly inside?: boolean;
}

function wave(rows: readonly Row[], hasPseudonyms = true): WaveAnswers {
  const organisations = [...new Set(rows.map((row) => row.organisation))];
  const counts = organisations.map((own) => rows.filter((row) => row.organisation === own).length);
  return {
    sample: {
      strata: counts.map((sampled) => ({ sampled, population: 3 * sampled })),
      stratumOf: Int32Array.from(rows, (row) => organisations.indexOf(row.organisation)),
      unitOf: Int32Array.from(rows.keys()),
      weights: new Float64Array(rows.length).fill(3),
      calibration: null,
    },
    organisationOf: rows.map((row) => row.organisation),
    pseudonymOf: hasPseudonyms ? rows.map((row) => row.unit) : null,
    answers: { inDomain: rows.map((row) => row.inside ?? true), y: rows.map((row) => row.y) },
  };
}

function rows(count: number, yes: number, options: { from?: number; organisation?: string } = {}): Row[] {
  const { from = 0, organisation = 'a' } = options;
  return Array.from({ length: count }, (_, at) => {
    return { unit: `u${from + at}`, organisation, y: at < yes ? 1 : 0 };
  });
}

describe('change between waves', () => {
  test('the same units with the same answers do not change, without any doubt', () => {
    const result = compareWaves(wave(rows(40, 20)), wave(rows(40, 20)));
    expect(result).toMatchObject({ difference: 0, se: 0, p: null, overlap: { kind: 'linked', commonUnitCount: 40 } });
    expect(result!.high - result!.low).toBeLessThan(1e-6);
    const unlinked = compareWaves(wave(rows(40, 20), false), wave(rows(40, 20), false));
    expect(unlinked).toMatchObject({ difference: 0, p: 1, overlap: { kind: 'unlinked' } });
    expect(unlinked!.high - unlinked!.low).toBeGreaterThan(0.3);
  });

  test('other units make two independent samples', () => {
    const [earlier, later] = [wave(rows(40, 20)), wave(rows(50, 35, { from: 100 }))];
    const linked = compareWaves(earlier, later)!;
    const unlinked = compareWaves(earlier, { ...later, pseudonymOf: null })!;
    expect(linked.overlap).toEqual({ kind: 'linked', commonUnitCount: 0 });
    expect(linked.difference).toBeCloseTo(0.2, 12);
    expect(unlinked.df).toBe(88);
    expect(linked.df).toBe(89);
    expect(linked.se).toBeCloseTo(unlinked.se, 2);
    expect(linked.p).toBeCloseTo(unlinked.p!, 2);
  });

  test('without pseudonyms in either wave the covariance is taken as 0', () => {
    const [earlier, later] = [wave(rows(40, 20)), wave(rows(50, 35), false)];
    const shareOf = ({ sample, answers }: WaveAnswers) => estimateSampleShare(sample, answers)!;
    const expected = compareShares(shareOf(later), shareOf(earlier));
    expect(compareWaves(earlier, later)).toEqual({ ...expected, overlap: { kind: 'unlinked' } });
  });

  test('units that answered alike twice narrow the interval; the other way about they widen it', () => {
    const width = (laterYes: (at: number) => boolean) => {
      const later = rows(40, 0).map((row, at) => ({ ...row, y: laterYes(at) ? 1 : 0 }));
      const { low, high } = compareWaves(wave(rows(40, 20)), wave(later))!;
      return high - low;
    };
    const alike = width((at) => at < 22);
    const mixed = width((at) => at % 2 === 0);
    const opposite = width((at) => at >= 20);
    expect(alike).toBeLessThan(mixed);
    expect(mixed).toBeLessThan(opposite);
  });

  test('the covariance of simple samples is n12 s12 / (n1 n2)', () => {
    const earlier = rows(6, 3);
    const later = [1, 0, 1, 1, 0].map((y, at) => ({ unit: `u${at + 2}`, organisation: 'a', y }));
    const stacked = stackWaves(wave(earlier), wave(later));
    expect(stacked.commonUnitCount).toBe(4);
    expect(groupUnits(stacked.sample)[0]).toHaveLength(7);
    // Both shares, deviations of the common units u2 to u5.
    const products = [2, 3, 4, 5].reduce((sum, unit) => sum + (earlier[unit]!.y - 0.5) * (later[unit - 2]!.y - 0.6), 0);
    const variances = (6 * 0.25) / 36 + (5 * 0.24) / 25;
    const result = compareWaves(wave(earlier), wave(later))!;
    expectWithin(result.se ** 2, (7 / 6) * (variances - (2 * products) / 30), 1e-12);
  });

  test('the same pseudonym in another organisation is another unit', () => {
    const [earlier, later] = [rows(5, 2), [...rows(5, 2, { organisation: 'b' }), ...rows(2, 1)]];
    const stacked = stackWaves(wave(earlier), wave(later));
    expect(stacked.commonUnitCount).toBe(2);
    expect(stacked.sample.strata).toEqual([
      { sampled: 5, population: Infinity },
      { sampled: 5, population: Infinity },
    ]);
    expect(stacked.firstLength).toBe(5);
  });

  test('a respondent without pseudonym is a unit of its own', () => {
    const some = rows(6, 3).map((row, at) => ({ ...row, unit: at < 4 ? null : row.unit }));
    const stacked = stackWaves(wave(some), wave(some));
    expect(stacked.commonUnitCount).toBe(2);
    expect(groupUnits(stacked.sample)[0]).toHaveLength(10);
  });

  test('sparse shares are shown without a test, empty groups not at all', () => {
    const [few, many] = [wave(rows(40, 1)), wave(rows(40, 20))];
    expect(compareWaves(few, many)!.p).toBeNull();
    expect(compareWaves(many, few)!.p).toBeNull();
    expect(compareWaves(many, few)!.low).toBeLessThan(-0.475);
    const nobody = wave(rows(4, 2).map((row) => ({ ...row, inside: false })));
    expect(compareWaves(nobody, many)).toBeNull();
    expect(compareWaves(many, nobody)).toBeNull();
    const single = wave(rows(4, 2).map((row, at) => ({ ...row, inside: at === 0 })));
    expect(compareWaves(single, many)).toMatchObject({ difference: -0.5, low: -0.5, high: -0.5, p: null });
    expect(compareWaves(many, single)).toMatchObject({ difference: 0.5, low: 0.5, high: 0.5, p: null });
  });

  test('two answers are enough for an interval', () => {
    const [few, many] = [wave(rows(2, 1, { from: 90 })), wave(rows(40, 20))];
    for (const result of [compareWaves(few, many), compareWaves(many, few)]) {
      expect(result!.p).toBeNull();
      expect(result!.high - result!.low).toBeGreaterThan(0.5);
    }
  });

  test('turned round it is the same change backwards', () => {
    const pair = fc.array(fc.record({ first: fc.nat({ max: 1 }), second: fc.nat({ max: 1 }), both: fc.boolean() }), {
      minLength: 8,
      maxLength: 40,
    });
    fc.assert(
      fc.property(pair, (units) => {
        const first = wave(units.map((unit, at) => ({ unit: `u${at}`, organisation: 'a', y: unit.first })));
        const second = wave(
          units.map((unit, at) => ({ unit: `u${unit.both ? at : at + 100}`, organisation: 'a', y: unit.second })),
        );
        const [there, back] = [compareWaves(first, second)!, compareWaves(second, first)!];
        expectWithin(there.difference, -back.difference, 1e-12);
        expectWithin(there.low, -back.high, 1e-9);
        expectWithin(there.se, back.se, 1e-9);
        expect(there.low).toBeLessThanOrEqual(there.difference);
        expect(there.high).toBeGreaterThanOrEqual(there.difference);
      }),
    );
  });

  test('organisations without variance are left out of both waves', () => {
    const extra = wave([...rows(10, 4), { unit: 'x', organisation: 'b', y: 1 }]);
    const stratumOf = extra.sample.stratumOf.map((stratum) => (stratum === 1 ? -1 : stratum));
    const earlier = { ...extra, sample: { ...extra.sample, strata: extra.sample.strata.slice(0, 1), stratumOf } };
    const later = wave(rows(10, 6));
    expect(compareWaves(earlier, later)).toEqual(compareWaves(wave(rows(10, 4)), later));
  });
});

describe('panel units', () => {
  test('the change and its error', () => {
    const result = comparePanel({ bothYes: 30, onlyEarlier: 4, onlyLater: 14, bothNo: 52 })!;
    expect(result).toMatchObject({ n: 100, difference: 0.1 });
    expect(result.se).toBeCloseTo(Math.sqrt(18 - 1) / 100, 12);
    // R: binom.test(4, 18)
    expect(result.p).toBeCloseTo(0.03088379, 8);
  });

  test('nobody changed, or as many each way: no difference', () => {
    expect(comparePanel({ bothYes: 3, onlyEarlier: 0, onlyLater: 0, bothNo: 2 })).toMatchObject({
      difference: 0,
      se: 0,
      p: 1,
    });
    expect(comparePanel({ bothYes: 3, onlyEarlier: 5, onlyLater: 5, bothNo: 2 })).toMatchObject({
      difference: 0,
      p: 1,
    });
    expect(comparePanel({ bothYes: 0, onlyEarlier: 6, onlyLater: 0, bothNo: 0 })?.p).toBeCloseTo(2 / 64, 12);
    expect(comparePanel({ bothYes: 0, onlyEarlier: 0, onlyLater: 0, bothNo: 0 })).toBeNull();
  });
});

describe('organisations that changed between waves', () => {
  const changes = [
    { from: 'viken', to: 'akershus', date: '2024-01-01' },
    { from: 'viken', to: 'buskerud', date: '2024-01-01' },
    { from: 'hurum', to: 'asker', date: '2020-01-01' },
    { from: 'royken', to: 'asker', date: '2020-01-01' },
    { from: 'old-akershus', to: 'viken', date: '2020-01-01' },
    { from: 'asker', to: 'greater-asker', date: '2026-01-01' },
  ];

  test('mergers are unions, splits cannot be compared, later changes do not count', () => {
    const period = { after: '2018-06-01', until: '2025-06-01' };
    const joined = joinOrganisations(['asker', 'hurum', 'royken', 'bergen', 'old-akershus'], changes, period);
    expect([...joined.currentOf]).toEqual([
      ['asker', 'asker'],
      ['hurum', 'asker'],
      ['royken', 'asker'],
      ['bergen', 'bergen'],
    ]);
    expect([...joined.incomparable].sort()).toEqual(['akershus', 'buskerud', 'old-akershus']);
  });

  test('changes on the first day are before the period, on the last within it', () => {
    const on = (after: string, until: string) =>
      joinOrganisations(['hurum'], changes, { after, until }).currentOf.get('hurum');
    expect(on('2020-01-01', '2021-01-01')).toBe('hurum');
    expect(on('2019-12-31', '2020-01-01')).toBe('asker');
    expect(on('2019-12-31', '2026-01-01')).toBe('greater-asker');
    expect(on('2019-12-31', '2019-12-31')).toBe('hurum');
  });

  test('changes after one another are followed in order of date, however they are listed', () => {
    const chain = [
      { from: 'c', to: 'd', date: '2022-01-01' },
      { from: 'a', to: 'b', date: '2020-01-01' },
      { from: 'b', to: 'c', date: '2021-01-01' },
    ];
    for (const listed of [chain, chain.toReversed(), [chain[1]!, chain[2]!, chain[0]!]]) {
      const joined = joinOrganisations(['a', 'b', 'd'], listed, { after: '2019-01-01', until: '2023-01-01' });
      expect([...joined.currentOf.values()]).toEqual(['d', 'd', 'd']);
    }
    const swapped = [
      { from: 'a', to: 'b', date: '2020-01-01' },
      { from: 'b', to: 'a', date: '2020-01-01' },
    ];
    const joined = joinOrganisations(['a', 'b'], swapped, { after: '2019-01-01', until: '2023-01-01' });
    expect([...joined.currentOf]).toEqual([
      ['a', 'b'],
      ['b', 'a'],
    ]);
  });

  test('parts that were put together again can be compared', () => {
    const reunited = [
      { from: 'a', to: 'b', date: '2020-01-01' },
      { from: 'a', to: 'c', date: '2020-01-01' },
      { from: 'b', to: 'd', date: '2021-01-01' },
      { from: 'c', to: 'd', date: '2021-01-01' },
    ];
    const joined = joinOrganisations(['a'], reunited, { after: '2019-01-01', until: '2022-01-01' });
    expect(joined.currentOf.get('a')).toBe('d');
    expect(joined.incomparable.size).toBe(0);
  });

  test('waves are compared on the later boundaries without what was split', () => {
    const joined = joinOrganisations(['hurum', 'royken', 'viken'], changes, {
      after: '2018-06-01',
      until: '2025-06-01',
    });
    const parts = [
      ...rows(20, 5, { organisation: 'hurum' }),
      ...rows(20, 15, { organisation: 'royken', from: 20 }),
      ...rows(9, 9, { organisation: 'viken', from: 40 }),
    ];
    const earlier = leaveOutIncomparable(renameOrganisations(wave(parts), joined), joined);
    expect(earlier.organisationOf.slice(0, 40)).toEqual(new Array(40).fill('asker'));
    const whole = [...rows(40, 24, { organisation: 'asker' }), ...rows(9, 0, { organisation: 'akershus', from: 40 })];
    const later = leaveOutIncomparable(wave(whole), joined);
    const result = compareWaves(earlier, later)!;
    expect(result.difference).toBeCloseTo(0.1, 12);
    expect(result.overlap).toEqual({ kind: 'linked', commonUnitCount: 40 });
    expect(result.df).toBe(39);
  });
});
