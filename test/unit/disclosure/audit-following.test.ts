import fc from 'fast-check';
import { startFollowing } from '../../../src/domain/disclosure/audit-following';
import type { PrintedOption } from '../../../src/domain/disclosure/audit-moves';
import type { FollowUp } from '../../../src/domain/disclosure/audit-rows';
import type { Move } from '../../../src/domain/disclosure/audit-suspicion';
import type { GroupSet } from '../../../src/domain/disclosure/respondent-sets';
import { withSolver } from '../../support/attacker/linear-bounds';
import { attackFirst, drawOptions, inWholePercent, printAs, type DrawnOption } from '../../support/audit-options';
import { atom, setsOf } from '../../support/disclosure-networks';
import { optimise } from '../../support/linear-programme';

const solver = withSolver();

/** A change of some cells: by a few, or as far as it goes. */
const draws = fc.array(fc.oneof(fc.integer({ min: -2, max: 1 }), fc.integer({ min: -5, max: 5 })), {
  minLength: 5,
  maxLength: 5,
});
function drawMove({ atoms }: DrawnOption, movable: readonly number[], drawn: readonly number[]): Move {
  return new Map(
    movable.map((column) => {
      const { validCount, optionCounts } = atoms[column]!;
      const given = optionCounts[0]!;
      return [column, Math.max(-given, Math.min(validCount - given, drawn[column]!))];
    }),
  );
}

/** Whether answers to a follow-up question exist that fit the change and the printed bases: by another solver. */
function isPossible({ atoms }: DrawnOption, followUp: FollowUp, move: Move, shown: readonly GroupSet[]): boolean {
  const { valid, isCounted, isOfOthers, published } = followUp;
  const bounds = atoms.map(({ optionCounts }, column) => {
    const change = move.get(column);
    if (change === undefined || !isCounted[column]!) return { low: valid[column]!, high: valid[column]! };
    const asked = optionCounts[isOfOthers ? 1 : 0]! + (isOfOthers ? -change : change);
    return { low: 0, high: asked };
  });
  const rows = shown
    .filter(({ group }) => published.has(group.key))
    .map(({ columns }) => {
      const counted = columns.filter((column) => isCounted[column]!);
      const base = counted.reduce((sum, column) => sum + valid[column]!, 0);
      return { columns: counted, factors: counted.map(() => 1), low: base, high: base };
    });
  return !Number.isNaN(optimise(solver(), { bounds, rows, objective: [] }));
}

function printWith({ atoms, groups, followUps }: DrawnOption, printing = inWholePercent): PrintedOption {
  const { answers } = attackFirst(atoms, groups);
  return { published: groups, answers: { ...answers, followUps }, printing };
}

const movables = fc.subarray([0, 1, 2, 3, 4], { minLength: 2 });

