import type { GroupKey } from '../benchmark/types';
import { countSpare, joinRows, placeRow, type PrintedOption } from './audit-moves';
import { isPrinted, type FollowUp } from './audit-rows';
import type { Move } from './audit-suspicion';
import { findMove, listObstacles, type MoveRow } from './furthest-move';

/** What a follow-up question says to a change of an option's answers that it does not allow. */
export interface Refusal {
  /** What it asks of every change, over columns; null when the search was stopped before that was known. */
  readonly rule: MoveRow | null;
}

/** A follow-up question, as far as it bears on the cells that may change. */
interface Question {
  readonly columns: readonly number[];
  /** 1: asked of those who give the option; -1: of the others. */
  readonly sign: number;
  /** Per column: those asked who gave no valid answer, and those who gave one. */
  readonly spare: readonly number[];
  readonly valid: readonly number[];
  /** Bases that are printed. */
  readonly bases: readonly MoveRow[];
}

/** So much of a change is all of it, but for rounding errors. */
const whole = 1 - 1e-9;

/**
 * Prepares the test of changes against follow-up questions: answers to these are given by some of those who are asked,
 * cell by cell, and their bases are printed.
 * @param option what is printed.
 * @param movable ascending columns that may change.
 * @returns from a change of the option's answers per column: the first refusal, or null when every question allows it.
 */
export function startFollowing(option: PrintedOption, movable: readonly number[]): (move: Move) => Refusal | null {
  const questions = option.answers.followUps.map((followUp) => prepare(option, followUp, movable));
  return (move) => {
    for (const [at, question] of questions.entries()) {
      const refusal = follow(question, move);
      if (refusal === null) continue;
      // What refuses one change often refuses the next: it is asked first then.
      questions.splice(at, 1);
      questions.unshift(question);
      return refusal;
    }
    return null;
  };
}

function prepare(
  { published, answers, printing }: PrintedOption,
  followUp: FollowUp,
  movable: readonly number[],
): Question {
  const columns = movable.filter((column) => followUp.isCounted[column] === true);
  const position = new Map(columns.map((column, at) => [column, at]));
  const bases = published
    .filter(({ group }) => followUp.published.has(group.key) && isPrinted(group, printing))
    .flatMap(({ group, columns: own }) => {
      const factors = own.map(() => 1);
      return placeRow({ columns: own, factors, low: 0, high: 0, lowBy: [group.key], highBy: [group.key] }, position);
    });
  return {
    columns,
    sign: followUp.isOfOthers ? -1 : 1,
    spare: columns.map((column) => countSpare(answers, followUp, column)),
    valid: columns.map((column) => followUp.valid[column] ?? 0),
    bases: joinRows(bases),
  };
}

/**
 * Where not all of a change is possible, the solution tells a rule that the change breaks and every possible one keeps
 * (Benders 1962, Numerische Mathematik 4).
 */
function follow({ columns, sign, spare, valid, bases }: Question, move: Move): Refusal | null {
  const changes = columns.map((column) => sign * (move.get(column) ?? 0));
  if (changes.every((change, at) => change >= -(spare[at] ?? 0))) return null;
  const part = columns.length;
  const turning = changes.flatMap((change, at) => (change === 0 ? [] : [at]));
  const rows = [
    ...turning.map((at) => limitToAsked(at, part, { change: changes[at] ?? 0, spare: spare[at] ?? 0 })),
    ...bases,
  ];
  const fall = [...valid, 0];
  // Where nobody turns, a limit of the count itself does for a row.
  const rise = [...changes.map((change, at) => Math.max(0, change) + (spare[at] ?? 0)), 1];
  const found = findMove({ fall, rise, rows }, { columns: [part], by: 1 });
  const reached = found.changes[part] ?? 0;
  if (reached > whole) return null;
  if (!found.isFurthest) return { rule: null };
  const asked = found.stops.flatMap(({ row, column, rate }) => {
    const at = row === null ? column : turning[row];
    return at === undefined || at === null || at === part || rate < 0 ? [] : [{ at, rate }];
  });
  const reach = asked.reduce((sum, { at, rate }) => sum + rate * (changes[at] ?? 0), 0);
  const rule: MoveRow = {
    columns: asked.map(({ at }) => columns[at] ?? 0),
    factors: asked.map(({ rate }) => sign * rate),
    low: reached * reach,
    high: Infinity,
    lowBy: listKeys(rows, found.stops),
    highBy: [],
  };
  return { rule };
}

function listKeys(rows: readonly MoveRow[], stops: Parameters<typeof listObstacles>[1]): readonly GroupKey[] {
  return [...listObstacles(rows, stops).keys()];
}

/** No more answer the question in a cell than are asked there; the part of the change stands behind the cells. */
function limitToAsked(at: number, part: number, { change, spare }: { change: number; spare: number }): MoveRow {
  return { columns: [at, part], factors: [1, -change], low: -Infinity, high: spare, lowBy: [], highBy: [] };
}
