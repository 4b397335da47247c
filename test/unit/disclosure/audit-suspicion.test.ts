import fc from 'fast-check';
import {
  countGiven,
  listWishes,
  printLess,
  type AttackedOption,
  type Wish,
} from '../../../src/domain/disclosure/audit-suspicion';
import { makeSet } from '../../../src/domain/disclosure/respondent-sets';
import { answersOf, attackOn } from '../../support/audit-blocks';
import { inWholePercent, printAs } from '../../support/audit-options';
import { atom } from '../../support/disclosure-networks';

type Kind = Partial<Pick<AttackedOption, 'isOpinion' | 'isOnly'>>;
const opinion = { isOpinion: true };
const only = { isOnly: true };
const onlyOpinion = { ...opinion, ...only };

/** A set of `count` of whom `given` gave the option; more of the organisation stand in a cell by themselves. */
function look(
  { given, count, others = [1, 3] }: { given: number; count: number; others?: readonly [given: number, of: number] },
  kind: Kind = {},
  { keys = ['organisation=asker'], printed = inWholePercent } = {},
): readonly Wish[] {
  const atoms = [atom('asker health', count, given), atom('asker school', others[1], others[0])];
  const option = attackOn(answersOf(atoms, keys), keys, kind);
  return listWishes(option, { ...makeSet(atoms, [0]), isCountKnown: true }, printed);
}

const say = (wishes: readonly Wish[]): string =>
  wishes.map(({ low, high }) => `${low} to ${high}`).join(' or ') || 'nothing is looked for';

describe('answers of a small set stay unknown', () => {
  it.each<[string, Kind, readonly [given: number, count: number], string]>([
    ['a fact that some of them gave', {}, [3, 6], '0 to 2 or 4 to 6'],
    ['a fact that all of them gave', {}, [6, 6], '0 to 5'],
    ['a fact that nobody of them gave, one of several options', {}, [0, 6], 'nothing is looked for'],
    ['a fact that nobody of them gave, the only option', only, [0, 6], '1 to 6'],
    ['a fact that all but one gave, the only option', only, [5, 6], '0 to 4 or 6 to 6'],
    ['an opinion that 4 of 5 gave', opinion, [4, 5], '0 to 3 or 5 to 5'],
    ['an opinion that 4 of 6 gave', opinion, [4, 6], '0 to 3 or 5 to 6'],
    ['an opinion that 5 of 6 gave', opinion, [5, 6], '0 to 4'],
    ['an opinion that all gave', opinion, [5, 5], '0 to 4'],
    ['an opinion that 1 of 6 gave, one of several', opinion, [1, 6], '0 to 0 or 2 to 6'],
    ['an opinion that 1 of 6 gave, the only option', onlyOpinion, [1, 6], '2 to 6'],
    ['an opinion that 2 of 6 gave, the only option', onlyOpinion, [2, 6], '0 to 1 or 3 to 6'],
    ['an opinion that nobody gave, the only option', onlyOpinion, [0, 6], '2 to 6'],
    ['an opinion that nobody gave, one of several', opinion, [0, 6], 'nothing is looked for'],
  ])('%s: %j, %j: %s', (_, kind, [given, count], wishes) => {
    expect(say(look({ given, count }, kind))).toBe(wishes);
  });

  it('when another count is possible, of an opinion one that does not leave more than 80 % of them alike', () => {
    const counts = fc.record({ count: fc.integer({ min: 1, max: 6 }), draw: fc.nat() });
    fc.assert(
      fc.property(counts, fc.boolean(), fc.boolean(), ({ count, draw }, isOpinion, isOnly) => {
        const given = isOnly ? draw % (count + 1) : 1 + (draw % count);
        const isLeftAlike = (other: number): boolean => {
          const gave = Math.min(given, other) > 0.8 * count;
          const didNot = count - Math.max(given, other) > 0.8 * count;
          return gave || (isOnly && didNot);
        };
        const wishes = look({ given, count }, { isOpinion, isOnly });
        for (let other = 0; other <= count; other++) {
          const isEnough = other !== given && !(isOpinion && isLeftAlike(other));
          expect(wishes.some(({ low, high }) => low <= other && other <= high)).toBe(isEnough);
        }
      }),
      { numRuns: 300, seed: 17 },
    );
  });
});

