import { calibrateWeights } from '../../../src/domain/statistics/calibrate-weights';
import { compareOverlapping, differenceError } from '../../../src/domain/statistics/compare-overlapping';
import { comparePanel } from '../../../src/domain/statistics/compare-panel';
import { compareWaves, type WaveAnswers } from '../../../src/domain/statistics/compare-waves';
import { compareWithNetwork } from '../../../src/domain/statistics/compare-with-network';
import { designEffect } from '../../../src/domain/statistics/design-effect';
import { estimateMean, estimateRatio, type MeanEstimate } from '../../../src/domain/statistics/estimate-mean';
import { estimateSampleShare, type SampleShare } from '../../../src/domain/statistics/estimate-sample-share';
import { kornGraubardInterval, kornGraubardSize } from '../../../src/domain/statistics/korn-graubard';
import { lineariseRatio } from '../../../src/domain/statistics/linearise-ratio';
import { varianceOfEstimate } from '../../../src/domain/statistics/covary-estimates';
import { postStratify } from '../../../src/domain/statistics/post-stratify';
import { rakeWeights } from '../../../src/domain/statistics/rake-weights';
import { testTable } from '../../../src/domain/statistics/rao-scott';
import type { Sample } from '../../../src/domain/statistics/sample';
import { expectWithin } from './reference';
import {
  answersTo,
  expectFigures,
  figure,
  type Figures,
  inDomain,
  isInGroup,
  listStrata,
  sectorMargin,
  sizeMargin,
  stored,
  textIn,
  workplaces,
} from './sample-reference';

function existing<Result>(result: Result | null): Result {
  if (result === null) throw new Error('Nothing was computed.');
  return result;
}

function shareOf(sample: Sample, group: string): SampleShare {
  return existing(estimateSampleShare(sample, { inDomain: inDomain(group, 'share'), y: answersTo('share') }));
}

function expectShare(row: Figures, result: SampleShare): void {
  expect(result.n).toBe(figure(row, 'n'));
  expect(result.df).toBe(figure(row, 'df'));
  expectFigures(row, { share: result.share, se: result.se, se0: result.seNoFpc }, 1e-8);
  const limits = { low: result.low, high: result.high, low0: result.lowNoFpc, high0: result.highNoFpc };
  expectFigures(row, { ...limits, size0: result.effectiveNoFpc }, 1e-6);
}

function expectMean(row: Figures, result: MeanEstimate): void {
  expect(result.n).toBe(figure(row, 'n'));
  expect(result.df).toBe(figure(row, 'df'));
  expectFigures(row, { mean: result.mean, se: result.se, se0: result.seNoFpc }, 1e-8);
  expectFigures(row, { low: result.interval?.low, high: result.interval?.high }, 1e-6);
}

const calibration = { margins: [sectorMargin.categoryOf, sizeMargin.categoryOf], startWeights: workplaces.weights };
const postStratified: Sample = {
  ...workplaces,
  weights: postStratify(sectorMargin, workplaces.weights),
  calibration: { ...calibration, margins: [sectorMargin.categoryOf] },
};
const raked: Sample = {
  ...workplaces,
  weights: rakeWeights([sectorMargin, sizeMargin], workplaces.weights).weights,
  calibration,
};

describe.each([
  ['weights as they are', workplaces, stored.shares, stored.means],
  ['post-stratified weights', postStratified, stored.calibrated.postShares, stored.calibrated.postMeans],
  ['raked weights', raked, stored.calibrated.rakedShares, stored.calibrated.rakedMeans],
])('agreement with R survey: %s', (_, sample, shares, means) => {
  test.each(shares)('share of $group', (row) => {
    expectShare(row, shareOf(sample, textIn(row, 'group')));
  });

  test.each(means)('mean and ratio of $group', (row) => {
    const group = textIn(row, 'group');
    const values = answersTo('scale');
    const mean = existing(estimateMean(sample, { inDomain: inDomain(group, 'scale'), values }));
    expectMean(row, mean);
    const effect = existing(
      designEffect({ linearised: mean.linearised, variance: mean.se ** 2, weights: sample.weights, values }),
    );
    expectWithin(effect.withoutReplacement, figure(row, 'deff'), 1e-8);
    expectWithin(effect.withReplacement, figure(row, 'deffReplace'), 1e-8);
    const answers = { numerator: answersTo('money'), denominator: stored.units.heads };
    const ratio = existing(estimateRatio(sample, { inDomain: inDomain(group, 'money'), ...answers }));
    expectFigures(row, { ratio: ratio.mean, ratioSe: ratio.se, ratioSe0: ratio.seNoFpc }, 1e-8);
    expectFigures(row, { ratioLow: ratio.interval?.low, ratioHigh: ratio.interval?.high }, 1e-6);
  });
});

