import { buildSpread, type SpreadInput } from '../../../src/domain/benchmark/spread-view';
import type { Shown, ShownEstimate } from '../../../src/domain/benchmark/shown-figures';
import { fromRelease, suppressed } from '../../../src/domain/disclosure/publishable';

function figure(percent: number, n: number, flags: ShownEstimate['flags'] = []): Shown<ShownEstimate> {
  const value = { n, percent, lowPercent: Math.max(0, percent - 10), highPercent: Math.min(100, percent + 10), flags };
  return fromRelease({ releaseId: 'r', isSuppressed: false, figure: value });
}

function members(...estimates: readonly Shown<ShownEstimate>[]): SpreadInput['members'] {
  return estimates.map((estimate, index) => {
    const key = `m${String(index).padStart(2, '0')}`;
    return { organisation: { key, name: key }, estimate };
  });
}

/** Repeatable draws strictly between 0 and 1 (van der Corput). */
function createDraws(): () => number {
  let at = 0;
  return () => {
    at += 1;
    let [value, weight] = [0, 0.5];
    for (let rest = at; rest > 0; rest = Math.floor(rest / 2), weight /= 2) value += (rest % 2) * weight;
    return value;
  };
}

function build(input: Partial<SpreadInput> & Pick<SpreadInput, 'members'>) {
  return buildSpread({ network: figure(50, 400), isOpenNetwork: true, random: createDraws(), ...input });
}

const alike = members(...[48, 52, 50, 47, 53, 51, 49, 50].map((percent) => figure(percent, 40)));
const unlike = members(...[5, 15, 30, 45, 60, 75, 85, 95].map((percent) => figure(percent, 100)));

test('members that differ by chance lie inside and have no rank', () => {
  const spread = build({ members: alike });
  expect(new Set(spread.members.map(({ position }) => position))).toEqual(new Set(['inside']));
  expect([spread.rankedCount, spread.isWidened]).toEqual([0, false]);
});

test('a member with the same share is inside with few answers and outside with many', () => {
  const spread = build({
    members: members(figure(66, 20), figure(66, 200), ...Array.from({ length: 12 }, () => figure(50, 40))),
  });
  expect(spread.members.map(({ position }) => position).slice(0, 2)).toEqual(['inside', 'far_above']);
});

test('limits are those of the binomial distribution around the printed share of the network', () => {
  const spread = build({ members: alike });
  const at = spread.limits.find(({ answers }) => answers === 40);
  // Exact binomial tails of n = 40, theta = 0.5: F(13) = 0.01924, F(14) = 0.04035, interpolated at 0.025
  expect([at?.low95, at?.high95]).toEqual([33.2, 64.3]);
  expect(at?.low998).toBeLessThan(at?.low95 ?? 0);
});

test('members that differ a lot widen the funnel and get an interval of their rank, never a single place shared by all', () => {
  const spread = build({ members: unlike });
  expect(spread.isWidened).toBe(true);
  expect(spread.rankedCount).toBe(8);
  expect(spread.members[0]?.rank?.worst).toBe(8);
  expect(spread.members[7]?.rank?.best).toBe(1);
  for (const { rank } of spread.members) expect(rank?.best).toBeLessThanOrEqual(rank?.worst ?? 0);
});

test('in a closed network ranks need ten published members', () => {
  expect(build({ members: unlike, isOpenNetwork: false }).rankedCount).toBe(0);
  const ten = members(...[5, 10, 15, 30, 45, 60, 75, 85, 90, 95].map((percent) => figure(percent, 100)));
  expect(build({ members: ten, isOpenNetwork: false }).rankedCount).toBe(10);
  const nine = [...ten.slice(1), { organisation: { key: 'x', name: 'x' }, estimate: suppressed }];
  expect(build({ members: nine, isOpenNetwork: false }).rankedCount).toBe(0);
});

test('what is hidden has no position and changes nothing for the others', () => {
  const with3 = build({ members: [...alike, { organisation: { key: 'x', name: 'x' }, estimate: suppressed }] });
  expect(with3.members.at(-1)).toMatchObject({ position: null, rank: null });
  expect(with3.members.slice(0, -1)).toEqual(build({ members: alike }).members);
  expect(with3.limits).toEqual(build({ members: alike }).limits);
});

test('a share in coarse steps is not judged and not reckoned with', () => {
  const coarse = { organisation: { key: 'x', name: 'x' }, estimate: figure(100, 40, ['coarse']) };
  const spread = build({ members: [...alike, coarse] });
  expect(spread.members.at(-1)?.position).toBe('not_judged');
  expect(spread.members.slice(0, -1)).toEqual(build({ members: alike }).members);
});

test.each([
  ['a hidden network', suppressed],
  ['a network in coarse steps', figure(50, 40, ['coarse'])],
  ['a network in which nobody gave the answer', figure(0, 400)],
  ['a network in which everybody gave it', figure(100, 400)],
])('around %s nothing is judged', (_what, network) => {
  const spread = build({ members: unlike, network });
  expect(spread.limits).toEqual([]);
  expect(spread.rankedCount).toBe(0);
  expect(new Set(spread.members.map(({ position }) => position))).toEqual(new Set(['not_judged']));
});

test('an answer that all gave lies outside only where that is unlikely by chance', () => {
  const others = Array.from({ length: 6 }, () => figure(92, 60));
  const position = (n: number) =>
    build({ network: figure(92, 500), members: members(figure(100, n), ...others) }).members[0]?.position;
  // 0.92 to the power of 30 is 0.082, of 60 is 0.0067, of 120 is 0.00005
  expect([position(30), position(60), position(120)]).toEqual(['inside', 'above', 'far_above']);
});

test('an answer that nobody gave likewise', () => {
  const others = Array.from({ length: 6 }, () => figure(8, 60));
  const position = (n: number) =>
    build({ network: figure(8, 500), members: members(figure(0, n), ...others) }).members[0]?.position;
  expect([position(30), position(60), position(120)]).toEqual(['inside', 'below', 'far_below']);
});