describe('a follow-up question', () => {
  it('allows exactly the changes for which answers to it exist', () => {
    const seen = { possible: 0, impossible: 0 };
    const refusals = fc.subarray(['organisation=g0', 'organisation=g1']);
    fc.assert(
      fc.property(drawOptions(5, 2), movables, draws, refusals, (drawn, movable, by, refused) => {
        const move = drawMove(drawn, movable, by);
        const refusal = startFollowing(printWith(drawn, printAs({ refused })), movable)(move);
        const shown = drawn.groups.filter(({ group }) => !refused.includes(group.key));
        const possible = drawn.followUps.every((followUp) => isPossible(drawn, followUp, move, shown));
        seen[possible ? 'possible' : 'impossible']++;
        expect(refusal === null).toBe(possible);
      }),
      { numRuns: 200, seed: 5 },
    );
    expect(Math.min(seen.possible, seen.impossible)).toBeGreaterThan(20);
  });

  it('gives as reason a rule that the change breaks and every possible change keeps', () => {
    const seen = { kept: 0 };
    fc.assert(
      fc.property(drawOptions(5, 1), movables, draws, draws, (drawn, movable, by, otherwise) => {
        const move = drawMove(drawn, movable, by);
        const refusal = startFollowing(printWith(drawn), movable)(move);
        if (refusal === null) return;
        expect(refusal.rule).not.toBeNull();
        const { columns, factors, low, high, lowBy, highBy } = refusal.rule!;
        const sumOf = (of: Move): number =>
          columns.reduce((sum, column, at) => sum + factors[at]! * (of.get(column) ?? 0), 0);
        expect(sumOf(move)).toBeLessThan(low - 1e-9);
        expect([high, highBy]).toEqual([Infinity, []]);
        expect(factors.every((factor) => factor !== 0)).toBe(true);
        const named = drawn.groups.filter(({ group }) => lowBy.includes(group.key));
        // The bases it names are reason enough.
        expect(isPossible(drawn, drawn.followUps[0]!, move, named)).toBe(false);
        const other = drawMove(drawn, movable, otherwise);
        if (!isPossible(drawn, drawn.followUps[0]!, other, drawn.groups)) return;
        seen.kept++;
        expect(sumOf(other)).toBeGreaterThanOrEqual(low - 1e-6);
      }),
      { numRuns: 500, seed: 7 },
    );
    expect(seen.kept).toBeGreaterThan(15);
  });

  /** 4 of 6 in the first cell gave the option, 3 of 5 in the second; all but one of them answered the question. */
  const atoms = [atom('a s1', 6, 4), atom('a s2', 5, 3)];
  const groups = setsOf(atoms, ['network', 'organisation=a;sector=s1']);
  const asked: FollowUp = {
    valid: [3, 2],
    isCounted: [true, true],
    published: new Set(['network']),
    isOfOthers: false,
  };
  const follow = (followUps: readonly Partial<FollowUp>[], changes: readonly number[]) => {
    const drawn = { atoms, groups, followUps: followUps.map((one) => ({ ...asked, ...one })) };
    return startFollowing(printWith(drawn), [0, 1])(new Map(changes.entries()));
  };

  it('lets as many turn away as did not answer, wherever they are, when only the whole base is printed', () => {
    expect(follow([{}], [-2, 0])).toBeNull();
    // 3 of 7 turn away: 4 are left for 5 answers.
    const { columns, factors, low, lowBy } = follow([{}], [-3, 0])!.rule!;
    expect(columns.toSorted()).toEqual([0, 1]);
    expect(factors[1]).toBeCloseTo(factors[0]!, 6);
    expect(low / factors[0]!).toBeCloseTo(-2, 6);
    expect(lowBy).toEqual(['network']);
  });

  it('lets as many turn away as did not answer in a cell whose own base is printed', () => {
    const own = { published: new Set(['organisation=a;sector=s1']) };
    expect(follow([own], [-1, -3])).toBeNull();
    const { columns, factors, low, lowBy } = follow([own], [-2, 1])!.rule!;
    expect(columns).toEqual([0]);
    expect(low / factors[0]!).toBeCloseTo(-1, 6);
    expect(lowBy).toEqual(['organisation=a;sector=s1']);
  });

  it('lets nobody turn away in a cell whose base is the difference of two that are printed', () => {
    const both = { valid: [3, 3], published: new Set(['network', 'organisation=a;sector=s1']) };
    // 6 of both less 3 of the first are all 3 of the second.
    const { columns, low, lowBy } = follow([both], [1, -1])!.rule!;
    expect(columns).toEqual([1]);
    expect(low).toBeCloseTo(0, 6);
    expect(lowBy.toSorted()).toEqual(['network', 'organisation=a;sector=s1']);
  });

  it('asked of those who did not give the option limits how many turn to it', () => {
    // 2 and 2 did not give it; 1 and 2 of them answered.
    const others = { isOfOthers: true, valid: [1, 2] };
    expect(follow([others], [1, 0])).toBeNull();
    const { columns, factors, low } = follow([others], [1, 1])!.rule!;
    expect(columns.toSorted()).toEqual([0, 1]);
    expect(factors.map(Math.sign)).toEqual([-1, -1]);
    expect(low / factors[0]!).toBeCloseTo(1, 6);
  });

  it('is not the only one: each of several has to allow a change, also after one has refused another', () => {
    const questions = [{ valid: [0, 0] }, { valid: [4, 3] }, { valid: [1, 0] }];
    const drawn = { atoms, groups, followUps: questions.map((one) => ({ ...asked, ...one })) };
    const ask = startFollowing(printWith(drawn), [0, 1]);
    for (const changes of [
      [-1, 0],
      [0, 0],
      [0, -1],
      [1, -1],
      [-4, -3],
    ]) {
      const isFewer = changes[0]! + changes[1]! < 0;
      expect(ask(new Map(changes.entries())) !== null).toBe(isFewer);
    }
  });
});
