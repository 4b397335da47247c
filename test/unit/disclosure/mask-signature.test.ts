import fc from 'fast-check';
import { validSetSignature } from '../../../src/domain/disclosure/mask-signature';
import { computeMask } from '../../../src/domain/disclosure/suppression-mask';
import type { Atom } from '../../../src/domain/disclosure/types';
import { atom, maskInput, networks } from '../../support/disclosure-networks';

const sign = (atoms: readonly Atom[], sensitivity: 0 | 1): string => validSetSignature({ atoms, sensitivity });

describe('signature of valid answers', () => {
  it('facts with equal valid counts share a mask whatever was answered', () => {
    expect(sign([atom('asker s1 z1', 20, 20)], 0)).toBe(sign([atom('asker s1 z1', 20, 5)], 0));
  });

  it('opinions share it when no set can be alike, and not otherwise', () => {
    expect(sign([atom('asker s1 z1', 20, 9)], 1)).toBe(sign([atom('asker s1 z1', 20, 5)], 1));
    expect(sign([atom('asker s1 z1', 20, 19)], 1)).not.toBe(sign([atom('asker s1 z1', 20, 5)], 1));
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