describe('what a printed group agrees on may be told of its parts', () => {
  const all = { given: 6, count: 6, others: [3, 3] } as const;
  const nobody = { given: 0, count: 6, others: [0, 3] } as const;
  const fewer = [{ low: 0, high: 5 }];
  const more = [{ low: 1, high: 6 }];

  it('when it is a fact that all gave', () => {
    expect(look(all, only)).toEqual([]);
    expect(look({ ...all, others: [2, 3] }, only)).toEqual(fewer);
  });

  it('not when it is an opinion that all gave', () => {
    expect(look(all, opinion)).toEqual([{ low: 0, high: 4 }]);
    expect(look(all, onlyOpinion)).toEqual([{ low: 0, high: 4 }]);
  });

  it('when it is a fact that nobody gave, though it is the only option', () => {
    expect(look(nobody, only)).toEqual([]);
    expect(look({ ...nobody, others: [1, 3] }, only)).toEqual(more);
  });

  it('not when it is an opinion that nobody gave and there is no other', () => {
    expect(look(nobody, onlyOpinion)).toEqual([{ low: 2, high: 6 }]);
    expect(look(nobody, opinion)).toEqual([]);
  });

  it('only when the group is printed', () => {
    const keys = ['organisation=asker', 'organisation=asker;sector=health'];
    expect(look(all, only, { printed: printAs({ refused: ['organisation=asker'] }) })).toEqual(fewer);
    expect(look(all, only, { keys, printed: printAs({ refused: ['organisation=asker'] }) })).toEqual([]);
    expect(look(all, only, { keys: [] })).toEqual(fewer);
  });

  it('only when the group holds the whole set', () => {
    expect(look(all, only, { keys: ['organisation=asker;sector=school'] })).toEqual(fewer);
    expect(look(all, only, { keys: ['organisation=asker;sector=school', 'network'] })).toEqual([]);
  });

  it('not of a set that reaches beyond it', () => {
    const atoms = [atom('asker health', 3, 3), atom('asker school', 3, 3)];
    const keys = ['organisation=asker;sector=school'];
    const option = attackOn(answersOf(atoms, keys), keys, only);
    const target = { ...makeSet(atoms, [0, 1]), isCountKnown: true };
    expect(listWishes(option, target, inWholePercent)).toEqual([{ low: 0, high: 5 }]);
  });
});

test('those who gave the option are counted in the cells of the set alone', () => {
  const atoms = [atom('asker health', 6, 4), atom('asker school', 9, 5), atom('lier health', 9, 2)];
  const count = (columns: readonly number[]) =>
    countGiven(answersOf(atoms, ['network']), { ...makeSet(atoms, columns), isCountKnown: true });
  expect([count([]), count([1]), count([0, 2]), count([0, 1, 2])]).toEqual([0, 5, 6, 11]);
});

test('what is printed less is added to what was before, coarse and hidden apart', () => {
  const before = printAs({ coarse: ['network'], refused: ['sector=health'] });
  const mends = [
    { keys: ['organisation=asker', 'rest=lier'], isCoarse: true },
    { keys: ['sector=school'], isCoarse: false },
    { keys: ['organisation=lier'], isCoarse: true },
  ];
  expect(printLess(before, mends)).toEqual(
    printAs({
      coarse: ['network', 'organisation=asker', 'rest=lier', 'organisation=lier'],
      refused: ['sector=health', 'sector=school'],
    }),
  );
  expect(before).toEqual(printAs({ coarse: ['network'], refused: ['sector=health'] }));
});
