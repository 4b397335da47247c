import { isSubset, makeSet, type RespondentSet, type SafetyRule } from './respondent-sets';
import type { Atom } from './types';

/**
 * Merges cells into building blocks that are safe by themselves (statistics.md 2.5, the simplest alternative): within an
 * organisation, sector by sector, until each has enough answers. What is left over goes with the block before it, and an
 * organisation that cannot make a block of its own with another's. Whoever has figures of unions of blocks alone can work
 * out whole blocks at most, however many figures he puts together.
 * @param atoms cells with answers.
 * @param isUnsafe the rule for sets of respondents.
 * @returns disjoint blocks that hold every cell; a single one when nothing smaller is safe.
 */
export function mergeIntoBlocks(atoms: readonly Atom[], isUnsafe: SafetyRule): readonly RespondentSet[] {
  const organisations = [...new Set(atoms.map(({ organisation }) => organisation))].sort();
  const parts = organisations.flatMap((organisation) => {
    const cells = [...atoms.entries()]
      .filter(([, atom]) => atom.organisation === organisation)
      .sort(([, first], [, second]) => (namePlace(first) < namePlace(second) ? -1 : 1));
    return join(
      cells.map(([column]) => [column]),
      (united) => isUnsafe(makeSet(atoms, united)),
    );
  });
  return join(parts, (united) => isUnsafe(makeSet(atoms, united))).map((columns) => makeSet(atoms, columns));
}

/** Puts neighbours together until each is safe, the last with the one before it. */
function join(
  parts: readonly (readonly number[])[],
  isUnsafe: (columns: readonly number[]) => boolean,
): readonly (readonly number[])[] {
  const joined: (readonly number[])[] = [];
  let open: readonly number[] = [];
  for (const part of parts) {
    open = unite(open, part);
    if (isUnsafe(open)) continue;
    joined.push(open);
    open = [];
  }
  if (open.length > 0) joined.push(unite(joined.pop() ?? [], open));
  return joined;
}

function unite(first: readonly number[], second: readonly number[]): readonly number[] {
  return [...first, ...second].sort((a, b) => a - b);
}

function namePlace({ sector, size }: Atom): string {
  return `${sector ?? ''};${size ?? ''}`;
}

/**
 * @param set a group.
 * @param blocks building blocks.
 * @returns whether it holds every block whole or not at all.
 */
export function isUnionOfBlocks(set: RespondentSet, blocks: readonly RespondentSet[]): boolean {
  const held = new Set(set.columns);
  return blocks.every(({ columns }) => !columns.some((column) => held.has(column)) || isSubset(columns, set.columns));
}