describe('fitting weights to known totals as R survey', () => {
  test('post-stratification and raking', () => {
    postStratified.weights.forEach((weight, at) => {
      expectWithin(weight, stored.calibrated.postWeights[at]!, 1e-8);
    });
    raked.weights.forEach((weight, at) => {
      expectWithin(weight, stored.calibrated.rakedWeights[at]!, 1e-8);
    });
  });

  test('trimming and raking in turn', () => {
    const result = calibrateWeights(workplaces, [sectorMargin, sizeMargin]);
    result.sample.weights.forEach((weight, at) => {
      expectWithin(weight, stored.calibrated.trimmedWeights[at]!, 1e-8);
    });
    expect(result.trimmingRounds).toBe(stored.calibrated.trimmingRounds);
    expect(result.trimmingRounds).toBeGreaterThan(0);
    expectWithin(result.variationBefore, stored.calibrated.variationBefore, 1e-8);
    expectWithin(result.variationAfter, stored.calibrated.variationAfter, 1e-8);
    expect(result.sample.calibration?.startWeights).toBe(workplaces.weights);
  });
});

describe('agreement with R survey: intervals, differences, tables', () => {
  test.each(stored.exact)('Korn-Graubard interval of $group', (row) => {
    const [share, variance, n, df] = ['share', 'variance', 'n', 'df'].map((name) => figure(row, name));
    const size = kornGraubardSize({ share: share!, variance: variance!, n: n!, df: df! });
    const { low, high } = kornGraubardInterval(share!, size);
    expectFigures(row, { low, high }, 1e-6);
  });

  test.each(stored.overlaps)('difference of $first and $second', (row) => {
    const [first, second] = [shareOf(workplaces, textIn(row, 'first')), shareOf(workplaces, textIn(row, 'second'))];
    const error = differenceError(workplaces, first.linearised, second.linearised);
    expect(error.df).toBe(figure(row, 'df'));
    expectFigures(row, { se: error.se, covariance: error.covariance }, 1e-8);
    const result = compareOverlapping(workplaces, first, second);
    expectFigures(row, { difference: result.difference, se: result.se }, 1e-8);
    if (result.p !== null) expectWithin(Math.log(result.p), Math.log(figure(row, 'p')), 1e-6);
  });

  test.each(stored.overlaps.filter((row) => row['second'] === 'network'))('$first against its network', (row) => {
    const group = textIn(row, 'first');
    const others = inDomain('network', 'share').map((inside, at) => (isInGroup(group, at) ? 0 : inside));
    const rest = existing(estimateSampleShare(workplaces, { inDomain: others, y: answersTo('share') }));
    const network = shareOf(workplaces, 'network');
    const result = compareWithNetwork(workplaces, { own: shareOf(workplaces, group), rest, network });
    expect(result.df).toBe(figure(row, 'df'));
    expectFigures(row, { difference: result.difference, se: result.se }, 1e-8);
    if (group !== 'reef' && group !== 'lake') expectWithin(result.p ?? NaN, figure(row, 'p'), 1e-6);
  });

  test.each(stored.tables)('categories by $groups', (row) => {
    const groups: readonly (number | string)[] =
      stored.units[textIn(row, 'groups') as 'organisation' | 'sector' | 'size'];
    const codes = [...new Set(groups)];
    const result = testTable(workplaces, {
      groupOf: Int32Array.from(groups, (group) => codes.indexOf(group)),
      categoryOf: Int32Array.from(stored.units.category, (category) => category ?? -1),
    });
    expectFigures(row, { statistic: result?.statistic, df1: result?.df1, df2: result?.df2 }, 1e-8);
    expectFigures(row, { p: result?.p }, 1e-6);
  });
});

