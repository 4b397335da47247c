import { compareOrganisations } from '../../../src/domain/benchmark/compare-organisations';
import {
  formatBaselineKey,
  formatWaveKey,
  parseBaselineKey,
  parseWaveKey,
} from '../../../src/domain/benchmark/comparators';
import {
  createComparers,
  createPeerComparers,
  type ComparerInput,
} from '../../../src/domain/benchmark/create-comparers';
import { computeComparisons } from '../../../src/domain/benchmark/compute-comparisons';
import { createGroup } from '../../../src/domain/benchmark/groups';
import { nothingOutside } from '../../../src/domain/benchmark/outside-figures';
import {
  printBeside,
  printBesideBaseline,
  printBesideMean,
  printBesideNetwork,
} from '../../../src/domain/benchmark/printed-comparisons';
import { restoreShare } from '../../../src/domain/benchmark/stored-shares';
import type { ReleaseEstimate } from '../../../src/domain/benchmark/types';
import { defaultPolicy } from '../../../src/domain/disclosure/policy';
import {
  fromRelease,
  isSuppressed,
  suppressed,
  type Publishable,
  type Suppressed,
} from '../../../src/domain/disclosure/publishable';
import { estimateShareFromCounts } from '../../../src/domain/statistics/estimate-share';
import { compareShares } from '../../../src/domain/statistics/compare-shares';
import { createNetworkContrast } from '../../../src/domain/statistics/network-contrast';
import { stratify } from '../../../src/domain/statistics/stratify';
import type { ShareEstimate } from '../../../src/domain/statistics/types';

function shown<T>(figure: T): Publishable<T> | Suppressed {
  return fromRelease({ releaseId: 'r', isSuppressed: false, figure });
}

const organisations = ['a', 'b', 'c', 'd'];
const yes = [60, 40, 44, 36];
const design = stratify(
  organisations.map((organisation) => ({
    stratum: organisation,
    organisation,
    sector: null,
    frameCount: 400,
    invitedCount: 200,
    ineligibleCount: 0,
    respondentCount: 80,
  })),
);
const counts = { valid: [80, 80, 80, 80], yes };

function estimate(...members: number[]): ShareEstimate {
  const found = estimateShareFromCounts(design, counts, members);
  if (found === null) throw new RangeError('no answers');
  return found;
}

/** Figures of four organisations, of the network and of the rest without each; those named are hidden. */
function createInput(changes: Partial<ComparerInput> & { readonly hidden?: readonly string[] } = {}): ComparerInput {
  const { hidden = [], ...rest } = changes;
  const all = [0, 1, 2, 3];
  const figures = new Map<string, ShareEstimate>([
    ['network', estimate(...all)],
    ...organisations.flatMap((key, at): [string, ShareEstimate][] => [
      [`organisation=${key}`, estimate(at)],
      [`rest=${key}`, estimate(...all.filter((other) => other !== at))],
    ]),
  ]);
  return {
    policy: { ...defaultPolicy, isOpenNetwork: true },
    organisations,
    lookUp: () => (group) => {
      const figure = hidden.includes(group) ? undefined : figures.get(group);
      return figure === undefined ? suppressed : shown(figure);
    },
    contrast: () => () => createNetworkContrast(design, counts, all),
    outside: nothingOutside,
    ...rest,
  };
}

const own = { ...createGroup({ organisation: 'a' }), organisation: 'a' };

function compare(kind: 'network' | 'organisations' | 'wave' | 'baseline', input: ComparerInput) {
  const found = createComparers(input)[kind]('i', 'o')(own);
  if (found === null) return null;
  return isSuppressed(found.outcome) ? 'suppressed' : found.outcome.value;
}

test('keys of waves and published figures are read back as they are written', () => {
  expect(parseWaveKey(formatWaveKey('runde-2023'))).toBe('runde-2023');
  expect(parseBaselineKey(formatBaselineKey({ baseline: 'norway', round: 'KS 2018' }))).toEqual({
    baseline: 'norway',
    round: 'KS 2018',
  });
  for (const key of ['network', 'organisations', 'rest=a']) {
    expect([parseWaveKey(key), parseBaselineKey(key)]).toEqual([null, null]);
  }
});

