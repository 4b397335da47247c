import fc from 'fast-check';
import { startLinearAttack, type Obstacles } from '../../../src/domain/disclosure/audit-bounds';
import type { FollowUp, Printing } from '../../../src/domain/disclosure/audit-rows';
import type { AttackedOption, Wish } from '../../../src/domain/disclosure/audit-suspicion';
import { printedPercent } from '../../../src/domain/disclosure/printed-share';
import { makeSet, type GroupSet } from '../../../src/domain/disclosure/respondent-sets';
import { sharesPrintedAs } from '../../support/attacker/knowledge';
import { withSolver } from '../../support/attacker/linear-bounds';
import { attackFirst, drawOptions, inWholePercent, printAs, type DrawnOption } from '../../support/audit-options';
import { atom, setsOf } from '../../support/disclosure-networks';
import { optimise, type Programme } from '../../support/linear-programme';

const solver = withSolver();

const sumOf = (columns: readonly number[], of: (column: number) => number): number =>
  columns.reduce((sum, column) => sum + of(column), 0);

/** What a reader knows of the counts: the printed per cents, and the bases of follow-up questions with their answers cell by cell. */
function writeKnowledge(
  { atoms, followUps }: DrawnOption,
  shown: readonly GroupSet[],
  { coarse }: Printing,
): Pick<Programme, 'bounds' | 'rows'> {
  const shares = shown.map(({ group, columns, count }) => {
    const weight = sumOf(columns, (column) => atoms[column]!.weight! * atoms[column]!.validCount);
    const share = sumOf(columns, (column) => atoms[column]!.weight! * atoms[column]!.optionCounts[0]!) / weight;
    const isCoarse = coarse.has(group.key);
    const figure = {
      indicator: '',
      option: '',
      group: group.key,
      n: count,
      percent: printedPercent(share, count, isCoarse),
      isCoarse,
    };
    const [low, high] = sharesPrintedAs(figure);
    return {
      columns,
      factors: columns.map((column) => atoms[column]!.weight!),
      low: (low / 100) * weight,
      high: (high / 100) * weight,
    };
  });
  const answers = followUps.flatMap(({ valid, isCounted, isOfOthers, published }, number) => {
    const own = (column: number): number => (number + 1) * atoms.length + column;
    const asked = atoms.map(({ validCount }, column) => {
      const most = isOfOthers ? validCount : 0;
      return {
        columns: [own(column), column],
        factors: [1, isOfOthers ? 1 : -1],
        low: -Infinity,
        high: isCounted[column]! ? most : Infinity,
      };
    });
    const bases = shown
      .filter(({ group }) => published.has(group.key))
      .map(({ columns }) => {
        const counted = columns.filter((column) => isCounted[column]!);
        const base = sumOf(counted, (column) => valid[column]!);
        return { columns: counted.map(own), factors: counted.map(() => 1), low: base, high: base };
      });
    return [...asked, ...bases.filter(({ columns }) => columns.length > 0)];
  });
  const bounds = [null, ...followUps].flatMap(() => atoms.map(({ validCount }) => ({ low: 0, high: validCount })));
  return { bounds, rows: [...shares, ...answers] };
}

/** Whether counts of a set as far off as wished would give all that: by another solver. */
function isPossible(
  knowledge: Pick<Programme, 'bounds' | 'rows'>,
  columns: readonly number[],
  { wish, count }: { readonly wish: Wish; readonly count: number },
): boolean {
  const sign = wish.high < count ? -1 : 1;
  const furthest = optimise(solver(), { ...knowledge, objective: columns.map((column) => [column, sign] as const) });
  return furthest >= sign * (sign < 0 ? wish.high : wish.low) - 1e-6;
}

/** Attacks a set that is hidden; any of the wishes is enough not to know its answers. */
function attackSet(
  option: AttackedOption,
  columns: readonly number[],
  wishes: readonly Wish[],
  printing = inWholePercent,
): Obstacles | null {
  const block = { columns: [], printed: [], across: [], few: [], targets: [] };
  const target = { ...makeSet(option.answers.atoms, columns), isCountKnown: true };
  return startLinearAttack(option, printing).findObstacles({ block, option, target, wishes });
}