describe('employees in workplaces as R survey', () => {
  const { staff } = stored;
  const sample: Sample = {
    strata: listStrata(stored.placeStrata),
    stratumOf: Int32Array.from(staff.v),
    unitOf: Int32Array.from(staff.place),
    weights: Float64Array.from(staff.w),
    calibration: null,
  };
  const domains = {
    all: staff.v.map(() => 1),
    young: [...staff.young],
    one: staff.v.map((stratum) => (stratum === 2 ? 1 : 0)),
  };

  test.each(['all', 'young', 'one'] as const)('%s', (name) => {
    const row = stored.clusters[name];
    expectShare(row, existing(estimateSampleShare(sample, { inDomain: domains[name], y: staff.share })));
    const mean = existing(estimateMean(sample, { inDomain: domains[name], values: staff.scale }));
    expectFigures(row, { mean: mean.mean, meanSe: mean.se, meanSe0: mean.seNoFpc }, 1e-8);
    expectFigures(row, { meanLow: mean.interval?.low, meanHigh: mean.interval?.high }, 1e-6);
  });
});

describe('two waves as R survey', () => {
  const { waves } = stored;
  const wave = (number: number, group: string): WaveAnswers => {
    const rows = [...waves.wave.keys()].filter((at) => waves.wave[at] === number);
    const counts = [0, 1, 2].map((stratum) => rows.filter((at) => waves.v[at] === stratum).length);
    return {
      sample: {
        strata: counts.map((sampled) => ({ sampled, population: 10 * sampled })),
        stratumOf: Int32Array.from(rows, (at) => waves.v[at]!),
        unitOf: Int32Array.from(rows.keys()),
        weights: Float64Array.from(rows, (at) => waves.w[at]!),
        calibration: null,
      },
      organisationOf: rows.map((at) => waves.organisation[at]!),
      pseudonymOf: rows.map((at) => `unit ${waves.unit[at]!}`),
      answers: {
        inDomain: rows.map((at) => group === 'network' || waves.organisation[at] === group),
        y: rows.map((at) => waves.y[at]!),
      },
    };
  };

  test.each(stored.trends)('change in $group', (row) => {
    const group = textIn(row, 'group');
    const [earlier, later] = [wave(1, group), wave(2, group)];
    const result = existing(compareWaves(earlier, later));
    expect(result.df).toBe(figure(row, 'df'));
    expectFigures(row, { difference: result.difference, se: result.se }, 1e-8);
    expectFigures(row, { p: result.p }, 1e-6);
    const { bothYes, onlyEarlier, onlyLater, bothNo } = stored.panel;
    const common = Number(bothYes) + Number(onlyEarlier) + Number(onlyLater) + Number(bothNo);
    expect(result.overlap).toEqual({ kind: 'linked', commonUnitCount: common });
    const apart = existing(compareWaves({ ...earlier, pseudonymOf: null }, later));
    expect(apart.overlap).toEqual({ kind: 'unlinked' });
    expect(apart.difference).toBe(result.difference);
    const variances = figure(row, 'se') ** 2 + 2 * figure(row, 'covariance');
    expectWithin(apart.se ** 2, variances, 1e-2 * variances);
  });

  test('units of the panel', () => {
    const [bothYes, onlyEarlier, onlyLater, bothNo] = ['bothYes', 'onlyEarlier', 'onlyLater', 'bothNo'].map((name) =>
      figure(stored.panel, name),
    );
    const counts = { bothYes: bothYes!, onlyEarlier: onlyEarlier!, onlyLater: onlyLater!, bothNo: bothNo! };
    expectWithin(existing(comparePanel(counts)).p, figure(stored.panel, 'p'), 1e-6);
  });
});

