import fc from 'fast-check';
import {
  countSpare,
  describeMoves,
  joinRows,
  placeRow,
  type BaseTreatment,
} from '../../../src/domain/disclosure/audit-moves';
import type { FollowUp, Printing } from '../../../src/domain/disclosure/audit-rows';
import type { MoveProblem, MoveRow } from '../../../src/domain/disclosure/furthest-move';
import { printedPercent } from '../../../src/domain/disclosure/printed-share';
import type { GroupSet } from '../../../src/domain/disclosure/respondent-sets';
import { attackFirst, drawOptions, inWholePercent, printAs, type DrawnOption } from '../../support/audit-options';
import { atom, setsOf } from '../../support/disclosure-networks';

/** Changes of whole counts of the movable cells, all there are; other cells stay as they are. */
function listChanges({ atoms }: DrawnOption, movable: readonly number[]): readonly (readonly number[])[] {
  return atoms.reduce<readonly (readonly number[])[]>(
    (lists, { validCount, optionCounts: [given = 0] }, at) => {
      const changes = movable.includes(at) ? [...Array(validCount + 1).keys()].map((count) => count - given) : [0];
      return lists.flatMap((list) => changes.map((change) => [...list, change]));
    },
    [[]],
  );
}

/** Per cent as printed of a group when the answers differ by so much. */
function readPercent(
  { atoms }: DrawnOption,
  { group, columns, count }: GroupSet,
  changes: readonly number[],
  { coarse }: Printing,
): number {
  const sum = (of: (column: number) => number): number =>
    columns.reduce((total, column) => total + atoms[column]!.weight! * of(column), 0);
  const share =
    sum((column) => atoms[column]!.optionCounts[0]! + changes[column]!) / sum((column) => atoms[column]!.validCount);
  return printedPercent(share, count, coarse.has(group.key));
}

/** Whether follow-up questions and their printed bases allow the changes. */
function isAllowed(
  option: DrawnOption,
  changes: readonly number[],
  bases: BaseTreatment,
  shown: readonly GroupSet[],
): boolean {
  return option.followUps.every((followUp) => {
    const { valid, isCounted, isOfOthers, published } = followUp;
    const turned = changes.map((change, at) => (isCounted[at]! ? (isOfOthers ? -change : change) : 0));
    const asked = option.atoms.map(({ optionCounts }, at) => optionCounts[isOfOthers ? 1 : 0]! + turned[at]!);
    const printed = shown.filter(({ group }) => published.has(group.key));
    const sum = (values: readonly number[], { columns }: GroupSet): number =>
      columns.reduce((total, column) => total + (isCounted[column]! ? values[column]! : 0), 0);
    if (bases === 'free') return printed.every((set) => sum(asked, set) >= sum(valid, set));
    return (
      turned.every((change, at) => valid[at]! + change >= 0 || !isCounted[at]!) &&
      printed.every((set) => sum(turned, set) === 0)
    );
  });
}

function keeps({ fall, rise, rows }: MoveProblem, changes: readonly number[]): boolean {
  const isWithin = (value: number, low: number, high: number): boolean => value >= low - 1e-12 && value <= high + 1e-12;
  return (
    changes.every((change, at) => isWithin(change, -fall[at]!, rise[at]!)) &&
    rows.every(({ columns, factors, low, high }) =>
      isWithin(
        columns.reduce((sum, column, at) => sum + factors[at]! * changes[column]!, 0),
        low,
        high,
      ),
    )
  );
}