describe('the mean of organisations', () => {
  test('counts each the same, the own one included; worked out by hand', () => {
    // Shares 0.75, 0.5, 0.55, 0.45: mean 0.5625, printed as 56; 75 - 56 = 19 points.
    const outcome = compare('organisations', createInput());
    expect(outcome).toMatchObject({ printed: { percent: 56, n: null, organisations: 4, differencePoints: 19 } });
    if (outcome === null || outcome === 'suppressed') throw new RangeError('suppressed');
    expect(outcome.difference.difference).toBeCloseTo(0.75 - 0.5625, 12);
  });

  test('of a closed network is of three others at least, and needs the rest to be shown', () => {
    const policy = { ...defaultPolicy, isOpenNetwork: false };
    expect(compare('organisations', createInput({ policy }))).toMatchObject({ printed: { organisations: 4 } });
    for (const hidden of [['organisation=b'], ['rest=a'], ['organisation=a']]) {
      expect(compare('organisations', createInput({ policy, hidden }))).toBe('suppressed');
    }
  });

  test('of an open network is of those that are shown, two others at least', () => {
    expect(compare('organisations', createInput({ hidden: ['organisation=b'] }))).toMatchObject({
      printed: { organisations: 3, percent: 58 },
    });
    expect(compare('organisations', createInput({ hidden: ['organisation=b', 'organisation=c'] }))).toBe('suppressed');
  });
});

test('the network is compared with where own, network and rest are all shown', () => {
  // Equal weights: 0.75 against 180 of 320.
  expect(compare('network', createInput())).toMatchObject({
    printed: { percent: 56, n: 320, organisations: null, differencePoints: 19 },
  });
  for (const hidden of ['network', 'rest=a', 'organisation=a']) {
    expect(compare('network', createInput({ hidden: [hidden] }))).toBe('suppressed');
  }
});

describe('the others in a peer group', () => {
  const peers = [
    { code: 'near', members: ['a', 'b', 'd'] },
    { code: 'far', members: ['b', 'c', 'd'] },
  ];
  const others: readonly [string, ShareEstimate][] = [['peers=near;rest=a', estimate(1, 3)]];
  const input = createInput({ peers });
  const withOthers: ComparerInput = {
    ...input,
    lookUp: (indicator, option) => (group) => {
      const found = new Map(others).get(group);
      return found === undefined ? input.lookUp(indicator, option)(group) : shown(found);
    },
  };

  test('are compared with as the rest of the network is, in the groups that the organisation is in', () => {
    const found = createPeerComparers(withOthers).map((compareOne) => compareOne('i', 'o')(own));
    expect(found.map((one) => one?.comparator)).toEqual(['peers=near;rest=a', undefined]);
    const outcome = found[0]!.outcome;
    // 60 of 80 against 40 + 36 of 160, equal weights: 0.75 - 0.475, printed as 75 - 48.
    expect(isSuppressed(outcome) ? null : outcome.value).toMatchObject({
      printed: { percent: 48, n: 160, organisations: null, differencePoints: 27 },
    });
    if (!isSuppressed(outcome)) {
      const { difference, p } = outcome.value.difference;
      expect(difference).toBeCloseTo(0.275, 12);
      expect(p).toBe(compareShares(estimate(0), estimate(1, 3)).p);
    }
  });

  test('are hidden where either figure is, and nothing beside a sector', () => {
    const hidden = createPeerComparers(input)[0]!('i', 'o')(own);
    expect(hidden).toEqual({ comparator: 'peers=near;rest=a', outcome: suppressed });
    const sector = { ...createGroup({ organisation: 'a', sector: 'health' }), organisation: 'a' };
    expect(createPeerComparers(withOthers)[0]!('i', 'o')(sector)).toBeNull();
  });

  test('are a family of tests for every group', () => {
    const groups = [createGroup({ organisation: 'a' })];
    const task = { ...withOthers, groups, headlines: [{ indicator: 'i', options: ['o'] }], relevantDifference: 0.05 };
    const rows = computeComparisons(task).filter(({ kind }) => kind === 'peers');
    expect(rows.map(({ comparator }) => comparator)).toEqual(['peers=near;rest=a']);
    const [{ comparison } = { comparison: suppressed }] = rows;
    expect(isSuppressed(comparison) ? null : comparison.value).toMatchObject({ verdict: 'above', kind: 'peers' });
    if (!isSuppressed(comparison)) expect(comparison.value.q).toBe(comparison.value.p);
  });
});