describe('published anchors', () => {
  const codes = (values: readonly (number | string)[]) => {
    const distinct = [...new Set(values)].sort();
    return Int32Array.from(values, (value) => distinct.indexOf(value));
  };
  const everyone = (length: number) => new Uint8Array(length).fill(1);

  test('stratified sample of schools: mean 662.29, standard error 9.409', () => {
    const { stype, pw, fpc, api00 } = stored.apistrat;
    const stratumOf = codes(stype);
    const strata = [0, 1, 2].map((stratum) => ({
      sampled: stratumOf.filter((own) => own === stratum).length,
      population: fpc[stratumOf.indexOf(stratum)]!,
    }));
    const unitOf = Int32Array.from(stype.keys());
    const sample: Sample = { strata, stratumOf, unitOf, weights: Float64Array.from(pw), calibration: null };
    const result = existing(estimateMean(sample, { inDomain: everyone(pw.length), values: api00 }));
    expect(result.mean).toBeCloseTo(662.29, 2);
    expect(result.se).toBeCloseTo(9.409, 2);
  });

  test('cluster sample of school districts raked to two margins: mean 641.23, standard error 23.704', () => {
    const { dnum, stype, pw, api00 } = stored.apiclus1;
    const wide = stored.apiclus1['sch.wide'];
    const unitOf = codes(dnum);
    const margins = [
      { name: 'type', categoryOf: codes(stype), totals: [4421, 755, 1018] },
      { name: 'target', categoryOf: codes(wide), totals: [1072, 5122] },
    ];
    const startWeights = Float64Array.from(pw);
    const weights = rakeWeights(margins, startWeights).weights;
    const strata = [{ sampled: new Set(dnum).size, population: 757 }];
    const stratumOf = new Int32Array(pw.length);
    const calibrated = { margins: margins.map((margin) => margin.categoryOf), startWeights };
    const sample: Sample = { strata, stratumOf, unitOf, weights, calibration: calibrated };
    const result = existing(estimateMean(sample, { inDomain: everyone(pw.length), values: api00 }));
    expect(result.mean).toBeCloseTo(641.23, 2);
    expect(result.se).toBeCloseTo(23.704, 2);
  });

  test('worked example of finite populations: 5.448, standard error 0.616, without correction 0.741', () => {
    const { stratid, psuid, weight, Nh, nh, x } = stored.fpcExample;
    const stratumOf = Int32Array.from(stratid, (stratum) => stratum - 1);
    const strata = [0, 1].map((stratum) => {
      const at = stratumOf.indexOf(stratum);
      return { sampled: nh[at]!, population: Nh[at]! };
    });
    const unitOf = Int32Array.from(psuid, (unit, at) => 10 * unit + (stratid[at] ?? 0));
    const sample: Sample = { strata, stratumOf, unitOf, weights: Float64Array.from(weight), calibration: null };
    const result = existing(estimateMean(sample, { inDomain: everyone(x.length), values: x }));
    expect(result.mean).toBeCloseTo(5.448, 3);
    expect(result.se).toBeCloseTo(0.616, 3);
    expect(result.seNoFpc).toBeCloseTo(0.741, 3);
  });
});

test('only complete strata vary: no standard error, but no certainty either', () => {
  const sample: Sample = {
    strata: [
      { sampled: 3, population: 3 },
      { sampled: 5, population: 6 },
    ],
    stratumOf: Int32Array.of(0, 0, 0, 1, 1, 1, 1, 1),
    unitOf: Int32Array.from(Array(8).keys()),
    weights: Float64Array.of(1, 1, 1, 1.2, 1.2, 1.2, 1.2, 1.2),
    calibration: null,
  };
  const y = [1, 0, 0, 0, 0, 0, 0, 0];
  expectShare(
    { ...stored.uniform, n: 8, df: 6 },
    existing(estimateSampleShare(sample, { inDomain: y.map(() => 1), y })),
  );
  const linearised = existing(
    lineariseRatio(sample, { inDomain: y.map(() => 1), numerator: y, denominator: y.map(() => 1) }),
  );
  expect(varianceOfEstimate(sample, linearised.influence).withFpc).toBe(0);
});
