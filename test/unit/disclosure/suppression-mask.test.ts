import fc from 'fast-check';
import { isHomogeneous } from '../../../src/domain/disclosure/homogeneity';
import { defaultPolicy } from '../../../src/domain/disclosure/policy';
import { computeMask } from '../../../src/domain/disclosure/suppression-mask';
import type { Atom } from '../../../src/domain/disclosure/types';
import { attackBySpan, attackBySubtraction, columnsOf, countAnswers, findDerivable } from '../../support/attacker/span';
import { atom, maskInput, networks, openPolicy, thresholdOnly } from '../../support/disclosure-networks';

const small = networks({ organisations: [2, 4], sectors: [1, 3], sizes: [1, 2] });
const middle = networks({ organisations: [5, 7], sectors: [3, 4], sizes: [2, 3] });
const k = defaultPolicy.minimumCellSize;

function reasonOf(atoms: readonly Atom[], key: string, changes = {}): string {
  const mask = computeMask(maskInput(atoms, changes));
  return mask.published.has(key) ? 'published' : (mask.hidden.get(key) ?? 'unknown');
}

/** One small organisation: its total is the network minus the other two. */
const oneSmallOrganisation = [atom('asker s1 z1', 40), atom('bamle s1 z1', 30), atom('lier s1 z1', 4)];

describe('threshold (R1)', () => {
  it.each([
    [6, 'threshold'],
    [7, 'published'],
  ])('a group with %i valid answers is %s', (count, expected) => {
    const atoms = [atom('asker s1 z1', count), atom('bamle s1 z1', 20), atom('lier s1 z1', count)];
    expect(reasonOf(atoms, 'organisation=asker')).toBe(expected);
  });

  it('a group nobody answered in is hidden as empty', () => {
    expect(reasonOf([atom('asker s1 z1', 0), atom('bamle s1 z1', 20)], 'organisation=asker')).toBe('empty');
  });

  it('a network without any answer publishes nothing', () => {
    expect(computeMask(maskInput([atom('asker s1 z1', 0)])).published.size).toBe(0);
  });

  it('every group of the lattice is either published or hidden', () => {
    fc.assert(
      fc.property(small, fc.constantFrom(0 as const, 1 as const), fc.boolean(), (atoms, sensitivity, isOpenNetwork) => {
        const input = maskInput(atoms, { sensitivity, policy: { ...defaultPolicy, isOpenNetwork } });
        const mask = computeMask(input);
        const keys = [...mask.published, ...mask.hidden.keys()].sort();
        expect(keys).toEqual(input.groups.map(({ key }) => key).sort());
      }),
      { numRuns: 100 },
    );
  });
});

