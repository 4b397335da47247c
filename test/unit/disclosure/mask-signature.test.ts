import fc from 'fast-check';
import { validSetSignature } from '../../../src/domain/disclosure/mask-signature';
import { computeMask } from '../../../src/domain/disclosure/suppression-mask';
import type { Atom } from '../../../src/domain/disclosure/types';
import { atom, maskInput, networks, openPolicy } from '../../support/disclosure-networks';

const sign = (atoms: readonly Atom[], sensitivity: 0 | 1): string =>
  validSetSignature({ policy: openPolicy, atoms, sensitivity });

describe('signature of valid answers', () => {
  it('facts with equal valid counts share a mask whatever was answered', () => {
    expect(sign([atom('asker s1 z1', 20, 20)], 0)).toBe(sign([atom('asker s1 z1', 20, 5)], 0));
  });

  it('opinions share it when no set can be alike, and not otherwise', () => {
    expect(sign([atom('asker s1 z1', 20, 9)], 1)).toBe(sign([atom('asker s1 z1', 20, 5)], 1));
    expect(sign([atom('asker s1 z1', 20, 19)], 1)).not.toBe(sign([atom('asker s1 z1', 20, 5)], 1));
  });

  it('is the same in whatever order the cells come, and by whatever number a cell is given in parts', () => {
    const cells = [atom('asker s1 z1', 20, 19), atom('bamle s1 z1', 12, 6), atom('asker s2 z1', 9, 9)];
    const parts = [
      atom('asker s1 z1', 5, 4),
      atom('asker s2 z1', 9, 9),
      atom('bamle s1 z1', 12, 6),
      atom('asker s1 z1', 15, 15),
    ];
    for (const sensitivity of [0, 1] as const) {
      const sorted = sign(cells, sensitivity);
      expect(sign([...cells].reverse(), sensitivity)).toBe(sorted);
      expect(sign(parts, sensitivity)).toBe(sorted);
    }
  });

  it('tells cells apart by where they are', () => {
    const places = ['asker s1 z1', 'asker s1 z2', 'asker s2 z1', 'bamle s1 z1', 'asker - -'];
    expect(new Set(places.map((place) => sign([atom(place, 20)], 0))).size).toBe(places.length);
  });

  it('tells of opinions in which cells and how nearly all agree, in whatever order the options are', () => {
    const both = (asker: number, bamle: number): string =>
      sign([atom('asker s1 z1', 20, asker), atom('bamle s1 z1', 20, bamle)], 1);
    const signatures = [both(10, 10), both(19, 10), both(20, 10), both(10, 19), both(19, 19), both(19, 1)];
    expect(new Set(signatures).size).toBe(signatures.length);
    expect(both(1, 19)).toBe(both(19, 1));
    expect(both(18, 10)).toBe(both(10, 10));
  });

  it('leaves options out that nowhere nearly all gave, however many there are', () => {
    const third = { ...atom('asker s1 z1', 20, 10), optionCounts: [10, 5, 5] };
    expect(sign([third], 1)).toBe(sign([atom('asker s1 z1', 20, 10)], 1));
  });

  it('a single option is as telling when hardly anybody gave it as when nearly all did', () => {
    const single = (given: number): string => sign([{ ...atom('asker s1 z1', 20), optionCounts: [given] }], 1);
    expect(new Set([single(0), single(1), single(10), single(19), single(20)]).size).toBe(3);
    expect(single(0)).toBe(single(20));
    expect(single(2)).toBe(single(10));
  });

  it('other valid counts need a mask of their own', () => {
    expect(sign([atom('asker s1 z1', 20)], 0)).not.toBe(sign([atom('asker s1 z1', 21)], 0));
  });

  it('equal signatures mean equal masks', () => {
    fc.assert(
      fc.property(networks({ organisations: [2, 3], sectors: [1, 2], sizes: [1, 2] }), fc.gen(), (atoms, gen) => {
        const change = ({ validCount, optionCounts }: Atom): readonly number[] => {
          const given = optionCounts[0]!;
          const isFree = given >= 2 && validCount - given >= 2;
          const other = isFree ? gen(fc.integer, { min: 2, max: validCount - 2 }) : given;
          return [other, validCount - other];
        };
        const changed = atoms.map((original) => ({ ...original, optionCounts: change(original) }));
        fc.pre(sign(atoms, 1) === sign(changed, 1));
        const first = computeMask(maskInput(atoms, { sensitivity: 1 }));
        const second = computeMask(maskInput(changed, { sensitivity: 1 }));
        expect([...second.published]).toEqual([...first.published]);
      }),
      { numRuns: 150 },
    );
  });
});
