import fc from 'fast-check';
import type { Highs } from 'highs';
import { createGroup, type GroupConditions } from '../../../src/domain/benchmark/groups';
import type { AcrossGroup } from '../../../src/domain/disclosure/audit-block';
import {
  describeKnowledge,
  isPrinted,
  readWindow,
  type FollowUp,
  type Printing,
} from '../../../src/domain/disclosure/audit-rows';
import type { GroupSet } from '../../../src/domain/disclosure/respondent-sets';
import type { Atom } from '../../../src/domain/disclosure/types';
import { withSolver } from '../../support/attacker/linear-bounds';
import { answersOf, blockOf, isSeen, readSum, tinyNetworks, type PrintedNetwork } from '../../support/audit-blocks';
import { inWholePercent, printAs } from '../../support/audit-options';
import { atom, setsOf } from '../../support/disclosure-networks';
import { optimise } from '../../support/linear-programme';

/**
 * Asker weighs 4 + 40 of whom 1 + 20 gave the option, Bamle 30 of whom 15, Lier 10 of whom none. The network weighs 84 of
 * whom 36 gave it: 43 %, so between 35.70 and 36.54; without Asker 15 of 40: 38 %, so between 15.00 and 15.40.
 */
const atoms: readonly Atom[] = [
  { ...atom('bamle school', 10, 5), weight: 3 },
  atom('asker health', 4, 1),
  { ...atom('asker school', 20, 10), weight: 2 },
  atom('lier school', 10, 0),
];
const near = (value: number): number => (Number.isFinite(value) ? (expect.closeTo(value, 6) as number) : value);
const followUp: FollowUp = {
  valid: [2, 1, 6, 0],
  isCounted: [true, true, true, true],
  published: new Set(['organisation=asker']),
  isOfOthers: false,
};

/** What is known of one organisation's cells. */
function know(
  organisation: string,
  keys: readonly string[],
  told: Printing = inWholePercent,
  followUps: readonly FollowUp[] = [],
) {
  return describeKnowledge(blockOf(organisation, atoms, keys), { ...answersOf(atoms, keys), followUps }, told);
}

/** Limits of a sum of both cells of Asker, or of one cell. */
const sum = (low: number, high: number, factors: readonly number[] = [1, 2], columns: readonly number[] = [0, 1]) => ({
  columns,
  factors,
  low: near(low),
  high: near(high),
});

describe('what is printed within an organisation', () => {
  it('sets limits to the weighted sum of its cells, each cell with as many answers as are known', () => {
    // 21 of 44: 48 %.
    expect(know('asker', ['organisation=asker'])).toEqual({ limits: [4, 20], rows: [sum(0.475 * 44, 0.485 * 44)] });
  });

  it('says less when it is printed in coarse steps', () => {
    // 24 answers, so steps of 10: 50 %.
    const coarse = printAs({ coarse: ['organisation=asker'] });
    expect(know('asker', ['organisation=asker'], coarse).rows).toEqual([sum(0.45 * 44, 0.55 * 44)]);
  });

  it('says nothing when it is to be hidden', () => {
    const refused = printAs({ refused: ['organisation=asker'] });
    // What is left is 10 of 20 in schools: 50 %, of a weight of 40.
    expect(know('asker', ['organisation=asker', 'organisation=asker;sector=school'], refused)).toEqual({
      limits: [4, 20],
      rows: [sum(0.495 * 40, 0.505 * 40, [2], [1])],
    });
  });

  it('names cells by their place in the organisation', () => {
    expect(know('bamle', ['organisation=bamle'])).toEqual({ limits: [10], rows: [sum(14.85, 15.15, [3], [0])] });
  });

  it('is one limit for figures of the same cells, the narrower at either end', () => {
    const places = ['asker health S', 'asker health M', 'asker school L', 'asker school L'];
    const cells = places.map((one, at) => atom(one, 10, at));
    const keys = [
      'organisation=asker;sector=health',
      'network',
      'organisation=asker;sector=school',
      'organisation=asker;size=L',
    ];
    const answers = answersOf(cells, keys);
    const rowsOf = (told: Printing) => describeKnowledge(blockOf('asker', cells, keys), answers, told).rows;
    // 1 of 20: 5 %; 6 of 40: 15 %; 5 of 20: 25 %, in steps of 10 as 30 %, from 25 % to 35 %.
    const others = [sum(0.9, 1.1, [1, 1]), sum(5.8, 6.2, [1, 1, 1, 1], [0, 1, 2, 3])];
    const both = sum(5, 5.1, [1, 1], [2, 3]);
    expect(rowsOf(inWholePercent)).toEqual([...others, sum(4.9, 5.1, [1, 1], [2, 3])]);
    expect(rowsOf(printAs({ coarse: ['organisation=asker;sector=school'] }))).toEqual([...others, both]);
    expect(rowsOf(printAs({ coarse: ['organisation=asker;size=L'] }))).toEqual([...others, both]);
  });
});

