import { compareShares } from '../../../src/domain/statistics/compare-shares';
import { compareWithBaseline } from '../../../src/domain/statistics/compare-with-baseline';
import { estimateShare } from '../../../src/domain/statistics/estimate-share';
import { computeInfluence } from '../../../src/domain/statistics/influence';
import { estimateCovariance } from '../../../src/domain/statistics/linearised-variance';
import type { ShareEstimate } from '../../../src/domain/statistics/types';
import { expectWithin, loadReferenceNetwork, numberIn, readTable } from './reference';

const network = loadReferenceNetwork();

function estimate(item: string, group: string): ShareEstimate | null {
  return estimateShare(network.design, { inDomain: network.inDomain(group, item), y: network.answers(item) });
}

function existingEstimate(item: string, group: string): ShareEstimate {
  const result = estimate(item, group);
  if (!result) throw new Error(`No estimate of ${item} for ${group}.`);
  return result;
}

describe('agreement with R survey', () => {
  test('final weights of respondents', () => {
    expect(network.respondents.length).toBeGreaterThan(200);
    network.respondents.forEach((row, index) => {
      if (row['w'] === '') expect(network.design.weights[index]).toBe(0);
      else expectWithin(network.design.weights[index]!, numberIn(row, 'w'), 1e-8);
    });
    expect(network.design.organisationsWithoutVariance).toEqual(['epsilon']);
  });

  test.each(readTable('estimates.csv').filter((row) => row['n'] !== '0'))('estimate of $item for $group', (row) => {
    const result = existingEstimate(row['item'] ?? '', row['group'] ?? '');
    expect(result.n).toBe(numberIn(row, 'n'));
    expect(result.df).toBe(numberIn(row, 'df'));
    expectWithin(result.share, numberIn(row, 'share'), 1e-8);
    expectWithin(result.se, numberIn(row, 'se'), 1e-8);
    expectWithin(result.seNoFpc, numberIn(row, 'se0'), 1e-8);
    expectWithin(result.effectiveNoFpc, numberIn(row, 'effective0'), 1e-6);
    expectWithin(result.low, numberIn(row, 'low'), 1e-6);
    expectWithin(result.high, numberIn(row, 'high'), 1e-6);
    expectWithin(result.lowNoFpc, numberIn(row, 'low0'), 1e-6);
    expectWithin(result.highNoFpc, numberIn(row, 'high0'), 1e-6);
    expect(result.flags.includes('no_interval')).toBe(numberIn(row, 'df') < 1);
  });

  test('no estimate where nobody answered', () => {
    const empty = readTable('estimates.csv').filter((row) => row['n'] === '0');
    expect(empty.length).toBeGreaterThan(0);
    for (const row of empty) expect(estimate(row['item'] ?? '', row['group'] ?? '')).toBeNull();
  });

  test.each(readTable('comparisons.csv'))('$organisation against the rest of the network: $item', (row) => {
    const item = row['item'] ?? '';
    const organisation = row['organisation'] ?? '';
    const own = existingEstimate(item, `organisation=${organisation}`);
    const result = compareShares(own, existingEstimate(item, `rest=${organisation}`));
    expect(result.df).toBe(numberIn(row, 'df'));
    expectWithin(result.difference, numberIn(row, 'difference'), 1e-8);
    expectWithin(result.se, numberIn(row, 'se'), 1e-8);
    expectWithin(Math.log(result.p ?? NaN), Math.log(numberIn(row, 'p')), 1e-6);
    expectWithin(result.low, numberIn(row, 'low'), 1e-6);
    expectWithin(result.high, numberIn(row, 'high'), 1e-6);
  });

  test.each(readTable('baselines.csv'))('$organisation against a published $percent: $item', (row) => {
    const own = existingEstimate(row['item'] ?? '', `organisation=${row['organisation'] ?? ''}`);
    const result = compareWithBaseline(own, {
      percent: numberIn(row, 'percent'),
      decimals: numberIn(row, 'decimals'),
      n: numberIn(row, 'n'),
    });
    expect(result.df).toBe(numberIn(row, 'df'));
    expectWithin(result.difference, numberIn(row, 'difference'), 1e-8);
    expectWithin(result.se, numberIn(row, 'se'), 1e-8);
    expectWithin(Math.log(result.p ?? NaN), Math.log(numberIn(row, 'p')), 1e-6);
    expectWithin(result.low, numberIn(row, 'low'), 1e-6);
    expectWithin(result.high, numberIn(row, 'high'), 1e-6);
  });

  test.each(readTable('overlaps.csv'))('$organisation against the network it belongs to: $item', (row) => {
    const item = row['item'] ?? '';
    const influence = (group: string) => {
      const result = existingEstimate(item, group);
      const inside = network.inDomain(group, item);
      const weights = network.design.weights.map((weight, index) => weight * (inside[index] ?? 0));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return computeInfluence({ weights, values: network.answers(item) }, result.share, total);
    };
    const own = influence(`organisation=${row['organisation'] ?? ''}`);
    const all = influence('network');
    const placed = [...network.design.varianceStratumOf.keys()].filter(
      (respondent) => network.design.varianceStratumOf[respondent]! >= 0,
    );
    const covariance = (first: Float64Array, second: Float64Array) =>
      estimateCovariance(network.design.varianceStrata, {
        varianceStratumOf: Int32Array.from(placed, (respondent) => network.design.varianceStratumOf[respondent]!),
        counts: new Float64Array(placed.length).fill(1),
        first: Float64Array.from(placed, (respondent) => first[respondent]!),
        second: Float64Array.from(placed, (respondent) => second[respondent]!),
      });
    const [ownVariance, both, allVariance] = [covariance(own, own), covariance(own, all), covariance(all, all)];
    const noFpc = ownVariance.noFpc - 2 * both.noFpc + allVariance.noFpc;
    const withFpc = ownVariance.withFpc - 2 * both.withFpc + allVariance.withFpc;
    expectWithin(Math.sqrt(Math.max(0, noFpc)), numberIn(row, 'se0'), 1e-8);
    expectWithin(Math.sqrt(Math.max(0, withFpc)), numberIn(row, 'se'), 1e-8);
  });
});
