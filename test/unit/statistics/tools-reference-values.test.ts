import { derSimonianLaird, pauleMandel } from '../../../src/domain/statistics/between-variance';
import { binomialLimit } from '../../../src/domain/statistics/binomial-limit';
import { comparePanel } from '../../../src/domain/statistics/compare-panel';
import { cronbachAlpha } from '../../../src/domain/statistics/cronbach-alpha';
import { fQuantile, fTail } from '../../../src/domain/statistics/f-tail';
import { buildFunnel, funnelLimits } from '../../../src/domain/statistics/funnel';
import { kornGraubardInterval } from '../../../src/domain/statistics/korn-graubard';
import { rankIntervals } from '../../../src/domain/statistics/rank-intervals';
import { shrinkShares } from '../../../src/domain/statistics/shrink-shares';
import { adjustForAnyFalseClaim, adjustUnderDependence } from '../../../src/domain/statistics/stepwise-adjustment';
import { expectWithin } from './reference';
import { readJson } from './sample-reference';

interface StoredNetwork {
  readonly n: readonly number[];
  readonly effective: readonly number[];
  readonly share: readonly number[];
  readonly variance: readonly number[];
  readonly between: number;
  readonly derSimonianLaird: number;
  readonly mean: number;
  readonly ownWeight: readonly number[];
  readonly rankability: number;
  readonly target: number;
  readonly overdispersion: number;
  readonly funnelBetween: number;
  readonly at: readonly number[];
  readonly limits: readonly Readonly<Record<'low95' | 'high95' | 'low998' | 'high998', number>>[];
  readonly best: readonly number[];
  readonly worst: readonly number[];
}

interface StoredTools {
  readonly fTails: readonly Readonly<Record<'value' | 'df1' | 'df2' | 'tail' | 'low' | 'high', number>>[];
  readonly families: readonly Readonly<Record<'p' | 'holm' | 'by', readonly (number | null)[]>>[];
  readonly scales: readonly {
    readonly answers: readonly (readonly (number | null)[])[];
    readonly n: number;
    readonly alpha: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly binomialLimits: readonly Readonly<Record<'q' | 'n' | 'target' | 'limit', number>>[];
  readonly networks: readonly StoredNetwork[];
  readonly panels: readonly Readonly<Record<'onlyEarlier' | 'onlyLater' | 'p', number>>[];
  readonly betas: readonly Readonly<Record<'share' | 'size' | 'low' | 'high', number>>[];
}

/** Values made by tools.R. */
const stored = readJson('tools.json') as StoredTools;

function expectAll(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => {
    expectWithin(value, expected[index]!, tolerance);
  });
}

test('tail and quantiles of F', () => {
  for (const row of stored.fTails) {
    expectWithin(Math.log(fTail(row.value, row.df1, row.df2)), Math.log(row.tail), 1e-6);
    expectWithin(fQuantile(0.025, row.df1, row.df2), row.low, 1e-6);
    expectWithin(fQuantile(0.975, row.df1, row.df2), row.high, 1e-6);
  }
});

test('Holm and Benjamini-Yekutieli', () => {
  for (const { p, holm, by } of stored.families) {
    const compare = (actual: (number | null)[], expected: readonly (number | null)[]) => {
      expect(actual.map((value) => value === null)).toEqual(expected.map((value) => value === null));
      expectAll(
        actual.filter((value) => value !== null),
        expected.filter((value) => value !== null),
        1e-12,
      );
    };
    compare(adjustForAnyFalseClaim(p), holm);
    compare(adjustUnderDependence(p), by);
  }
});

test("Cronbach's alpha with Feldt's interval", () => {
  for (const scale of stored.scales) {
    const result = cronbachAlpha(scale.answers);
    expect(result?.n).toBe(scale.n);
    expectWithin(result?.alpha ?? NaN, scale.alpha, 1e-8);
    expectWithin(result?.low ?? NaN, scale.low, 1e-6);
    expectWithin(result?.high ?? NaN, scale.high, 1e-6);
    expect(result?.isUsable).toBe(scale.alpha >= 0.7);
  }
});