/** Every other count of a set. */
function wishOther({ answers: { atoms, given } }: AttackedOption, columns: readonly number[]): readonly Wish[] {
  const count = sumOf(columns, (column) => given[column]!);
  const most = sumOf(columns, (column) => atoms[column]!.validCount);
  const wishes = [
    { low: 0, high: count - 1 },
    { low: count + 1, high: most },
  ];
  return wishes.filter(({ low, high }) => low <= high);
}

describe('the attack by linear bounds', () => {
  const printings = fc.record({
    coarse: fc.subarray(['organisation=g0', 'organisation=g1']),
    refused: fc.subarray(['organisation=g1', 'organisation=g2']),
  });
  const targets = fc.subarray([0, 1, 2, 3, 4], { minLength: 1, maxLength: 2 });

  test.each([
    [0, 3, 60],
    [2, 6, 100],
  ])(
    'finds a set exactly when no counts of the network leave it open (follow-up questions: up to %d)',
    (followUps, most, numRuns) => {
      const seen = { open: 0, found: 0 };
      fc.assert(
        fc.property(drawOptions(most, followUps), printings, targets, (drawn, told, columns) => {
          const printing = printAs(told);
          const plain = attackFirst(drawn.atoms, drawn.groups);
          const option = { ...plain, answers: { ...plain.answers, followUps: drawn.followUps } };
          const wishes = wishOther(option, columns);
          const count = sumOf(columns, (column) => option.answers.given[column]!);
          const shown = drawn.groups.filter(({ group }) => !printing.refused.has(group.key));
          const isOpen = (groups: readonly GroupSet[]): boolean => {
            const knowledge = writeKnowledge(drawn, groups, printing);
            return wishes.some((wish) => isPossible(knowledge, columns, { wish, count }));
          };
          const obstacles = attackSet(option, columns, wishes, printing);
          seen[obstacles === null ? 'open' : 'found']++;
          expect(obstacles === null).toBe(isOpen(shown));
          // What is named as the reason is reason enough: the other figures are not needed for it.
          if (obstacles !== null) expect(isOpen(shown.filter(({ group }) => obstacles.has(group.key)))).toBe(false);
        }),
        { numRuns, seed: 17 },
      );
      expect(Math.min(seen.open, seen.found)).toBeGreaterThan(10);
    },
  );

  /** 60 % of 10 in a, 50 % of 20 in both: each within half an answer. */
  const two = [atom('a s1', 4, 3), atom('a s2', 6, 3), atom('b s1', 10, 4)];
  const both = setsOf(two, ['organisation=a', 'network']);

  test('keeps a change that it found for later sets, and asks again only where that says nothing', () => {
    const option = attackFirst(two, both);
    const less = [{ low: 0, high: 2 }];
    expect(attackSet(option, [0], less)).toBeNull();
    expect(option.moves).toHaveLength(1);
    expect(attackSet(option, [0], less)).toBeNull();
    expect(option.moves).toHaveLength(1);
    expect(attackSet(option, [0], [{ low: 4, high: 4 }])).toBeNull();
    expect(option.moves).toHaveLength(2);
  });

  test('looks at the organisation of the set first, and leaves all others as they are', () => {
    const option = attackFirst(two, both);
    expect(attackSet(option, [0], [{ low: 0, high: 1 }])).toBeNull();
    const [move] = option.moves;
    // Two fewer in the first cell; the printed per cent allows that at most 0.05 of them are missing from the second.
    expect([...move!]).toEqual([
      [0, expect.closeTo(-2, 6)],
      [1, expect.closeTo(1.95, 6)],
    ]);
  });

  test('looks at the whole network where the organisation itself leaves nothing open', () => {
    const option = attackFirst(two, setsOf(two, ['network']));
    expect(attackSet(option, [0, 1], [{ low: 0, high: 5 }])).toBeNull();
    expect([...option.moves[0]!.keys()]).toEqual([0, 1, 2]);
    expect(attackSet(attackFirst(two, both), [0, 1], [{ low: 0, high: 5 }])).toEqual(new Map([['organisation=a', 1]]));
  });

  test('names what the whole network rules out, not what only keeps the others from answering otherwise', () => {
    // In a 50 to 70 % of 10 are printed as 60 %; fewer than 5 there are ruled out, whatever b does.
    const option = attackFirst(two, both);
    const coarse = printAs({ coarse: ['organisation=a'] });
    expect(attackSet(option, [0, 1], [{ low: 0, high: 3 }], coarse)).toEqual(new Map([['organisation=a', 1]]));
    expect(attackSet(option, [0, 1], [{ low: 0, high: 5 }], coarse)).toBeNull();
  });

  test.each([
    [-1, { low: 0, high: 2 }, true],
    [-1 + 1e-7, { low: 0, high: 2 }, true],
    [-1, { low: 0, high: 1 }, false],
    [-1, { low: 4, high: 4 }, false],
    [1, { low: 4, high: 4 }, true],
    [1 - 1e-7, { low: 4, high: 4 }, true],
    [1, { low: 0, high: 2 }, false],
    [0.9, { low: 4, high: 4 }, false],
  ])('a change by %d that is known already answers the wish for %j: %s', (change, wish, isEnough) => {
    const cell = setsOf(two, ['organisation=a;sector=s1']);
    const option = attackFirst(two, cell, { moves: [new Map([[0, change]])] });
    expect(attackSet(option, [0], [wish]) === null).toBe(isEnough);
    // One answer is enough; that the other way is closed does not matter.
    const impossible = change < 0 ? { low: 4, high: 4 } : { low: 0, high: 2 };
    expect(attackSet(option, [0], [impossible, wish]) === null).toBe(isEnough);
  });

  test('names what rules out fewer, and what rules out more', () => {
    // Nobody is left to turn to the option in a; 9.5 to 10.5 of 20 are 50 %, so b must not lose any.
    const cells = [atom('a s1', 4, 3), atom('b s1', 16, 7)];
    const wishes = [
      { low: 0, high: 2 },
      { low: 4, high: 4 },
    ];
    const all = attackFirst(cells, setsOf(cells, ['network', 'organisation=b']));
    expect(attackSet(all, [0], wishes)).toEqual(
      new Map([
        ['network', 1],
        ['organisation=b', 1],
      ]),
    );
    const total = attackFirst(cells, setsOf(cells, ['network']));
    expect(attackSet(total, [0], wishes)).toBeNull();
  });

  test('is content when one of several counts is possible', () => {
    const cells = [atom('a s1', 4, 3), atom('a s2', 6, 6), atom('a s3', 6, 6)];
    const option = () => attackFirst(cells, setsOf(cells, ['organisation=a']));
    const [less, more] = [
      { low: 0, high: 2 },
      { low: 4, high: 4 },
    ];
    // All others gave it, so none can make up for the one who turns away; nor is anybody else left to turn to it for one.
    expect(attackSet(option(), [0], [less])).toEqual(new Map([['organisation=a', 1]]));
    expect(attackSet(option(), [0], [more])).toBeNull();
    expect(attackSet(option(), [0], [less, more])).toBeNull();
  });

  test('finds nothing where nothing would have to stay unknown', () => {
    expect(attackSet(attackFirst(two, both), [0, 1], [])).toBeNull();
  });

  describe('with what follow-up questions are known to ask', () => {
    const rule = { columns: [0], factors: [1], low: 0, high: 0, lowBy: ['network'], highBy: [] };
    const followUp = {
      valid: [0, 0, 0],
      isCounted: [true, true, true],
      published: new Set<string>(),
      isOfOthers: false,
    };
    const attackKnowing = (refusedCount: number, printing: Printing, isFollowed = true) => {
      const plain = attackFirst(two, both, { known: { refusedCount, rules: [rule] } });
      const option = { ...plain, answers: { ...plain.answers, followUps: isFollowed ? [followUp] : [] } };
      return { obstacles: attackSet(option, [0], [{ low: 0, high: 2 }], printing), known: option.known };
    };
    const refused = printAs({ refused: ['organisation=b'] });

    test('keeps to it as long as the same bases are printed', () => {
      expect(attackKnowing(0, inWholePercent).obstacles).toEqual(new Map([['network', 1]]));
      expect(attackKnowing(1, refused).known).toEqual({ refusedCount: 1, rules: [rule] });
    });

    test('forgets it when another group is hidden', () => {
      expect(attackKnowing(0, refused)).toEqual({ obstacles: null, known: { refusedCount: 1, rules: [] } });
    });
  });

  test('finds what two bases of a follow-up question tell together, and keeps what it learnt of them', () => {
    // All 2 in the first cell answered it, and 3 of 6 in the second: printed are 5 of both and 3 of the second.
    const cells = [atom('a s1', 4, 2), atom('a s2', 16, 6)];
    const published = setsOf(cells, ['organisation=a', 'organisation=a;sector=s2']);
    const keys = published.map(({ group }) => group.key);
    const followUp: FollowUp = { valid: [2, 3], isCounted: [true, true], published: new Set(keys), isOfOthers: false };
    const plain = attackFirst(cells, published);
    const option = { ...plain, moves: [], answers: { ...plain.answers, followUps: [followUp] } };
    const fewer = [{ low: 0, high: 1 }];
    expect(attackSet(plain, [0], fewer, printAs({ coarse: keys }))).toBeNull();
    const obstacles = attackSet(option, [0], fewer, printAs({ coarse: keys }));
    expect([...obstacles!.keys()].sort()).toEqual(keys);
    expect(option.known.rules).toMatchObject([{ columns: [0], low: expect.closeTo(0, 6) as number, high: Infinity }]);
    expect(attackSet(option, [0], [{ low: 3, high: 4 }], printAs({ coarse: keys }))).toBeNull();
  });

  test('what one organisation has to keep to while the others answer as before is not asked of the whole network', () => {
    // The sector's base is 2 of the 2 who gave the option in a and 2 of the 4 in b. When one in a turns to the other sector
    // of a, whose per cent stays the same then, one more in b may have answered.
    const cells = [atom('a s1', 4, 2), atom('a s2', 4, 2), atom('b s1', 9, 4)];
    const published = setsOf(cells, ['organisation=a', 'sector=s1']);
    const followUp = {
      valid: [2, 2, 2],
      isCounted: [true, true, true],
      published: new Set(['sector=s1']),
      isOfOthers: false,
    };
    const plain = attackFirst(cells, published);
    const option = { ...plain, answers: { ...plain.answers, followUps: [followUp] } };
    const printing = printAs({ coarse: ['sector=s1'] });
    expect(attackSet(option, [0], [{ low: 0, high: 1 }], printing)).toBeNull();
    expect(option.moves[0]!.get(0)).toBeCloseTo(-1, 6);
    // It was refused in a alone, for a reason that does not hold for both.
    expect(option.known.rules).toEqual([]);
  });

  test.each([
    ['40 organisations are attacked as a whole, 41 are not', (count: number) => `o${count} s1`, 40],
    ['600 cells are attacked as a whole, 601 are not', (count: number) => `o0 s${count}`, 600],
  ])('%s', (_, place, most) => {
    const attackFirstOf = (count: number): Obstacles | null => {
      const cells = Array.from({ length: count }, (__, at) => atom(place(at), 10, 5));
      const published = setsOf(cells, ['organisation=o0;sector=s1', 'organisation=o0']).slice(most === 40 ? 1 : 0);
      return attackSet(attackFirst(cells, published), [most === 40 ? 0 : 1], [{ low: 0, high: 4 }]);
    };
    expect(attackFirstOf(most)?.size).toBe(1);
    expect(attackFirstOf(most + 1)).toBeNull();
  });
});
