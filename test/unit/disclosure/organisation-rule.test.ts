import { listOrganisationViews } from '../../../src/domain/disclosure/organisation-rule';
import { declareLattice } from '../../../src/domain/disclosure/lattice';
import { defaultPolicy } from '../../../src/domain/disclosure/policy';
import { mergeAtoms, resolveGroups } from '../../../src/domain/disclosure/respondent-sets';
import type { Atom } from '../../../src/domain/disclosure/types';
import { setsOf } from '../../support/disclosure-networks';

const members = ['asker', 'drammen', 'lier', 'oslo'];
const keys = ['network', ...members.flatMap((key) => [`organisation=${key}`, `rest=${key}`])];

function createAtoms(counts: readonly number[]): readonly Atom[] {
  const atoms = members.map((organisation, at) => {
    const validCount = counts[at] ?? 0;
    return { organisation, sector: null, size: null, validCount, optionCounts: [validCount, 0] };
  });
  return mergeAtoms(atoms);
}

/** What a member of a closed network of four may not see, and must not work out, as members' initials. */
function look(counts: readonly number[], member: string, policy = defaultPolicy) {
  const atoms = createAtoms(counts);
  const sets = setsOf(atoms, keys);
  const view = listOrganisationViews(sets, atoms, policy).find(({ organisation }) => organisation === member)!;
  const name = (columns: readonly number[]) => columns.map((column) => members[column]![0]).join('');
  return {
    refused: view.refused.map(({ group }) => group.key),
    unsafe: view.unsafe.map(({ columns }) => name(columns)).sort(),
    isUnsafe: (columns: readonly number[]) =>
      view.isUnsafe({
        columns,
        count: columns.reduce((sum, at) => sum + counts[at]!, 0),
        workplaces: 99,
        optionCounts: [],
      }),
    sees: sets.filter((set) => view.lookAt(set) !== null).map((set) => [set.group.key, name(view.lookAt(set)!)]),
  };
}

test('an open network has no views: its members see each other', () => {
  const atoms = createAtoms([20, 20, 20, 20]);
  expect(listOrganisationViews([], atoms, { ...defaultPolicy, isOpenNetwork: true })).toEqual([]);
});

test('a member sees the totals and its own comparator, of the others only', () => {
  expect(look([20, 20, 20, 20], 'lier').sees).toEqual([
    ['network', 'ado'],
    ['rest=lier', 'ado'],
  ]);
});

test('three others of whom none dominates may be seen together', () => {
  expect(look([20, 20, 20, 20], 'lier')).toMatchObject({ refused: [], unsafe: ['a', 'd', 'o'] });
});

test('where one of the others holds more than 60 per cent, they may not', () => {
  expect(look([30, 10, 20, 10], 'lier').refused).toEqual([]);
  expect(look([31, 10, 20, 10], 'lier')).toMatchObject({
    refused: ['network', 'rest=lier'],
    unsafe: ['a', 'ado', 'd', 'o'],
  });
  expect(look([31, 10, 20, 10], 'asker').refused).toEqual([]);
});

test('two others are too few, and so are three where the network has agreed on four', () => {
  expect(look([20, 20, 20, 0], 'lier').refused).toEqual(['network', 'rest=lier']);
  expect(look([20, 20, 20, 20], 'lier', { ...defaultPolicy, minimumOrganisations: 4 }).refused).toEqual([
    'network',
    'rest=lier',
  ]);
});

test('the limits themselves are allowed', () => {
  const { isUnsafe } = look([60, 20, 20, 20], 'oslo');
  expect([isUnsafe([0, 1, 2]), isUnsafe([1, 2, 3]), isUnsafe([1, 2]), isUnsafe([])]).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(look([61, 20, 20, 20], 'oslo').isUnsafe([0, 1, 2])).toBe(true);
});

describe('with sectors', () => {
  const sectors = ['s1', 's2', 's3'];
  const groups = declareLattice({ organisations: members, sectors, sizes: [] });
  /** Everybody has 20 in the first sector; in each of the others only some have answers. */
  const atoms = members.flatMap((organisation, at) => [
    createCell(organisation, 's1', 20),
    createCell(organisation, at < 3 ? 's2' : 's3', 20),
  ]);
  const sets = resolveGroups(groups, atoms);
  const views = listOrganisationViews(sets, atoms, defaultPolicy);
  const name = (columns: readonly number[]) =>
    columns.map((column) => `${atoms[column]!.organisation[0]!}${atoms[column]!.sector![1]!}`).join(' ');

  function createCell(organisation: string, sector: string, validCount: number): Atom {
    return { organisation, sector, size: null, validCount, optionCounts: [validCount, 0] };
  }

  test('there is a view for every member, and for nobody else', () => {
    expect(views.map(({ organisation }) => organisation)).toEqual(members);
  });

  test('an open network has none', () => {
    expect(listOrganisationViews(sets, atoms, { ...defaultPolicy, isOpenNetwork: true })).toEqual([]);
  });

  test('what the sectors leave of the network may not be too few others either', () => {
    const lier = views.find(({ organisation }) => organisation === 'lier')!;
    const unsafe = lier.unsafe.map(({ columns }) => name(columns));
    // Of the second sector Asker and Drammen are left, of the third Oslo alone; the network without the first sector is both.
    expect(lier.refused.map(({ group }) => group.key)).toEqual(
      expect.arrayContaining(['sector=s2', 'sector=s3', 'rest=lier;sector=s2', 'rest=lier;sector=s3']),
    );
    expect(unsafe).toEqual(expect.arrayContaining(['a2 d2', 'o3']));
    // Single organisations of others, whole and by sector, and never Lier's own.
    expect(unsafe).toEqual(expect.arrayContaining(['a1 a2', 'a1', 'o1', 'o1 o3']));
    expect(unsafe.filter((each) => each.includes('l'))).toEqual([]);
    // The first sector is of three others, and so are the second and third together.
    expect(unsafe).not.toContain('a1 d1 o1');
    expect(unsafe).not.toContain('a2 d2 o3');
  });
});