describe('homogeneity (R2)', () => {
  const alike = [atom('asker s1 z1', 20, 19), atom('bamle s1 z1', 30), atom('lier s1 z1', 30)];

  it('hides an opinion that all but one share', () => {
    expect(reasonOf(alike, 'organisation=asker', { sensitivity: 1 })).toBe('homogeneity');
  });

  it('shows a fact that all but one share', () => {
    expect(reasonOf(alike, 'organisation=asker', { sensitivity: 0 })).toBe('published');
  });

  it('hides a single option that at most one gave', () => {
    const atoms = [20, 30, 30].map((count, i): Atom => {
      return { ...atom(`o${i} s1 z1`, count), optionCounts: [i === 0 ? 1 : 10] };
    });
    expect(reasonOf(atoms, 'organisation=o0', { sensitivity: 1 })).toBe('homogeneity');
  });

  it('hides a group whose remainder within a larger one would be alike', () => {
    const atoms = [atom('asker s1 z1', 20, 20), atom('asker s2 z1', 20, 10), atom('asker - -', 20, 10)];
    const mask = computeMask(maskInput(atoms, { sensitivity: 1 }));
    expect(mask.published.has('organisation=asker;sector=s1')).toBe(false);
  });

  it('hides opinions of all but as many as may know of each other', () => {
    const atoms = [atom('asker s1 z1', 20, 18), atom('asker s2 z1', 20, 10)];
    const hides = (insiders: number): boolean =>
      !computeMask(maskInput(atoms, { sensitivity: 1, policy: { ...openPolicy, insiders } })).published.has(
        'organisation=asker;sector=s1',
      );
    expect([1, 2].map(hides)).toEqual([false, true]);
  });

  it('no set of respondents who answered alike follows from published opinions', () => {
    fc.assert(
      fc.property(networks({ organisations: [2, 3], sectors: [1, 2], sizes: [1, 2] }), (atoms) => {
        const { published } = computeMask(maskInput(atoms, { sensitivity: 1 }));
        const isForbidden = (columns: readonly number[]): boolean =>
          countAnswers(columns, atoms) < k ||
          isHomogeneous(
            {
              count: countAnswers(columns, atoms),
              optionCounts: [0, 1].map((o) => columns.reduce((sum, c) => sum + atoms[c]!.optionCounts[o]!, 0)),
            },
            1,
          );
        const rows = [...published].map((key) => columnsOf(key, atoms));
        expect(findDerivable(rows, atoms, { isForbidden, canGrow: isForbidden })).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('workplaces', () => {
  it('hides what many people of few workplaces answered, and what it would follow from', () => {
    const atoms = [
      { ...atom('asker s1 z1', 20), workplaces: 2 },
      { ...atom('asker s2 z1', 20), workplaces: 3 },
      { ...atom('asker s3 z1', 20), workplaces: 9 },
    ];
    const { published, hidden } = computeMask(maskInput(atoms));
    expect(published.has('organisation=asker')).toBe(true);
    expect(hidden.get('organisation=asker;sector=s1')).toBe('workplaces');
    expect([2, 3].filter((sector) => published.has(`organisation=asker;sector=s${sector}`))).toHaveLength(1);
  });

  it('are enough when there are as many as are asked for', () => {
    const atoms = [atom('asker', 20), { ...atom('bamle', 20), workplaces: 3 }, { ...atom('lier', 20), workplaces: 2 }];
    const { published, hidden } = computeMask(maskInput(atoms));
    expect(hidden.get('organisation=lier')).toBe('workplaces');
    expect(published.has('organisation=asker')).toBe(true);
    expect(reasonOf(atoms.slice(0, 2), 'organisation=bamle')).toBe('published');
  });
});

describe('groups that are hidden already', () => {
  const three = [atom('asker', 40), atom('bamle', 30), atom('lier', 20)];
  const alreadyHidden = new Set(['organisation=lier']);

  it('stay hidden, and do not follow from what is shown', () => {
    const { hidden } = computeMask(maskInput(three, { alreadyHidden }));
    expect([...hidden].filter(([key]) => key.startsWith('organisation='))).toEqual([
      ['organisation=lier', 'complement'],
      ['organisation=bamle', 'complement'],
    ]);
    expect(hidden.get('rest=lier')).toBe('complement');
    expect(computeMask(maskInput(three)).hidden.size).toBe(0);
  });
});

describe('building blocks', () => {
  it('are the reason told for a group that divides one', () => {
    const atoms = [atom('asker s1', 20), atom('asker s2', 20), atom('bamle s1', 3), atom('bamle s2', 20)];
    const policy = { ...openPolicy, buildingBlocks: true };
    expect(reasonOf(atoms, 'organisation=bamle;sector=s2', { policy })).toBe('blocks');
    expect(reasonOf(atoms, 'organisation=asker;sector=s2', { policy })).toBe('published');
  });
});

describe('complements (R3, R4, R11)', () => {
  it('a single small organisation takes one more organisation total with it, never the network total', () => {
    expect(reasonOf(oneSmallOrganisation, 'network')).toBe('published');
    expect(reasonOf(oneSmallOrganisation, 'organisation=lier')).toBe('threshold');
    expect(reasonOf(oneSmallOrganisation, 'organisation=bamle')).toBe('complement');
    expect(reasonOf(oneSmallOrganisation, 'organisation=asker')).toBe('published');
  });

  it('of two that could go with it, the one with fewer answers goes; with as many, the later by name', () => {
    const hides = (asker: number, bamle: number): readonly string[] => {
      const { hidden } = computeMask(maskInput([atom('asker', asker), atom('bamle', bamle), atom('lier', 4)]));
      return [...hidden.keys()].filter((key) => key.startsWith('organisation=')).sort();
    };
    expect(hides(30, 40)).toEqual(['organisation=asker', 'organisation=lier']);
    expect(hides(40, 30)).toEqual(['organisation=bamle', 'organisation=lier']);
    expect(hides(30, 30)).toEqual(['organisation=bamle', 'organisation=lier']);
  });

  it('the comparator of a hidden organisation is hidden, for it is the network minus the organisation', () => {
    expect(reasonOf(oneSmallOrganisation, 'rest=lier')).toBe('complement');
  });

  it('prefers hiding a breakdown to hiding a total', () => {
    const atoms = ['asker', 'bamle', 'lier'].flatMap((name) => [
      atom(`${name} s1 z1`, 20),
      atom(`${name} s2 z1`, name === 'lier' ? 3 : 20),
    ]);
    const mask = computeMask(maskInput(atoms));
    const totals = [
      'network',
      'organisation=asker',
      'organisation=bamle',
      'organisation=lier',
      'sector=s1',
      'sector=s2',
    ];
    expect(totals.filter((key) => !mask.published.has(key))).toEqual([]);
    expect(mask.hidden.get('organisation=lier;sector=s1')).toBe('complement');
  });

  it('protects the sum of small siblings', () => {
    const atoms = [atom('asker s1 z1', 30), atom('asker s2 z1', 3), atom('asker s3 z1', 3), atom('bamle s1 z1', 30)];
    const input = maskInput(atoms);
    expect(attackBySpan({ atoms, published: thresholdOnly(input) }, k).some(({ count }) => count === 6)).toBe(true);
    expect(attackBySpan({ atoms, published: computeMask(input).published }, k)).toEqual([]);
  });

  it('protects answers merged across sectors as what the sectors leave of their organisation', () => {
    const atoms = [atom('asker s1 z1', 30), atom('asker s2 z1', 30), atom('asker - -', 4), atom('bamle s1 z1', 30)];
    const { published } = computeMask(maskInput(atoms));
    const sectors = ['organisation=asker;sector=s1', 'organisation=asker;sector=s2'];
    expect(sectors.filter((key) => published.has(key))).toHaveLength(1);
  });

  it('the attacker finds the planted leak when complements are not protected', () => {
    const published = thresholdOnly(maskInput(oneSmallOrganisation));
    expect(attackBySubtraction({ atoms: oneSmallOrganisation, published }, k)).toContainEqual({
      columns: [2],
      count: 4,
    });
    expect(attackBySpan({ atoms: oneSmallOrganisation, published }, k)).toContainEqual({ columns: [2], count: 4 });
  });

  it('a plain threshold leaks in many generated networks, so the attacker is not blind', () => {
    const leaking = fc
      .sample(small, { numRuns: 200, seed: 7 })
      .filter((atoms) => attackBySpan({ atoms, published: thresholdOnly(maskInput(atoms)) }, k).length > 0);
    expect(leaking.length).toBeGreaterThan(100);
  });

  it('no set of fewer than k respondents follows from what is published in small networks', () => {
    fc.assert(
      fc.property(small, (atoms) => {
        const { published } = computeMask(maskInput(atoms));
        expect(attackBySpan({ atoms, published }, k)).toEqual([]);
        expect(attackBySubtraction({ atoms, published }, k)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('no set of fewer than k respondents follows from what is published in middle-sized networks', () => {
    fc.assert(
      fc.property(middle, (atoms) => {
        const { published } = computeMask(maskInput(atoms));
        expect(attackBySpan({ atoms, published }, k)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it('does not depend on the order of atoms and groups', () => {
    fc.assert(
      fc.property(small, (atoms) => {
        const input = maskInput(atoms);
        const reversed = { ...input, atoms: [...atoms].reverse(), groups: [...input.groups].reverse() };
        expect([...computeMask(reversed).published].sort()).toEqual([...computeMask(input).published].sort());
      }),
      { numRuns: 100 },
    );
  });
});

describe('organisations as units (R6)', () => {
  const four = ['asker', 'bamle', 'lier', 'moss'].map((name) => atom(`${name} s1 z1`, 30));
  const closed = { policy: defaultPolicy };

  it('shows network and comparators when every member sees three others without a dominating one', () => {
    expect(reasonOf(four, 'network', closed)).toBe('published');
    expect(reasonOf(four, 'rest=asker', closed)).toBe('published');
  });

  it('hides them with only two others', () => {
    expect(reasonOf(four.slice(1), 'network', closed)).toBe('organisations');
    expect(reasonOf(four.slice(1), 'rest=bamle', closed)).toBe('organisations');
    expect(reasonOf(four.slice(1), 'organisation=bamle', closed)).toBe('published');
  });

  it('hides what one other organisation dominates, but not from that organisation', () => {
    const atoms = [atom('oslo s1 z1', 500), ...four];
    expect(reasonOf(atoms, 'network', closed)).toBe('organisations');
    expect(reasonOf(atoms, 'rest=asker', closed)).toBe('organisations');
    expect(reasonOf(atoms, 'rest=oslo', closed)).toBe('published');
  });

  it('is off in an open network', () => {
    expect(reasonOf(four.slice(1), 'network', { policy: openPolicy })).toBe('published');
  });

  it('hides a further breakdown when a refused one would follow from it', () => {
    const atoms = ['asker', 'bamle', 'lier', 'moss'].flatMap((name) => [
      atom(`${name} s1 z1`, 30),
      atom(`${name} s2 z1`, 25),
      atom(`${name} s3 z1`, name === 'asker' ? 80 : 10),
    ]);
    const mask = computeMask(maskInput(atoms, closed));
    expect(mask.hidden.get('sector=s3')).toBe('organisations');
    expect(mask.published.has('network')).toBe(true);
    expect(['sector=s1', 'sector=s2'].filter((key) => mask.hidden.get(key) === 'organisations')).toHaveLength(1);
  });

  it('no member can work out an aggregate of others that is too few or dominated', () => {
    fc.assert(
      fc.property(networks({ organisations: [4, 5], sectors: [1, 2], sizes: [1, 1] }), (atoms) => {
        const { published } = computeMask(maskInput(atoms, closed));
        for (const viewer of new Set(atoms.map(({ organisation }) => organisation))) {
          const isOther = (column: number): boolean => atoms[column]!.organisation !== viewer;
          const rows = [...published]
            .filter(
              (key) =>
                !key.startsWith('organisation=') && (!key.startsWith('rest=') || key.split(/[=;]/)[1] === viewer),
            )
            .map((key) => columnsOf(key, atoms).filter(isOther));
          const isForbidden = (columns: readonly number[]): boolean => {
            const counts = new Map<string, number>();
            for (const column of columns) {
              const { organisation, validCount } = atoms[column]!;
              counts.set(organisation, (counts.get(organisation) ?? 0) + validCount);
            }
            return counts.size < 3 || Math.max(...counts.values()) > 0.6 * countAnswers(columns, atoms);
          };
          expect(findDerivable(rows, atoms, { isForbidden, canGrow: (columns) => columns.every(isOther) })).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });
});