describe('limits on changes of answers', () => {
  const printings = fc.record({
    coarse: fc.subarray(['organisation=g0', 'organisation=g1']),
    refused: fc.subarray(['organisation=g1', 'organisation=g2']),
  });
  const movables = fc.subarray([0, 1, 2, 3, 4], { minLength: 1, maxLength: 4 });

  test.each(['moved', 'free'] as const)(
    'allow exactly the whole counts that give everything printed, with follow-up answers %s',
    (bases) => {
      const seen = { allowed: 0, forbidden: 0 };
      fc.assert(
        fc.property(drawOptions(4, 3), printings, movables, (drawn, told, movable) => {
          const printing = printAs(told);
          const option = attackFirst(drawn.atoms, drawn.groups);
          const printed = { ...option, answers: { ...option.answers, followUps: drawn.followUps }, printing };
          const problem = describeMoves(printed, movable, { bases, rules: [] });
          const shown = drawn.groups.filter(({ group }) => !printing.refused.has(group.key));
          const still = drawn.atoms.map(() => 0);
          for (const changes of listChanges(drawn, movable)) {
            const isSame = shown.every(
              (set) => readPercent(drawn, set, changes, printing) === readPercent(drawn, set, still, printing),
            );
            const expected = isSame && isAllowed(drawn, changes, bases, shown);
            seen[expected ? 'allowed' : 'forbidden']++;
            expect(
              keeps(
                problem,
                movable.map((column) => changes[column]!),
              ),
            ).toBe(expected);
          }
        }),
        { numRuns: 60, seed: 11 },
      );
      expect(Math.min(seen.allowed, seen.forbidden)).toBeGreaterThan(300);
    },
  );

  /** Two cells of ten, those of b with double weight, and what is printed: 60 % of a, 14 of 30 = 47 % of both. */
  const two = [atom('a s1', 10, 6), { ...atom('b s1', 10, 4), weight: 2 }];
  const published = setsOf(two, ['network', 'organisation=a']);
  const byNetwork = { lowBy: ['network'], highBy: ['network'] };

  interface Asked {
    readonly bases?: BaseTreatment;
    readonly printing?: Printing;
    readonly followUps?: readonly Partial<FollowUp>[];
    readonly rules?: readonly MoveRow[];
  }

  function describeTwo({ bases = 'moved', printing = inWholePercent, followUps = [], rules = [] }: Asked): MoveProblem {
    const asked = { valid: [3, 2], isCounted: [true, true], published: new Set(['network']), isOfOthers: false };
    const answers = {
      ...attackFirst(two, published).answers,
      followUps: followUps.map((one) => ({ ...asked, ...one })),
    };
    return describeMoves({ published, answers, printing }, [0, 1], { bases, rules });
  }

  test('name the groups that set them', () => {
    const near = (value: number) => expect.closeTo(value, 6) as number;
    expect(describeTwo({})).toEqual({
      fall: [6, 4],
      rise: [4, 6],
      rows: [
        // 46.5 to 47.5 % of 30 are 13.95 to 14.25.
        { columns: [0, 1], factors: [1, 2], low: near(-0.05), high: near(0.25), ...byNetwork },
        {
          columns: [0],
          factors: [1],
          low: near(-0.05),
          high: near(0.05),
          lowBy: ['organisation=a'],
          highBy: ['organisation=a'],
        },
      ],
    });
  });

  test('are as wide as the steps of what is printed coarsely, and none is set by what is hidden', () => {
    const printing = printAs({ coarse: ['network'], refused: ['organisation=a'] });
    // 20 answers in steps of 10: 45 to 55 % of 30 are 13.5 to 16.5.
    expect(describeTwo({ printing }).rows).toMatchObject([
      { low: expect.closeTo(-0.5, 6) as number, high: expect.closeTo(2.5, 6) as number },
    ]);
    const hidden = printAs({ refused: ['network', 'organisation=a'] });
    expect(describeTwo({ printing: hidden, bases: 'free', followUps: [{}] }).rows).toEqual([]);
  });

  test('leave as many asked as answered a follow-up question', () => {
    const describeBase = (followUp: Partial<FollowUp>) => describeTwo({ bases: 'free', followUps: [followUp] }).rows;
    // 10 are asked and 5 answer, so 5 may turn away; the other 10 are 4 and 6, of whom 5 answer as well.
    const both = { columns: [0, 1], factors: [1, 1], ...byNetwork };
    expect(describeBase({})).toContainEqual({ ...both, low: -5, high: Infinity });
    expect(describeBase({ isOfOthers: true })).toContainEqual({ ...both, low: -Infinity, high: 5 });
    expect(describeBase({ isCounted: [false, true] })).toContainEqual({
      columns: [1],
      factors: [1],
      ...byNetwork,
      low: -2,
      high: Infinity,
    });
    expect(describeBase({ published: new Set() })).toHaveLength(2);
  });

  test('leave as many asked as answered the question that most answered', () => {
    const followUps = [{ valid: [1, 1] }, { valid: [5, 3] }, { valid: [3, 2] }];
    expect(describeTwo({ bases: 'free', followUps }).rows).toContainEqual({
      columns: [0, 1],
      factors: [1, 1],
      ...byNetwork,
      low: -2,
      high: Infinity,
    });
  });

  test('let only those turn away who take their answers along, and others for them', () => {
    const moved = describeTwo({ followUps: [{}] });
    expect(moved).toMatchObject({ fall: [3, 2], rise: [4, 6] });
    expect(moved.rows).toContainEqual({
      columns: [0, 1],
      factors: [1, 1],
      low: expect.closeTo(0, 9) as number,
      high: 0,
      ...byNetwork,
    });
    expect(describeTwo({ followUps: [{ isOfOthers: true }] })).toMatchObject({ fall: [6, 4], rise: [3, 2] });
    expect(describeTwo({ followUps: [{ isCounted: [true, false] }] })).toMatchObject({ fall: [3, 4], rise: [4, 6] });
    expect(describeTwo({ bases: 'free', followUps: [{}] })).toMatchObject({ fall: [6, 4], rise: [4, 6] });
  });

  test('keep to the rules that are known already', () => {
    const rule = { columns: [1, 7], factors: [2, 5], low: -3, high: 8, lowBy: ['x'], highBy: [] };
    expect(describeTwo({ rules: [rule] }).rows).toContainEqual({
      ...rule,
      columns: [1],
      factors: [1],
      low: -1.5,
      high: 4,
    });
  });
});

