import { countEligible } from '../../../domain/fieldwork/board/counts';
import { countDaysBetween } from '../../../domain/fieldwork/wave-state';
import type { Board, BoardTotal } from '../../../usecases/coordinator/read-board';
import { formatCount, formatDate } from '../format-date';
import type { Fact } from '../results/comparison-facts';
import type { Words } from '../results/words';
import { describeLast } from './board-table';

/** What stands at the top of a board. */
export interface BoardHeadline {
  readonly name: string;
  readonly rate: string;
  /** RR2, whole per cent. */
  readonly percent: number;
  readonly sentence: string;
  readonly facts: readonly Fact[];
}

/**
 * Names what is looked at.
 * @param total an organisation; null: the network
 * @param words words of the reader's language
 */
export function nameOf(total: BoardTotal | null, words: Words): string {
  return total?.name ?? words.t('board.network');
}

/**
 * Makes what stands at the top of a board: RR2 of what is looked at, days and aims.
 * @param board the board
 * @param shown the network or one organisation
 * @param reader today (YYYY-MM-DD) and words of the reader's language
 */
export function createHeadline(
  board: Board,
  shown: BoardTotal,
  { today, words }: { readonly today: string; readonly words: Words },
): BoardHeadline {
  const { counts, rates } = shown;
  const percent = Math.round((rates.rr2 ?? 0) * 100);
  return {
    name: nameOf(shown, words),
    rate: words.t('results.percent', { value: percent }),
    percent,
    sentence: words.t('board.headline', {
      answered: formatCount(words.language, counts.answered),
      eligible: formatCount(words.language, countEligible(counts)),
      count: countEligible(counts),
    }),
    facts: [...listDayFacts(board, today, words), ...listAims(board, shown, words)],
  };
}

function listDayFacts({ wave }: Board, today: string, words: Words): readonly Fact[] {
  const { state, openedOn, closesOn, closedOn } = wave;
  if (openedOn === null) return [];
  if (state !== 'open') {
    const dates = { from: formatDate(words.language, openedOn), to: formatDate(words.language, closedOn ?? today) };
    return [{ term: words.t('board.fieldwork'), text: words.t('board.fieldwork.value', dates) }];
  }
  const number = Math.max(countDaysBetween(openedOn, today) + 1, 1);
  const left = closesOn === null ? null : countDaysBetween(today, closesOn);
  return [
    { term: words.t('board.fieldwork'), text: words.t('board.fieldwork.day', { number }) },
    ...(closesOn === null || left === null
      ? []
      : [
          {
            term: words.t('board.deadline'),
            text: words.t(left < 0 ? 'board.deadline.passed' : 'board.deadline.value', {
              date: formatDate(words.language, closesOn),
              days: left,
            }),
          },
        ]),
  ];
}

function listAims({ target, lastPeriod }: Board, { last, counts }: BoardTotal, words: Words): readonly Fact[] {
  const needed = target === null ? 0 : Math.ceil((target / 100) * countEligible(counts)) - counts.answered;
  const aim =
    target === null
      ? []
      : [
          {
            term: words.t('board.target'),
            text:
              needed > 0
                ? words.t('board.target.value', { value: target, needed })
                : words.t('board.target.reached', { value: target }),
          },
        ];
  if (last === null) return aim;
  const period = (lastPeriod ?? '').replace('-', '–');
  return [...aim, { term: words.t('board.last_round', { period }), text: describeLast(last, words) }];
}