describe('a total of several organisations leaves for one of them', () => {
  const keys = ['network', 'organisation=bamle', 'organisation=lier', 'rest=asker'];
  const left = (shown: readonly string[], told?: Printing) => know('asker', shown, told).rows;

  it('what the others do not hold, by their own figures and by the total without it', () => {
    // Bamle holds 14.85 to 15.15, Lier 0 to 0.05: together 14.85 to 15.20; without Asker 15.00 to 15.40.
    expect(left(keys)).toEqual([sum(35.7 - 15.2, 36.54 - 15)]);
    expect(left(keys.slice(0, 3))).toEqual([sum(35.7 - 15.2, 36.54 - 14.85)]);
  });

  it('less certainly when another organisation prints nothing, or is to be hidden', () => {
    // Bamle may hold 0 to 30.
    const less = [sum(35.7 - 15.4, 36.54 - 15)];
    expect(left(['network', 'organisation=lier', 'rest=asker'])).toEqual(less);
    expect(left(keys, printAs({ refused: ['organisation=bamle'] }))).toEqual(less);
    expect(left(['network', 'organisation=lier'])).toEqual([sum(35.7 - 30.05, 36.54)]);
  });

  it('less certainly when the total without it is to be hidden', () => {
    const less = [sum(35.7 - 15.2, 36.54 - 14.85)];
    expect(left(keys, printAs({ refused: ['rest=asker'] }))).toEqual(less);
    expect(left(keys, printAs({ refused: ['organisation=asker'] }))).toEqual(less);
  });

  it('less certainly when figures are printed in coarse steps', () => {
    // The network's 44 answers: 40 %, between 35 % and 45 %.
    expect(left(keys, printAs({ coarse: ['network'] }))).toEqual([sum(0.35 * 84 - 15.2, 0.45 * 84 - 15)]);
    // Bamle's 10 answers: 15 of 30 is 60 % in steps of 20, between 50 % and 70 %.
    expect(left(keys, printAs({ coarse: ['organisation=bamle'] }))).toEqual([sum(35.7 - 15.4, 36.54 - 15)]);
  });

  it('nothing when the total is to be hidden', () => {
    expect(left(keys, printAs({ refused: ['network'] }))).toEqual([]);
  });

  it('limits that are put together with those of its own figure', () => {
    const all = [...keys, 'organisation=asker'];
    expect(left(all)).toEqual([sum(0.475 * 44, 0.485 * 44)]);
    expect(left(all, printAs({ coarse: ['organisation=asker'] }))).toEqual([sum(35.7 - 15.2, 36.54 - 15)]);
  });
});

describe('a follow-up question', () => {
  const keys = ['organisation=asker', 'organisation=asker;sector=school'];
  /** What comes after the limits that the per cents set. */
  const asked = (change: Partial<FollowUp>, told?: Printing) =>
    know('asker', keys, told, [{ ...followUp, ...change }]).rows.slice(know('asker', keys, told).rows.length);

  it('was answered by no more than gave the option', () => {
    expect(asked({})).toEqual([sum(7, Infinity, [1, 1])]);
  });

  it('of those who did not give it leaves no more who did', () => {
    // 3 and 9 of 24 answered it: at most 12 gave the option.
    expect(asked({ valid: [5, 3, 9, 10], isOfOthers: true })).toEqual([sum(0, 12, [1, 1])]);
  });

  it('says something of every group whose base may be printed', () => {
    expect(asked({ published: new Set(keys) })).toEqual([sum(7, Infinity, [1, 1]), sum(6, Infinity, [1], [1])]);
    expect(asked({ published: new Set() })).toEqual([]);
  });

  it('says nothing of a group that is to be hidden', () => {
    expect(asked({}, printAs({ refused: ['organisation=asker'] }))).toEqual([]);
  });

  it('says nothing of a group of which its figures leave some out', () => {
    expect(asked({ isCounted: [true, false, true, true] })).toEqual([]);
    expect(asked({ isCounted: [false, true, true, false] })).toEqual([sum(7, Infinity, [1, 1])]);
  });
});

test('a printed share is read as limits of a weighted sum', () => {
  const keys = ['organisation=lier', 'organisation=bamle'];
  const [lier, bamle] = setsOf(atoms, keys);
  const read = (set: GroupSet, told = inWholePercent) => readWindow(answersOf(atoms, keys), set, told);
  expect(read(lier!)).toEqual({ low: 0, high: near(0.05) });
  expect(read(bamle!)).toEqual({ low: near(14.85), high: near(15.15) });
  expect(read(bamle!, printAs({ coarse: keys }))).toEqual({ low: near(15), high: near(21) });
});

