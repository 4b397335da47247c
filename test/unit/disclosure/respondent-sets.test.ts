import { defaultPolicy } from '../../../src/domain/disclosure/policy';
import {
  createSafetyRule,
  isSubset,
  keepDistinct,
  makeSet,
  mergeAtoms,
  resolveGroups,
  subtractColumns,
} from '../../../src/domain/disclosure/respondent-sets';
import type { Atom } from '../../../src/domain/disclosure/types';
import { groupsOf } from '../../support/disclosure-networks';

const asker: Atom = { organisation: 'asker', sector: 'health', size: 'S', validCount: 6, optionCounts: [4, 2] };
const lier: Atom = { ...asker, organisation: 'lier', validCount: 3, optionCounts: [1, 2], workplaces: 5 };

describe('cells that no group tells apart', () => {
  test('are joined, with all their answers and workplaces', () => {
    const joined = { ...asker, validCount: 9, workplaces: 11, optionCounts: [5, 4] };
    expect(mergeAtoms([asker, lier, { ...lier, organisation: 'asker' }])).toEqual([joined, lier]);
  });

  test('are joined whichever of them names more options', () => {
    const short = { ...asker, optionCounts: [6] };
    expect(mergeAtoms([short, asker])[0]?.optionCounts).toEqual([10, 2]);
    expect(mergeAtoms([asker, short])[0]?.optionCounts).toEqual([10, 2]);
  });

  test('stay apart when the sector or the size differs, and are left out without answers', () => {
    const others = [asker, { ...asker, sector: null }, { ...asker, size: 'M' }];
    expect(mergeAtoms([...others, { ...lier, validCount: 0 }])).toEqual(others);
  });
});

test('a set counts answers, options and workplaces of its cells alone', () => {
  expect(makeSet([asker, lier], [1])).toEqual({ columns: [1], count: 3, workplaces: 5, optionCounts: [1, 2] });
  expect(makeSet([asker, lier], [0, 1])).toEqual({ columns: [0, 1], count: 9, workplaces: 11, optionCounts: [5, 4] });
  expect(makeSet([asker], [])).toEqual({ columns: [], count: 0, workplaces: 0, optionCounts: [0, 0] });
});

test('a group holds the cells that belong to it', () => {
  const groups = groupsOf(['network', 'organisation=lier', 'rest=lier']);
  expect(resolveGroups(groups, [asker, lier]).map(({ columns }) => columns)).toEqual([[0, 1], [1], [0]]);
});

describe('a set of respondents is unsafe', () => {
  const set = { columns: [0], count: 7, workplaces: 3, optionCounts: [4, 3] };
  const isUnsafe = createSafetyRule({ policy: defaultPolicy, sensitivity: 1 });

  test.each([
    ['with k answers and enough workplaces', {}, false],
    ['with fewer answers', { count: 6, optionCounts: [3, 3] }, true],
    ['without any answers', { count: 0, workplaces: 0, optionCounts: [0, 0] }, false],
    ['from too few workplaces', { workplaces: 2 }, true],
    ['when all but one answered alike', { optionCounts: [6, 1] }, true],
    ['when all but two answered alike', { optionCounts: [5, 2] }, false],
  ])('%s: %j gives %s', (_, change, expected) => {
    expect(isUnsafe({ ...set, ...change })).toBe(expected);
  });

  test('not for answering alike about facts', () => {
    const isUnsafeFact = createSafetyRule({ policy: defaultPolicy, sensitivity: 0 });
    expect(isUnsafeFact({ ...set, optionCounts: [7, 0] })).toBe(false);
  });

  test('for more who know of each other where the network has agreed so', () => {
    const rule = createSafetyRule({ policy: { ...defaultPolicy, insiders: 2 }, sensitivity: 1 });
    expect(rule({ ...set, optionCounts: [5, 2] })).toBe(true);
  });
});

describe('columns', () => {
  test.each([
    [[], [], true],
    [[], [1], true],
    [[1], [], false],
    [[1, 3], [0, 1, 2, 3], true],
    [[1, 4], [0, 1, 2, 3], false],
    [[0], [1, 2], false],
    [[2, 2], [2], false],
  ])('%j in %j: %s', (part, whole, expected) => {
    expect(isSubset(part, whole)).toBe(expected);
  });

  test('are taken out of others', () => {
    expect(subtractColumns([0, 1, 4, 7], [1, 7, 9])).toEqual([0, 4]);
  });

  test('that are given twice are kept once, and none that are empty', () => {
    const [first, second] = [makeSet([asker, lier], [0]), makeSet([asker, lier], [0, 1])];
    expect(keepDistinct([first, makeSet([asker], []), second, first])).toEqual([first, second]);
  });
});
