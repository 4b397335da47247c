import { createGroup } from '../benchmark/groups';
import type { Group, GroupKey } from '../benchmark/types';
import type { AcrossGroup, AuditBlock } from './audit-block';
import type { CountProblem, CountRow } from './count-search';
import { readPrinted } from './printed-share';
import type { GroupSet } from './respondent-sets';
import type { Atom } from './types';

/** How the groups of an indicator are printed. */
export interface Printing {
  /** Groups whose shares are printed in coarse steps. */
  readonly coarse: ReadonlySet<GroupKey>;
  /** Published groups that are to be hidden. */
  readonly refused: ReadonlySet<GroupKey>;
}

/** A question that is asked because of an option, or because of its absence. */
export interface FollowUp {
  /** Valid answers per atom. */
  readonly valid: readonly number[];
  /** Per atom: whether its organisation is among those that figures of the question are made of. */
  readonly isCounted: readonly boolean[];
  /** Groups whose base may be printed. */
  readonly published: ReadonlySet<GroupKey>;
  /** Asked of those who did not give the option. */
  readonly isOfOthers: boolean;
}

/** One option's answers and figures. */
export interface OptionAnswers {
  readonly atoms: readonly Atom[];
  /** Per atom: how many gave the option. */
  readonly given: readonly number[];
  /** Weight of the respondents of a published group, and its share, 0-1. */
  readonly figures: ReadonlyMap<GroupKey, { readonly weight: number; readonly share: number }>;
  readonly followUps: readonly FollowUp[];
}

/** Limits of a weighted sum. */
export interface SumWindow {
  readonly low: number;
  readonly high: number;
}

/**
 * Writes down what is known of one option within one organisation: the limits that every printed per cent, the totals of the network and the bases of follow-up questions set. Weights and valid
 * answers per cell are taken as known.
 * @param block cells and groups of the organisation.
 * @param answers the option's answers.
 * @param printing how they are printed.
 * @returns rows over the block's cells.
 */
export function describeKnowledge(block: AuditBlock, answers: OptionAnswers, printing: Printing): CountProblem {
  const position = new Map(block.columns.map((column, at) => [column, at]));
  const shown = block.printed.filter(({ group }) => isPrinted(group, printing));
  const across = block.across.filter(({ whole }) => isPrinted(whole.group, printing));
  const rows = [
    ...shown.map((set) => weigh(answers, set.columns, readWindow(answers, set, printing))),
    ...across.map((seen) => weigh(answers, seen.inside, readAcross(answers, seen, printing))),
    ...shown.flatMap((set) => countFollowUps(answers, set)),
  ];
  return {
    limits: block.columns.map((column) => answers.atoms[column]?.validCount ?? 0),
    rows: joinRows(rows.map((row) => ({ ...row, columns: row.columns.map((column) => position.get(column) ?? 0) }))),
  };
}

/** Puts rows about the same sum together. */
function joinRows(rows: readonly CountRow[]): readonly CountRow[] {
  const joined = new Map<string, CountRow>();
  for (const row of rows) {
    const name = `${row.columns.join()} ${row.factors.join()}`;
    const known = joined.get(name) ?? row;
    joined.set(name, { ...row, low: Math.max(row.low, known.low), high: Math.min(row.high, known.high) });
  }
  return [...joined.values()];
}

function weigh({ atoms }: OptionAnswers, columns: readonly number[], window: SumWindow): CountRow {
  return { columns, factors: columns.map((column) => atoms[column]?.weight ?? 1), ...window };
}

/**
 * @param answers the option's answers.
 * @param set a published group.
 * @param printing how it is printed.
 * @returns limits of the weighted sum of its answers, for a reader of its printed share.
 */
export function readWindow({ figures }: OptionAnswers, { group, count }: GroupSet, { coarse }: Printing): SumWindow {
  const { weight = 0, share = 0 } = figures.get(group.key) ?? {};
  const { low, high } = readPrinted(share, count, coarse.has(group.key));
  return { low: low * weight, high: high * weight };
}

/**
 * @param group a published group.
 * @param printing what is to be hidden after all.
 * @returns false when it is hidden, and for the network or a peer group without an organisation when the organisation's own
 *   figure is: the difference from the whole would tell it.
 */
export function isPrinted(group: Group, { refused }: Printing): boolean {
  if (refused.size === 0) return true;
  if (refused.has(group.key)) return false;
  const { rest, sector, size } = group;
  return rest === null || !refused.has(createGroup({ organisation: rest, sector, size }).key);
}

/** What a total of the network leaves for one organisation. */
function readAcross(answers: OptionAnswers, seen: AcrossGroup, printing: Printing): SumWindow {
  const whole = readWindow(answers, seen.whole, printing);
  let [least, most] = [0, 0];
  for (const { printed, weight } of seen.others) {
    const isShown = printed !== null && isPrinted(printed.group, printing);
    const window = isShown ? readWindow(answers, printed, printing) : { low: 0, high: weight };
    least += window.low;
    most += window.high;
  }
  const { rest } = seen;
  const without =
    rest !== null && isPrinted(rest.group, printing) ? readWindow(answers, rest, printing) : { low: 0, high: Infinity };
  return { low: whole.low - Math.min(most, without.high), high: whole.high - Math.max(least, without.low) };
}

/** Every answer to a follow-up question is from one who gave the option. */
function countFollowUps(answers: OptionAnswers, { group, columns }: GroupSet): readonly CountRow[] {
  return answers.followUps.flatMap(({ valid, isCounted, published, isOfOthers }) => {
    if (!published.has(group.key) || columns.some((column) => isCounted[column] !== true)) return [];
    const count = columns.reduce((sum, column) => sum + (valid[column] ?? 0), 0);
    const most = columns.reduce((sum, column) => sum + (answers.atoms[column]?.validCount ?? 0), 0) - count;
    const factors = columns.map(() => 1);
    return [isOfOthers ? { columns, factors, low: 0, high: most } : { columns, factors, low: count, high: Infinity }];
  });
}
