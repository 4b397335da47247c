import fc from 'fast-check';
import { findUnsafeRows, searchSpan } from '../../../src/domain/disclosure/derivable-sets';
import { makeSet, mergeAtoms, type SafetyRule } from '../../../src/domain/disclosure/respondent-sets';
import type { Atom } from '../../../src/domain/disclosure/types';
import { columnsOf, findDerivable } from '../../support/attacker/span';
import { atom, maskInput, networks } from '../../support/disclosure-networks';

const k = 7;

/** Fewer than k respondents. */
const isSmall: SafetyRule = ({ count }) => count > 0 && count < k;

/** Fewer than three organisations, or one with more than 60 % of the answers. */
function createOrganisationRule(atoms: readonly Atom[]): SafetyRule {
  return ({ columns, count }) => {
    const held = new Map<string, number>();
    for (const column of columns) {
      const { organisation, validCount } = atoms[column]!;
      held.set(organisation, (held.get(organisation) ?? 0) + validCount);
    }
    return count > 0 && (held.size < 3 || Math.max(...held.values()) > 0.6 * count);
  };
}

/** Some groups of a network published without any protection. */
const leakyNetworks = networks({ organisations: [3, 5], sectors: [1, 3], sizes: [1, 2] }).chain((given) => {
  const atoms = mergeAtoms(given);
  const keys = maskInput(atoms).groups.map(({ key }) => key);
  return fc.tuple(fc.constant(atoms), fc.subarray(keys));
});

describe('small sets that a reduced sum gives away', () => {
  const find = (counts: readonly number[], rows: readonly (readonly number[])[], isUnsafe = isSmall) =>
    findUnsafeRows(
      rows,
      counts.map((count, at) => atom(`o${at}`, count)),
      isUnsafe,
    )
      .map(({ columns, count }) => `${columns.join('+')}: ${count}`)
      .sort();

  it('are what is left of a total, and of several', () => {
    expect(
      find(
        [20, 3, 10],
        [
          [0, 1, 2],
          [0, 2],
        ],
      ),
    ).toEqual(['1: 3']);
    expect(
      find(
        [20, 3, 10, 2],
        [
          [0, 1, 2, 3],
          [0, 2],
        ],
      ),
    ).toEqual(['1+3: 5']);
    // (0 + 1) + (2 + 3) - (0 + 2) leaves 1 and 3.
    expect(
      find(
        [20, 3, 10, 2],
        [
          [0, 1],
          [2, 3],
          [0, 2],
        ],
      ),
    ).toContain('1+3: 5');
  });

  it('are published sums that are small themselves', () => {
    expect(find([20, 3], [[1]])).toEqual(['1: 3']);
  });

  it('are no differences: one cell less another is nobody in particular', () => {
    expect(
      find(
        [20, 3, 4],
        [
          [0, 1],
          [0, 2],
        ],
      ),
    ).toEqual([]);
  });

  it('are not those of k and more', () => {
    expect(
      find(
        [20, 7, 10],
        [
          [0, 1, 2],
          [0, 2],
        ],
      ),
    ).toEqual([]);
  });

  it('show in one of four orders: by place or by number of answers, forwards or backwards', () => {
    expect(
      find(
        [3, 4, 3, 2],
        [
          [2, 3],
          [0, 2],
          [0, 1, 3],
        ],
      ),
    ).toContain('0+2: 6');
    // 2 + 4 = (1 + 4) - (1 + 5) + (2 + 5): only when the cells with many answers are reduced first.
    const rows = [
      [1, 4],
      [1, 5],
      [2, 5],
    ];
    expect(find([6, 5, 1, 4, 5, 7], rows)).toContain('2+4: 6');
  });
});

describe('the search of everything that follows from published sums', () => {
  const rules = [
    ['small sets', () => ({ isUnsafe: isSmall, canGrow: isSmall })],
    [
      'sets of few or dominated organisations',
      (atoms: readonly Atom[]) => ({ isUnsafe: createOrganisationRule(atoms), canGrow: () => true }),
    ],
  ] as const;

  it.each(rules)('finds all there are, or a part of each: %s', (_, createRules) => {
    let found = 0;
    fc.assert(
      fc.property(leakyNetworks, ([all, published]) => {
        const atoms = all.slice(0, 11);
        const rows = published.map((key) => columnsOf(key, atoms)).filter(({ length }) => length > 0);
        const search = createRules(atoms);
        const { sets, isComplete } = searchSpan(rows, atoms, search);
        expect(isComplete).toBe(true);
        const ask = (rule: SafetyRule) => (columns: readonly number[]) => rule(makeSet(atoms, columns));
        const derivable = findDerivable(rows, atoms, {
          isForbidden: ask(search.isUnsafe),
          canGrow: ask(search.canGrow),
        });
        const names = new Set(derivable.map(({ columns }) => columns.join()));
        for (const { columns } of sets) expect(names).toContain(columns.join());
        for (const { columns } of derivable) {
          expect(sets.some((set) => set.columns.every((column) => columns.includes(column)))).toBe(true);
        }
        found += derivable.length;
      }),
      { numRuns: 400 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('searches hundreds of organisations to the end', () => {
    const atoms = Array.from({ length: 120 }, (_, at) =>
      ['a', 'b', 'c'].flatMap((sector) => ['S', 'M'].map((size) => atom(`o${at} ${sector} ${size}`, 2 + (at % 5)))),
    ).flat();
    const rows = maskInput(atoms)
      .groups.filter(({ organisation, sector, size }) => organisation !== null || (sector === null && size === null))
      .map(({ key }) => columnsOf(key, atoms));
    const { sets, isComplete } = searchSpan(rows, atoms, { isUnsafe: isSmall, canGrow: isSmall });
    expect(isComplete).toBe(true);
    // Groups of an organisation's sectors and sizes with six answers or fewer, and nothing of several organisations.
    expect(sets.every((set) => new Set(set.columns.map((column) => atoms[column]!.organisation)).size === 1)).toBe(
      true,
    );
    expect(sets.length).toBeGreaterThan(100);
  });
});
