import { mergeAtoms } from './respondent-sets';
import type { Atom, MaskInput } from './types';

/** More than this many dissenting answers never make a set homogeneous, so higher counts need not be told apart. */
const enoughDissenters = 2;

/**
 * Names everything about an indicator's answers that its mask depends on: within one release (same policy, same
 * lattice) two indicators with equal signatures have equal masks, and one mask serves both.
 * @param input sensitivity and atoms of the indicator.
 * @returns an opaque key. For facts (sensitivity 0) the valid counts alone; for opinions also, per option, how nearly
 *   each atom agrees, left out where no set can be homogeneous.
 */
export function validSetSignature(input: Pick<MaskInput, 'sensitivity' | 'atoms'>): string {
  const atoms = mergeAtoms(input.atoms)
    .map((atom) => ({ atom, name: JSON.stringify([atom.organisation, atom.sector, atom.size, atom.validCount]) }))
    .sort((first, second) => (first.name < second.name ? -1 : 1));
  const names = atoms.map(({ name }) => name);
  if (input.sensitivity === 0) return names.join();
  return [...names, ...profileOptions(atoms.map(({ atom }) => atom))].join();
}

function profileOptions(atoms: readonly Atom[]): readonly string[] {
  const options = [...(atoms[0]?.optionCounts ?? [])];
  const profiles = options.map((_, option) =>
    atoms.map((atom) => capDissenters(atom.validCount - (atom.optionCounts[option] ?? 0))),
  );
  // For a single option the same share not giving it is an answer of its own.
  if (options.length === 1) profiles.push(atoms.map((atom) => capDissenters(atom.optionCounts[0] ?? 0)));
  return profiles
    .filter((profile) => profile.some((dissenters) => dissenters < enoughDissenters))
    .map((profile) => profile.join(''))
    .sort();
}

function capDissenters(dissenters: number): number {
  return Math.min(dissenters, enoughDissenters);
}
