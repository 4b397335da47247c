import { isPrinted, readWindow, type FollowUp, type OptionAnswers, type Printing, type SumWindow } from './audit-rows';
import type { MoveProblem, MoveRow } from './furthest-move';
import type { GroupSet } from './respondent-sets';

/**
 * What becomes of follow-up questions when somebody turns to or from the option they depend on: all answers to them move
 * along, or whatever their bases allow.
 */
export type BaseTreatment = 'moved' | 'free';

/** Factors are compared after so many decimals. */
const factorDecimals = 9;

/** What is printed of one option, and how. */
export interface PrintedOption {
  readonly published: readonly GroupSet[];
  readonly answers: OptionAnswers;
  readonly printing: Printing;
}

/**
 * Writes down how answers to one option could differ from the true ones without any printed figure changing: every per
 * cent, and of follow-up questions the bases. What is not movable stays as it is, so every such change is possible in the
 * whole network, however small the part of it that is looked at.
 * @param option what is printed.
 * @param movable ascending columns that may change.
 * @param followUps what becomes of follow-up questions, and rules over columns that they are known to set; unless their
 *   answers move along, `startFollowing` has the last word.
 * @returns limits on changes, positions as in movable.
 */
export function describeMoves(
  option: PrintedOption,
  movable: readonly number[],
  { bases, rules }: { readonly bases: BaseTreatment; readonly rules: readonly MoveRow[] },
): MoveProblem {
  const { published, answers, printing } = option;
  const position = new Map(movable.map((column, at) => [column, at]));
  const shown = published.filter(({ group }) => isPrinted(group, printing));
  const rows = [
    ...shown.map((set) => weigh(answers, set, readWindow(answers, set, printing))),
    ...shown.flatMap((set) => keepBases(answers, set, bases)),
    ...rules,
  ];
  const limits = limitMoves(answers, movable, bases);
  return { ...limits, rows: joinRows(rows.flatMap((row) => placeRow(row, position))) };
}

function weigh({ atoms, figures }: OptionAnswers, { group, columns }: GroupSet, { low, high }: SumWindow): MoveRow {
  const { weight = 0, share = 0 } = figures.get(group.key) ?? {};
  const factors = columns.map((column) => atoms[column]?.weight ?? 1);
  const by = { lowBy: [group.key], highBy: [group.key] };
  return { columns, factors, low: low - share * weight, high: high - share * weight, ...by };
}

/** What the bases of follow-up questions in a group ask of those who give the option there; the narrowest are enough. */
function keepBases(
  { followUps, ...answers }: OptionAnswers,
  { group, columns }: GroupSet,
  bases: BaseTreatment,
): readonly MoveRow[] {
  const narrowest = new Map<string, MoveRow>();
  for (const followUp of followUps.filter(({ published }) => published.has(group.key))) {
    const kept = columns.filter((column) => followUp.isCounted[column] === true);
    const spare = bases === 'free' ? kept.reduce((sum, column) => sum + countSpare(answers, followUp, column), 0) : 0;
    const sign = followUp.isOfOthers ? -1 : 1;
    const name = `${sign} ${kept.length === columns.length ? '' : kept.join()}`;
    if (-spare < (narrowest.get(name)?.low ?? -Infinity)) continue;
    const high = bases === 'free' ? Infinity : 0;
    const by = { lowBy: [group.key], highBy: [group.key] };
    narrowest.set(name, { columns: kept, factors: kept.map(() => sign), low: -spare, high, ...by });
  }
  return [...narrowest.values()];
}

/**
 * @param answers the option's answers.
 * @param followUp a question asked because of it.
 * @param column a cell.
 * @returns how many were asked in the cell and gave no valid answer.
 */
export function countSpare(
  answers: Pick<OptionAnswers, 'atoms' | 'given'>,
  { valid, isOfOthers }: FollowUp,
  column: number,
): number {
  const given = answers.given[column] ?? 0;
  const asked = isOfOthers ? (answers.atoms[column]?.validCount ?? 0) - given : given;
  return asked - (valid[column] ?? 0);
}

function limitMoves(
  answers: OptionAnswers,
  movable: readonly number[],
  bases: BaseTreatment,
): Pick<MoveProblem, 'fall' | 'rise'> {
  const fall = movable.map((column) => answers.given[column] ?? 0);
  const rise = movable.map((column) => (answers.atoms[column]?.validCount ?? 0) - (answers.given[column] ?? 0));
  for (const { valid, isCounted, isOfOthers } of bases === 'moved' ? answers.followUps : []) {
    const limits = isOfOthers ? rise : fall;
    movable.forEach((column, at) => {
      if (isCounted[column] === true) limits[at] = Math.min(limits[at] ?? 0, valid[column] ?? 0);
    });
  }
  return { fall, rise };
}

/**
 * @param row limits over columns.
 * @param position where the movable columns stand.
 * @returns what is movable of it, the first factor 1 so that rows about the same sum can be put together; none when
 *   nothing is.
 */
export function placeRow(row: MoveRow, position: ReadonlyMap<number, number>): readonly MoveRow[] {
  const columns: number[] = [];
  const factors: number[] = [];
  row.columns.forEach((column, at) => {
    const place = position.get(column);
    if (place === undefined) return;
    columns.push(place);
    factors.push(row.factors[at] ?? 0);
  });
  const [unit] = factors;
  if (unit === undefined) return [];
  const low = { limit: Math.min(0, row.low) / unit, by: row.lowBy };
  const high = { limit: Math.max(0, row.high) / unit, by: row.highBy };
  const [first, last] = unit > 0 ? [low, high] : [high, low];
  const scaled = factors.map((factor) => factor / unit);
  return [{ columns, factors: scaled, low: first.limit, high: last.limit, lowBy: first.by, highBy: last.by }];
}

/**
 * @param rows limits.
 * @returns the same with rows about the same sum put together; the nearest limits hold.
 */
export function joinRows(rows: readonly MoveRow[]): MoveRow[] {
  const joined = new Map<string, MoveRow>();
  for (const row of rows) {
    const name = `${row.columns.join()} ${row.factors.map((factor) => factor.toFixed(factorDecimals)).join()}`;
    const known = joined.get(name) ?? row;
    const { low, lowBy } = known.low > row.low ? known : row;
    const { high, highBy } = known.high < row.high ? known : row;
    joined.set(name, { ...row, low, lowBy, high, highBy });
  }
  return [...joined.values()];
}
