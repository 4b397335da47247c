import { mergeAtoms } from './respondent-sets';
import type { Atom, MaskInput } from './types';

/**
 * Names everything about an indicator's answers that its mask depends on: within one release (same policy, same
 * lattice) two indicators with equal signatures have equal masks, and one mask serves both.
 * @param input policy, sensitivity and atoms of the indicator.
 * @returns an opaque key. For facts (sensitivity 0) the valid counts alone; for opinions also, per option, how nearly
 *   each atom agrees, left out where no set can be homogeneous.
 */
export function validSetSignature(input: Pick<MaskInput, 'policy' | 'sensitivity' | 'atoms'>): string {
  const atoms = mergeAtoms(input.atoms)
    .map((atom) => ({ atom, name: JSON.stringify([atom.organisation, atom.sector, atom.size, atom.validCount]) }))
    .sort((first, second) => (first.name < second.name ? -1 : 1));
  const names = atoms.map(({ name }) => name);
  if (input.sensitivity === 0) return names.join();
  return [
    ...names,
    ...profileOptions(
      atoms.map(({ atom }) => atom),
      input.policy.insiders + 1,
    ),
  ].join();
}

/** So many dissenting answers never make a set homogeneous: higher counts need not be told apart. */
function profileOptions(atoms: readonly Atom[], enough: number): readonly string[] {
  const cap = (dissenters: number): number => Math.min(dissenters, enough);
  const options = [...(atoms[0]?.optionCounts ?? [])];
  const profiles = options.map((_, option) =>
    atoms.map((atom) => cap(atom.validCount - (atom.optionCounts[option] ?? 0))),
  );
  // For a single option the same share not giving it is an answer of its own.
  if (options.length === 1) profiles.push(atoms.map((atom) => cap(atom.optionCounts[0] ?? 0)));
  return profiles
    .filter((profile) => profile.some((dissenters) => dissenters < enough))
    .map((profile) => profile.join(''))
    .sort();
}
