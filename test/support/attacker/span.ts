import type { Atom } from '../../../src/domain/disclosure/types';
import { belongsTo } from './knowledge';

/** What the attacker has: the cells (who is where, not what they answered) and which groups have figures. */
export interface SpanKnowledge {
  readonly atoms: readonly Atom[];
  readonly published: Iterable<string>;
}

/** A set of respondents the attacker is after, as positions of atoms. */
export interface Finding {
  readonly columns: readonly number[];
  readonly count: number;
}

type Vector = readonly bigint[];

/** Columns of a group among the atoms with answers. */
export function columnsOf(key: string, atoms: readonly Atom[]): readonly number[] {
  return atoms.flatMap((atom, column) => (atom.validCount > 0 && belongsTo(key, atom) ? [column] : []));
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
const greatestDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? absolute(a) : greatestDivisor(b, a % b));

function shorten(vector: Vector): Vector {
  const divisor = vector.reduce(greatestDivisor, 0n);
  return divisor === 0n ? vector : vector.map((value) => value / divisor);
}

/** Exact reduced rows of the published sums over the rational numbers, each with its pivot. */
function reduceExactly(rows: readonly (readonly number[])[], width: number): { row: Vector; pivot: number }[] {
  const reduced: { row: Vector; pivot: number }[] = [];
  const clear = (target: Vector, by: { row: Vector; pivot: number }): Vector => {
    const [own, other] = [by.row[by.pivot]!, target[by.pivot]!];
    return other === 0n ? target : shorten(target.map((value, i) => value * own - by.row[i]! * other));
  };
  for (const columns of rows) {
    let vector: Vector = Array.from({ length: width }, (_, column) => (columns.includes(column) ? 1n : 0n));
    for (const by of reduced) vector = clear(vector, by);
    const pivot = vector.findIndex((value) => value !== 0n);
    if (pivot === -1) continue;
    const found = { row: vector, pivot };
    for (const by of reduced) by.row = clear(by.row, found);
    reduced.push(found);
  }
  return reduced;
}

/** A basis of everything orthogonal to the published sums: a set follows from them iff it is orthogonal to all of it. */
function findNullSpace(rows: readonly (readonly number[])[], width: number): readonly Vector[] {
  const reduced = reduceExactly(rows, width);
  const pivots = new Set(reduced.map(({ pivot }) => pivot));
  const free = Array.from({ length: width }, (_, column) => column).filter((column) => !pivots.has(column));
  return free.map((column) => {
    const common = reduced.reduce((product, { row, pivot }) => product * row[pivot]!, 1n);
    const vector = Array.from({ length: width }, () => 0n);
    vector[column] = common;
    for (const { row, pivot } of reduced) vector[pivot] = (-row[column]! * common) / row[pivot]!;
    return shorten(vector);
  });
}

/**
 * Tries every union of atoms and returns those whose answers follow exactly from the published sums and that the rule
 * forbids. `canGrow` prunes: unions it refuses are not made larger.
 */
export function findDerivable(
  rows: readonly (readonly number[])[],
  atoms: readonly Atom[],
  rule: { isForbidden: (columns: readonly number[]) => boolean; canGrow: (columns: readonly number[]) => boolean },
): readonly Finding[] {
  const nullSpace = findNullSpace(rows, atoms.length);
  const findings: Finding[] = [];
  const grow = (columns: readonly number[], sums: Vector, next: number): void => {
    for (let column = next; column < atoms.length; column++) {
      if (atoms[column]!.validCount === 0) continue;
      const grown = [...columns, column];
      if (!rule.canGrow(grown)) continue;
      const grownSums = sums.map((sum, i) => sum + nullSpace[i]![column]!);
      if (grownSums.every((sum) => sum === 0n) && rule.isForbidden(grown)) {
        findings.push({ columns: grown, count: countAnswers(grown, atoms) });
      }
      grow(grown, grownSums, column + 1);
    }
  };
  grow(
    [],
    nullSpace.map(() => 0n),
    0,
  );
  return findings;
}

export function countAnswers(columns: readonly number[], atoms: readonly Atom[]): number {
  return columns.reduce((total, column) => total + atoms[column]!.validCount, 0);
}

/** Attack by algebra: every set of 1 to k - 1 respondents in the span of the published groups. */
export function attackBySpan({ atoms, published }: SpanKnowledge, k: number): readonly Finding[] {
  const rows = [...published].map((key) => columnsOf(key, atoms));
  const isSmall = (columns: readonly number[]): boolean => countAnswers(columns, atoms) < k;
  return findDerivable(rows, atoms, { isForbidden: isSmall, canGrow: isSmall });
}

/** Attack with paper and pencil: a published group minus up to four disjoint published groups within it. */
export function attackBySubtraction({ atoms, published }: SpanKnowledge, k: number): readonly Finding[] {
  const groups = [...published].map((key) => columnsOf(key, atoms)).filter((columns) => columns.length > 0);
  const findings: Finding[] = [];
  const subtract = (rest: ReadonlySet<number>, from: number, depth: number): void => {
    const count = countAnswers([...rest], atoms);
    if (count > 0 && count < k) findings.push({ columns: [...rest], count });
    if (depth === 0) return;
    for (let i = from; i < groups.length; i++) {
      const part = groups[i]!;
      if (!part.every((column) => rest.has(column))) continue;
      const taken = new Set(part);
      subtract(new Set([...rest].filter((column) => !taken.has(column))), i + 1, depth - 1);
    }
  };
  for (const whole of groups) subtract(new Set(whole), 0, 4);
  return findings;
}