describe('is printed', () => {
  const refused = (...keys: readonly string[]) => printAs({ refused: keys });
  it.each<[string, Partial<GroupConditions>, Printing, boolean]>([
    ['a group where nothing is to be hidden', { organisation: 'asker' }, inWholePercent, true],
    ['a group that is to be hidden', { organisation: 'asker' }, refused('organisation=asker'), false],
    ['another one', { organisation: 'lier' }, refused('organisation=asker'), true],
    ['a total without a hidden organisation', { rest: 'asker' }, refused('organisation=asker'), false],
    ['a total without another', { rest: 'lier' }, refused('organisation=asker'), true],
    ['a hidden total without one', { rest: 'lier' }, refused('rest=lier'), false],
    ['a peer group without it', { peers: 'coast', rest: 'asker' }, refused('organisation=asker'), false],
    ['the peer group itself', { peers: 'coast' }, refused('organisation=asker', 'network'), true],
    ['the organisation of a hidden rest', { organisation: 'asker' }, refused('rest=asker', 'network'), true],
    ['a sector without it', { rest: 'asker', sector: 'care' }, refused('organisation=asker;sector=care'), false],
    ['a size without it', { rest: 'asker', size: 'S' }, refused('organisation=asker;size=S'), false],
    ['a sector without one hidden in total', { rest: 'asker', sector: 'care' }, refused('organisation=asker'), true],
    ['a total without one hidden in a sector', { rest: 'asker' }, refused('organisation=asker;sector=care'), true],
  ])('%s: %j', (_, conditions, told, expected) => {
    expect(isPrinted(createGroup(conditions), told)).toBe(expected);
  });
});

describe('in any network', () => {
  const networks = tinyNetworks(['asker', 'bamle', 'lier'], ['health', 'school']);
  const organisationsOf = (cells: readonly Atom[]) => [...new Set(cells.map(({ organisation }) => organisation))];
  const solver = withSolver();

  it('the true counts are within all limits', () => {
    fc.assert(
      fc.property(
        networks,
        fc.boolean(),
        fc.nat({ max: 3 }),
        ({ atoms: cells, keys, printing: told }, isOfOthers, most) => {
          const given = cells.map(({ optionCounts }) => optionCounts[0]!);
          const asked = cells.map(({ validCount }, at) => (isOfOthers ? validCount - given[at]! : given[at]!));
          const valid = asked.map((count) => Math.min(count, most));
          const question = { valid, isCounted: cells.map(() => true), published: new Set(keys) };
          const answers = answersOf(cells, keys, [question]);
          for (const organisation of organisationsOf(cells)) {
            const block = blockOf(organisation, cells, keys);
            for (const { columns, factors, low, high } of describeKnowledge(block, answers, told).rows) {
              const total = columns.reduce((sum, column, at) => sum + factors[at]! * given[block.columns[column]!]!, 0);
              expect(total).toBeGreaterThanOrEqual(low - 1e-9);
              expect(total).toBeLessThanOrEqual(high + 1e-9);
            }
          }
        },
      ),
      { numRuns: 80, seed: 23 },
    );
  });

  it('a total leaves exactly what another solver finds possible', () => {
    let seen = 0;
    fc.assert(
      fc.property(networks, (network) => {
        const { atoms: cells, keys, printing: told } = network;
        for (const organisation of organisationsOf(cells)) {
          const block = blockOf(organisation, cells, keys);
          for (const across of block.across) {
            const alone = { ...block, printed: [], across: [across] };
            const { rows } = describeKnowledge(alone, answersOf(cells, keys), told);
            const limits = rows.map(({ low, high }) => [near(low), near(high)]);
            expect(isSeen(across.whole.group.key, told) ? [solve(solver(), network, across)] : []).toEqual(limits);
            seen += rows.length;
          }
        }
      }),
      { numRuns: 15, seed: 29 },
    );
    expect(seen).toBeGreaterThan(25);
  });
});

/** Least and most that one organisation can hold of a total: by another solver, from what is printed of the others. */
function solve(
  solver: Highs,
  network: PrintedNetwork,
  { whole, rest, others }: AcrossGroup,
): readonly [number, number] {
  const read = (set: GroupSet) => readSum(set, network);
  const isKnown = (set: GroupSet | null): set is GroupSet => set !== null && isSeen(set.group.key, network.printing);
  const bounds = others.map(({ printed, weight }) => (isKnown(printed) ? read(printed) : { low: 0, high: weight }));
  const columns = bounds.map((_, at) => at + 1);
  const rows = [
    { columns: [0, ...columns], factors: [1, ...columns.map(() => 1)], ...read(whole) },
    ...(isKnown(rest) ? [{ columns, factors: columns.map(() => 1), ...read(rest) }] : []),
  ];
  const reach = (sign: 1 | -1): number =>
    sign * optimise(solver, { bounds: [{ low: -999, high: 999 }, ...bounds], rows, objective: [[0, sign]] });
  return [reach(-1), reach(1)];
}
