import type { GroupKey } from '../benchmark/types';
import type { AuditBlock, AuditTarget } from './audit-block';
import type { Mend } from './audit-mends';
import { isPrinted, type OptionAnswers, type Printing } from './audit-rows';
import type { MoveRow } from './furthest-move';
import type { GroupSet } from './respondent-sets';

/** Rule R5: more than this share of a small set must not be known to have given one answer. */
const maximumCertainShare = 0.8;

/** Change of answers per column. */
export type Move = ReadonlyMap<number, number>;

/** What does not change while one option of an indicator is attacked. */
export interface AttackedOption {
  /** What is published of the indicator, wherever in the network. */
  readonly published: readonly GroupSet[];
  readonly answers: OptionAnswers;
  readonly isOpinion: boolean;
  /** Whether the indicator has no other option: not giving it is then an answer too. */
  readonly isOnly: boolean;
  /** Changes found so far that leave everything printed as it is. What is told less later allows them all the more. */
  readonly moves: Move[];
  /** What follow-up questions are known to ask of every change, while so many groups are refused. */
  readonly known: { refusedCount: number; readonly rules: MoveRow[] };
}

/** A small set under attack. */
export interface Suspicion {
  readonly block: AuditBlock;
  readonly option: AttackedOption;
  readonly target: AuditTarget;
  /** Numbers of answers that would be enough not to know the true one; without any there is nothing to find. */
  readonly wishes: readonly Wish[];
}

/** Other numbers of answers, both ends included. */
export interface Wish {
  readonly low: number;
  readonly high: number;
}

/**
 * Tells what would have to be possible for a set's answers to stay unknown (statistics.md 2.4 R5): another count, and for
 * opinions one that does not let more than 80 % of the set certainly have answered alike.
 * @param option answers to one option.
 * @param target the set.
 * @param printing how figures are printed.
 * @returns any of these is enough; none where the answers may be told.
 */
export function listWishes(option: AttackedOption, target: AuditTarget, printing: Printing): readonly Wish[] {
  const { isOpinion, isOnly } = option;
  if (isTold(option, target, printing)) return [];
  const count = countGiven(option.answers, target);
  if (count === 0 && !isOnly) return [];
  const most = Math.floor(maximumCertainShare * target.count);
  const fewest = target.count - most;
  if (isOpinion && count > most) return [{ low: 0, high: most }];
  if (isOpinion && isOnly && count < fewest) return [{ low: fewest, high: target.count }];
  const wishes = [
    { low: 0, high: count - 1 },
    { low: count + 1, high: target.count },
  ];
  return wishes.filter(({ low, high }) => low <= high);
}

/** Rule R2: a fact on which a whole published group agrees may be told, and that nobody gave one option of several. */
function isTold(
  { published, answers, isOpinion, isOnly }: AttackedOption,
  target: AuditTarget,
  printing: Printing,
): boolean {
  return published.some(({ group, columns }) => {
    const share = answers.figures.get(group.key)?.share ?? 0;
    const isAllowed = (share === 0 && !(isOpinion && isOnly)) || (share === 1 && !isOpinion);
    return isAllowed && isPrinted(group, printing) && target.columns.every((column) => columns.includes(column));
  });
}

/**
 * @param answers answers to one option.
 * @param set a set of respondents.
 * @returns how many of it gave the option.
 */
export function countGiven({ given }: OptionAnswers, { columns }: AuditTarget): number {
  return columns.reduce((sum, column) => sum + (given[column] ?? 0), 0);
}

/**
 * @param printing how figures are printed.
 * @param more groups that are printed coarsely or hidden as well.
 * @returns both together.
 */
export function printLess(printing: Printing, more: readonly Mend[]): Printing {
  const pick = (isCoarse: boolean): readonly GroupKey[] =>
    more.filter((one) => one.isCoarse === isCoarse).flatMap(({ keys }) => keys);
  return {
    coarse: new Set([...printing.coarse, ...pick(true)]),
    refused: new Set([...printing.refused, ...pick(false)]),
  };
}