describe('an earlier wave', () => {
  const stored: ReleaseEstimate = { indicator: 'i', option: 'o', group: own.key, ...estimate(1) };
  const outside = (figure: Publishable<ReleaseEstimate> | Suppressed) => ({
    ...nothingOutside,
    findEarlier: () => ({ wave: 'before', figure }),
  });

  test('is compared with as independent: standard errors add in squares', () => {
    const outcome = compare('wave', createInput({ outside: outside(shown(stored)) }));
    expect(outcome).toMatchObject({ printed: { percent: 50, n: 80, differencePoints: 25 } });
    if (outcome === null || outcome === 'suppressed') throw new RangeError('suppressed');
    expect(outcome.difference.difference).toBeCloseTo(0.25, 12);
    // t = 0.25 / sqrt(0.75 * 0.25 / 79 + 0.5 * 0.5 / 79) on 158 df.
    expect(outcome.difference.p).toBeCloseTo(0.000973, 4);
  });

  test('is nothing where the earlier figure is hidden, or there is none', () => {
    expect(compare('wave', createInput({ outside: outside(suppressed) }))).toBe('suppressed');
    expect(compare('wave', createInput({ outside: outside(shown(stored)), hidden: ['organisation=a'] }))).toBe(
      'suppressed',
    );
    expect(compare('wave', createInput())).toBeNull();
  });

  test('of an older release has its effective sample size worked out, or no test where nothing varied', () => {
    const { effectiveNoFpc, ...older } = stored;
    expect(restoreShare(older)?.effectiveNoFpc).toBeCloseTo(effectiveNoFpc ?? Number.NaN, 9);
    expect(restoreShare(older)?.lowNoFpc).toBeCloseTo(restoreShare(stored)?.lowNoFpc ?? Number.NaN, 9);
    const flat = { ...older, share: 1, se: 0, seNoFpc: 0, low: 0.9, high: 1 };
    expect(restoreShare(flat)).toBeNull();
    expect(compare('wave', createInput({ outside: outside(shown(flat)) }))).toMatchObject({ difference: { p: null } });
  });
});

test('a published figure is tested with its own error and shown as published', () => {
  const outside = {
    ...nothingOutside,
    findPublished: () => ({ baseline: 'denmark', round: '4', percent: 60, n: 1300 }),
  };
  const outcome = compare('baseline', createInput({ outside }));
  expect(outcome).toMatchObject({ printed: { percent: 60, n: 1300, differencePoints: 15 } });
  if (outcome === null || outcome === 'suppressed') throw new RangeError('suppressed');
  // se² = 0.75 * 0.25 / 79 + 0.6 * 0.4 * 1.3 / 1300 + 0.01² / 12 = 0.0026218; t = 2.9295 on 79 df.
  expect(outcome.difference.p).toBeCloseTo(0.0044, 4);
  expect(compare('baseline', createInput({ outside, hidden: ['organisation=a'] }))).toBe('suppressed');
  expect(compare('baseline', createInput())).toBeNull();
});

