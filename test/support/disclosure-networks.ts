import fc from 'fast-check';
import { parseGroupKey } from '../../src/domain/benchmark/groups';
import type { GroupKey } from '../../src/domain/benchmark/types';
import { declareLattice } from '../../src/domain/disclosure/lattice';
import { defaultPolicy } from '../../src/domain/disclosure/policy';
import { resolveGroups, type GroupSet } from '../../src/domain/disclosure/respondent-sets';
import type { Atom, DisclosurePolicy, LatticeGroup, MaskInput } from '../../src/domain/disclosure/types';
import { columnsOf, countAnswers } from './attacker/span';

export const openPolicy: DisclosurePolicy = { ...defaultPolicy, isOpenNetwork: true };

/** Atom with answers to a question with two options, of which `given` chose the first. */
export function atom(place: string, validCount: number, given = Math.floor(validCount / 2)): Atom {
  const [organisation = '', sector = '', size = ''] = place.split(' ');
  const read = (value: string): string | null => (value === '-' || value === '' ? null : value);
  return {
    organisation,
    sector: read(sector),
    size: read(size),
    validCount,
    optionCounts: [given, validCount - given],
  };
}

/** The lattice that belongs to some atoms. */
function latticeOf(atoms: readonly Atom[]): readonly LatticeGroup[] {
  return declareLattice({
    organisations: [...new Set(atoms.map(({ organisation }) => organisation))],
    sectors: [...new Set(atoms.flatMap(({ sector }) => sector ?? []))],
    sizes: [...new Set(atoms.flatMap(({ size }) => size ?? []))],
  });
}

/** Groups by their keys; those named first are published first. */
export function groupsOf(keys: readonly GroupKey[]): readonly LatticeGroup[] {
  return keys.map((key, priority) => ({ ...parseGroupKey(key)!, priority }));
}

/** Groups by their keys with their respondents. */
export function setsOf(atoms: readonly Atom[], keys: readonly GroupKey[]): readonly GroupSet[] {
  return resolveGroups(groupsOf(keys), atoms);
}

export function maskInput(atoms: readonly Atom[], changes: Partial<MaskInput> = {}): MaskInput {
  return { policy: openPolicy, sensitivity: 0, atoms, groups: latticeOf(atoms), ...changes };
}

/** What a plain threshold publishes: no protection of complements. */
export function thresholdOnly({ atoms, groups, policy }: MaskInput): readonly string[] {
  return groups
    .map(({ key }) => key)
    .filter((key) => countAnswers(columnsOf(key, atoms), atoms) >= policy.minimumCellSize);
}

const shapes = ['plain', 'one dominant organisation', 'one small organisation'] as const;

interface Dimensions {
  readonly organisations: readonly [number, number];
  readonly sectors: readonly [number, number];
  readonly sizes: readonly [number, number];
}

/** Networks with empty cells, many small ones, merged strata, and organisations out of proportion. */
export function networks(dimensions: Dimensions): fc.Arbitrary<readonly Atom[]> {
  const names = (prefix: string, [min, max]: readonly [number, number]): fc.Arbitrary<string[]> =>
    fc.integer({ min, max }).map((count) => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`));
  const validCount = fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 6 }) },
    { weight: 4, arbitrary: fc.integer({ min: 7, max: 30 }) },
  );
  return fc
    .tuple(
      names('o', dimensions.organisations),
      names('s', dimensions.sectors),
      names('z', dimensions.sizes),
      fc.constantFrom(...shapes),
    )
    .chain(([organisations, sectors, sizes, shape]) => {
      const cells = organisations.flatMap((organisation) =>
        sectors.flatMap((sector) => sizes.map((size) => ({ organisation, sector, size }))),
      );
      const draw = fc.tuple(validCount, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 9 }));
      return fc.array(draw, { minLength: cells.length, maxLength: cells.length }).map((draws) =>
        cells.map(({ organisation, sector, size }, i): Atom => {
          const [count, share, merge] = draws[i]!;
          const isFirst = organisation === organisations[0];
          const valid =
            !isFirst || shape === 'plain' ? count : shape === 'one small organisation' ? count % 2 : count * 20;
          const given = Math.round(valid * share);
          const place = { organisation, sector: merge === 0 ? null : sector, size: merge <= 1 ? null : size };
          return { ...place, validCount: valid, optionCounts: [given, valid - given] };
        }),
      );
    });
}