test('those who were asked and did not answer a follow-up question are counted cell by cell', () => {
  const answers = { atoms: [atom('a s1', 10, 6), atom('b s1', 10, 4)], given: [6, 4] };
  const followUp = { valid: [5, 1], isCounted: [true, true], published: new Set<string>(), isOfOthers: false };
  const count = (isOfOthers: boolean) =>
    [0, 1].map((column) => countSpare(answers, { ...followUp, isOfOthers }, column));
  expect(count(false)).toEqual([1, 3]);
  expect(count(true)).toEqual([-1, 5]);
});

describe('a row over the cells that may change', () => {
  const row = { columns: [2, 4, 6], factors: [2, 4, -1], low: -6, high: 8, lowBy: ['low'], highBy: ['high'] };

  test('starts with the factor 1, and is none when no cell may change', () => {
    const two = new Map([
      [2, 0],
      [6, 1],
    ]);
    expect(placeRow(row, two)).toEqual([
      { columns: [0, 1], factors: [1, -0.5], low: -3, high: 4, lowBy: ['low'], highBy: ['high'] },
    ]);
    expect(placeRow(row, new Map([[3, 0]]))).toEqual([]);
  });

  test('changes its limits about when the first factor is negative', () => {
    expect(placeRow(row, new Map([[6, 3]]))).toEqual([
      { columns: [3], factors: [1], low: -8, high: 6, lowBy: ['high'], highBy: ['low'] },
    ]);
  });

  test('lets everything stay as it is, however limits are rounded', () => {
    const beside = { ...row, low: 1e-12, high: -1e-12 };
    expect(placeRow(beside, new Map([[2, 0]]))).toMatchObject([{ low: 0, high: 0 }]);
  });
});

describe('rows about the same sum', () => {
  const row = (low: number, high: number, by: string, factors = [1, 2]): MoveRow => {
    return { columns: [0, 1], factors, low, high, lowBy: [`low ${by}`], highBy: [`high ${by}`] };
  };

  test('are put together with the nearest limits, each by whom it is set', () => {
    const nearest = { ...row(-1, 2, ''), lowBy: ['low second'], highBy: ['high third'] };
    expect(joinRows([row(-3, 9, 'first'), row(-1, 4, 'second'), row(-2, 2, 'third')])).toEqual([nearest]);
    expect(joinRows([row(-2, 2, 'third'), row(-1, 4, 'second'), row(-3, 9, 'first')])).toEqual([nearest]);
  });

  test('are the same up to nine decimals', () => {
    expect(joinRows([row(-1, 1, 'first'), row(-1, 1, 'second', [1, 2 + 1e-11])])).toHaveLength(1);
    expect(joinRows([row(-1, 1, 'first'), row(-1, 1, 'second', [1, 2 + 1e-8])])).toHaveLength(2);
    expect(joinRows([row(-1, 1, 'first'), { ...row(-1, 1, 'second'), columns: [0, 2] }])).toHaveLength(2);
    // Neither the columns 1 and 2 nor the factors are taken for the number 12.
    const names = [{ ...row(-1, 1, ''), columns: [1, 2] }, { ...row(-1, 1, ''), columns: [12] }, row(-1, 1, '', [12])];
    expect(joinRows(names)).toHaveLength(3);
  });
});
