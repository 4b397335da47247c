import { isMember } from '../benchmark/groups';
import { isHomogeneous, type AnswerCounts } from './homogeneity';
import type { Atom, LatticeGroup, MaskInput } from './types';

/** A union of atoms: ascending positions in the list of atoms, with the answers of its respondents. */
export interface RespondentSet extends AnswerCounts {
  readonly columns: readonly number[];
  /** Invited workplaces of its atoms. */
  readonly workplaces: number;
}

/** A declared group with its respondents. */
export interface GroupSet extends RespondentSet {
  readonly group: LatticeGroup;
}

/** Tells whether a set of respondents must not be derivable. */
export type SafetyRule = (set: RespondentSet) => boolean;

/**
 * Joins atoms that no group tells apart and leaves out those without valid answers: for somebody who knows that an
 * atom is empty, groups that differ by it alone are the same respondents.
 * @param atoms answers per cell, in any order.
 * @returns atoms with at least one valid answer, no two with the same organisation, sector and size.
 */
export function mergeAtoms(atoms: readonly Atom[]): readonly Atom[] {
  const merged = new Map<string, Atom>();
  for (const atom of atoms) {
    if (atom.validCount <= 0) continue;
    const key = JSON.stringify([atom.organisation, atom.sector, atom.size]);
    const known = merged.get(key);
    merged.set(key, known === undefined ? atom : addAtoms(known, atom));
  }
  return [...merged.values()];
}

function addAtoms(first: Atom, second: Atom): Atom {
  const longer = first.optionCounts.length < second.optionCounts.length ? second : first;
  return {
    ...first,
    validCount: first.validCount + second.validCount,
    workplaces: countWorkplaces(first) + countWorkplaces(second),
    optionCounts: longer.optionCounts.map((_, i) => (first.optionCounts[i] ?? 0) + (second.optionCounts[i] ?? 0)),
  };
}

function countWorkplaces({ workplaces, validCount }: Atom): number {
  return workplaces ?? validCount;
}

/**
 * Makes the set of respondents of some atoms.
 * @param atoms all atoms.
 * @param columns ascending positions in them.
 * @returns the set with its answer counts.
 */
export function makeSet(atoms: readonly Atom[], columns: readonly number[]): RespondentSet {
  const optionCounts: number[] = [...(atoms[0]?.optionCounts ?? [])].fill(0);
  let [count, workplaces] = [0, 0];
  for (const column of columns) {
    const atom = atoms[column];
    if (atom === undefined) continue;
    count += atom.validCount;
    workplaces += countWorkplaces(atom);
    for (let option = 0; option < optionCounts.length; option++) {
      optionCounts[option] = (optionCounts[option] ?? 0) + (atom.optionCounts[option] ?? 0);
    }
  }
  return { columns, count, workplaces, optionCounts };
}

/**
 * Finds the respondents of every group.
 * @param groups the declared lattice.
 * @param atoms all atoms.
 * @returns one set per group, same order.
 */
export function resolveGroups(groups: readonly LatticeGroup[], atoms: readonly Atom[]): readonly GroupSet[] {
  return groups.map((group) => {
    const columns = atoms.flatMap((atom, column) => (isMember(group, atom) ? [column] : []));
    return { group, ...makeSet(atoms, columns) };
  });
}

/**
 * Rules R1 and R2 as one question, asked of groups and of everything that might be derived from them.
 * @param input policy and sensitivity of the indicator.
 * @returns true for sets with 1 to k - 1 respondents or too few workplaces and, for sensitive indicators, for those who
 *   answered alike.
 */
export function createSafetyRule(input: Pick<MaskInput, 'policy' | 'sensitivity'>): SafetyRule {
  const { minimumCellSize, minimumWorkplaces, insiders } = input.policy;
  return (set) =>
    set.count > 0 &&
    (set.count < minimumCellSize ||
      set.workplaces < minimumWorkplaces ||
      (input.sensitivity === 1 && isHomogeneous(set, insiders)));
}

/**
 * @param part ascending columns.
 * @param whole ascending columns.
 * @returns true when every column of the part is in the whole.
 */
export function isSubset(part: readonly number[], whole: readonly number[]): boolean {
  let position = 0;
  for (const column of part) {
    while (position < whole.length && (whole[position] ?? 0) < column) position++;
    if (whole[position] !== column) return false;
    position++;
  }
  return true;
}

/**
 * @param whole ascending columns.
 * @param part ascending columns.
 * @returns columns of the whole that are not in the part.
 */
export function subtractColumns(whole: readonly number[], part: readonly number[]): readonly number[] {
  const taken = new Set(part);
  return whole.filter((column) => !taken.has(column));
}

/**
 * @param sets any sets.
 * @returns the first of each, and no empty one.
 */
export function keepDistinct(sets: readonly RespondentSet[]): readonly RespondentSet[] {
  const distinct = new Map(sets.map((set) => [set.columns.join(), set]));
  distinct.delete('');
  return [...distinct.values()];
}