test('exact control limits', () => {
  for (const { q, n, target, limit } of stored.binomialLimits) expectWithin(binomialLimit(q, n, target), limit, 1e-6);
});

test("McNemar's exact test", () => {
  for (const { onlyEarlier, onlyLater, p } of stored.panels) {
    expectWithin(comparePanel({ bothYes: 4, onlyEarlier, onlyLater, bothNo: 9 })?.p ?? NaN, p, 1e-6);
  }
});

test('Clopper-Pearson limits for effective numbers of answers', () => {
  for (const { share, size, low, high } of stored.betas) {
    const interval = kornGraubardInterval(share, size);
    expectWithin(interval.low, low, 1e-6);
    expectWithin(interval.high, high, 1e-6);
  }
});

describe.each(stored.networks.map((network) => [network.n.length, network] as const))(
  '%i organisations',
  (_, network) => {
    const organisations = network.share.map((share, at) => {
      return { n: network.n[at]!, share, effectiveNoFpc: network.effective[at]! };
    });

    test('variance between organisations and shrunken shares', () => {
      const noisy = { estimates: network.share, variances: network.variance };
      expectWithin(pauleMandel(noisy), network.between, 1e-8);
      expectWithin(derSimonianLaird(noisy), network.derSimonianLaird, 1e-8);
      const result = shrinkShares(organisations);
      if (!result) throw new Error('Nothing was computed.');
      expectWithin(result.mean, network.mean, 1e-8);
      expectWithin(result.rankability, network.rankability, 1e-6);
      const { shares } = result;
      expectAll(
        shares.map((one) => one.variance),
        network.variance,
        1e-8,
      );
      expectAll(
        shares.map((one) => one.ownWeight),
        network.ownWeight,
        1e-6,
      );
      shares.forEach((one, at) => {
        const own = network.share[at]!;
        const shrunken = one.ownWeight * own + (1 - one.ownWeight) * network.mean;
        expectWithin(one.shrunken, shrunken, 1e-8);
        expect(one.isAdjusted).toBe(network.n[at]! < 30);
        expectWithin(one.shown, network.n[at]! < 30 ? shrunken : own, 1e-8);
      });
    });

    test('funnel with overdispersion', () => {
      const funnel = buildFunnel(network.target, organisations);
      if (!funnel) throw new Error('Nothing was computed.');
      expectWithin(funnel.overdispersion, network.overdispersion, 1e-8);
      expectWithin(funnel.between, network.funnelBetween, 1e-8);
      network.at.forEach((effective, index) => {
        const { low95, high95, low998, high998 } = funnelLimits(funnel, effective);
        const expected = network.limits[index]!;
        expectAll(
          [low95, high95, low998, high998],
          [expected.low95, expected.high95, expected.low998, expected.high998],
          1e-6,
        );
      });
    });

    test('rank intervals from the same stream of numbers', () => {
      let step = 0;
      const result = shrinkShares(organisations);
      if (!result) throw new Error('Nothing was computed.');
      const ranks = rankIntervals(result, () => ((step += 1) * 0.6180339887498949) % 1);
      if (network.best.length === 0) {
        expect(ranks).toBeNull();
        expect(step).toBe(0);
        return;
      }
      expect(step).toBe(1000 * network.n.length);
      expect(ranks?.map((rank) => rank.best)).toEqual(network.best);
      expect(ranks?.map((rank) => rank.worst)).toEqual(network.worst);
    });
  },
);

test('the stored networks are of every kind', () => {
  expect(stored.networks.some((network) => network.best.length > 0)).toBe(true);
  expect(stored.networks.some((network) => network.rankability < 0.7 && network.between > 0)).toBe(true);
  expect(stored.networks.some((network) => network.between === 0)).toBe(true);
  expect(stored.networks.some((network) => network.funnelBetween > 0)).toBe(true);
});