describe('families', () => {
  test('are one for each organisation, comparator and breakdown, and the smallest relevant difference is asked for', () => {
    const task = {
      ...createInput(),
      groups: organisations.map((organisation) => createGroup({ organisation })),
      headlines: [{ indicator: 'i', options: ['o', 'again'] }],
    };
    const rows = computeComparisons({ ...task, relevantDifference: 0.05 });
    expect(rows.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 8 }, () => 'rest'),
      ...Array.from({ length: 8 }, () => 'network'),
      ...Array.from({ length: 8 }, () => 'organisations'),
    ]);
    for (const { comparison } of rows) {
      if (isSuppressed(comparison)) throw new RangeError('suppressed');
      // The same test twice in a family of two: q is p.
      expect(comparison.value.q).toBeCloseTo(comparison.value.p ?? Number.NaN, 12);
    }
    const verdicts = (relevantDifference: number) =>
      computeComparisons({ ...task, relevantDifference })
        .filter(({ kind, group }) => kind === 'network' && group === own.key)
        .map(({ comparison }) => (isSuppressed(comparison) ? null : comparison.value.verdict));
    expect(verdicts(0.1)).toEqual(['above', 'above']);
    expect(verdicts(0.2)).toEqual(['no_clear_difference', 'no_clear_difference']);
  });
});

describe('what is printed', () => {
  const figure = (percent: number, n: number, flags: readonly 'coarse'[] = []) => ({
    n,
    percent,
    lowPercent: percent - 10,
    highPercent: percent + 10,
    flags,
  });

  test('is made of the printed shares and numbers of answers alone', () => {
    // Newcombe (1998), table II, example a: 56/70 against 48/80, method 10 gives 0.0524 to 0.3339.
    expect(printBeside(figure(80, 70), figure(60, 80))).toMatchObject({
      percent: 60,
      differencePoints: 20,
      lowPoints: 5,
      highPoints: 33,
    });
  });

  test('of the network is the interval of own against rest, shrunken by the part of the rest', () => {
    const printed = printBesideNetwork(figure(80, 70), figure(60, 70), figure(70, 140));
    const apart = printBeside(figure(80, 70), figure(60, 70));
    expect(printed.differencePoints).toBe(10);
    // Both are rounded by themselves.
    expect(Math.abs(2 * printed.lowPoints - apart.lowPoints)).toBeLessThanOrEqual(1);
    expect(Math.abs(2 * printed.highPoints - apart.highPoints)).toBeLessThanOrEqual(1);
  });

  test('tells of coarse shares that what is made of them is coarse', () => {
    expect(printBesideMean(figure(80, 70), [figure(60, 15, ['coarse']), figure(50, 40)])).toMatchObject({
      percent: 63,
      isCoarse: true,
    });
    expect(printBeside(figure(80, 70), figure(60, 15, ['coarse'])).isCoarse).toBe(true);
  });

  test('of a published figure has the interval of its answers with a design effect of 1.3', () => {
    // Wilson for 83 per cent of 1611 / 1.3 = 1239 answers.
    expect(printBesideBaseline(figure(70, 60), { percent: 83, n: 1611 })).toMatchObject({
      percent: 83,
      lowPercent: 81,
      highPercent: 85,
      n: 1611,
      differencePoints: -13,
    });
  });
});

describe('two organisations', () => {
  const row = (group: string, at: number, isHidden = false) => ({
    indicator: 'i',
    option: 'o',
    group,
    estimate: isHidden ? suppressed : shown({ indicator: 'i', option: 'o', group, ...estimate(at) }),
  });
  const pair = {
    groups: [{ own: 'organisation=a', other: 'organisation=d' }],
    headlines: [{ indicator: 'i', options: ['o'] }],
    relevantDifference: 0.05,
  };
  const address = { indicator: 'i', option: 'o', group: 'organisation=a' };

  test('are compared from the stored figures of both', () => {
    const decided = compareOrganisations({ ...pair, estimates: [row('organisation=a', 0), row('organisation=d', 3)] });
    expect(decided(address)).toMatchObject({
      value: { verdict: 'above', printed: { percent: 45, n: 80, differencePoints: 30 } },
    });
    expect(isSuppressed(decided({ ...address, option: 'other' }))).toBe(true);
  });

  test('are not compared where either is hidden', () => {
    const estimates = [row('organisation=a', 0), row('organisation=d', 3, true)];
    expect(compareOrganisations({ ...pair, estimates })(address)).toBe(suppressed);
  });
});
