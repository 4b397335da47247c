import { countEligible } from '../../../domain/fieldwork/board/counts';
import type { FieldworkDay } from '../../../domain/fieldwork/board/days';
import { countDaysBetween } from '../../../domain/fieldwork/wave-state';
import type { FieldworkChartModel, FieldworkPoint } from '../../../formats/charts/fieldwork-chart-model';
import type { Board } from '../../../usecases/coordinator/read-board';
import { embedJson } from '../embed-json';
import { formatCount, formatDate } from '../format-date';
import type { Words } from '../results/words';

/** The curve of a board and the same as a table. */
export interface DaysView {
  readonly json: string;
  readonly label: string;
  readonly legend: readonly { readonly shape: 'now' | 'before' | 'target'; readonly text: string }[];
  readonly rows: readonly {
    readonly day: string;
    readonly date: string;
    readonly answered: string;
    readonly cumulative: string;
    readonly rate: string;
    readonly mailing: string;
  }[];
}

function toPoints(days: readonly FieldworkDay[], eligible: number): readonly FieldworkPoint[] {
  return days.map(({ number, cumulative }) => ({ day: number, percent: (cumulative / eligible) * 100 }));
}

/**
 * Makes the curve of answers by day.
 * @param board the board
 * @param name whose answers they are
 * @param words words of the reader's language
 * @returns null where there is nothing to draw
 */
export function createDaysView(board: Board, name: string, words: Words): DaysView | null {
  const total = board.scope ?? board.total;
  const eligible = total === null ? 0 : countEligible(total.counts);
  const { openedOn } = board.wave;
  // Responses that were imported have the day of the import.
  const isImported = board.wave.state !== 'open' && board.days.filter(({ answered }) => answered > 0).length <= 1;
  if (eligible === 0 || openedOn === null || board.days.length === 0 || isImported) return null;
  const model = createModel(board, { eligible, openedOn }, words);
  const mailed = new Map(model.mailings.map(({ day, label }) => [day, label]));
  return {
    json: embedJson(model),
    label: words.t('board.days.label', { name }),
    legend: [
      { shape: 'now', text: model.words.now },
      ...(model.before.length > 0 ? [{ shape: 'before', text: model.words.before } as const] : []),
      ...(model.target === null ? [] : [{ shape: 'target', text: model.words.target } as const]),
    ],
    rows: board.days.map(({ number, day, answered, cumulative }) => ({
      day: String(number),
      date: formatDate(words.language, day),
      answered: formatCount(words.language, answered),
      cumulative: formatCount(words.language, cumulative),
      rate: words.t('results.percent', { value: Math.round((cumulative / eligible) * 100) }),
      mailing: mailed.get(number) ?? '',
    })),
  };
}

function createModel(
  board: Board,
  { eligible, openedOn }: { readonly eligible: number; readonly openedOn: string },
  words: Words,
): FieldworkChartModel {
  const { days, lastDays, mailings, target, wave, lastPeriod } = board;
  const planned = wave.closesOn === null ? 0 : countDaysBetween(openedOn, wave.closesOn) + 1;
  const before = lastDays === null || lastDays.eligible === 0 ? [] : toPoints(lastDays.days, lastDays.eligible);
  const lastDay = Math.max(planned, days.length);
  return {
    lastDay,
    now: toPoints(days, eligible),
    before: before.filter(({ day }) => day <= lastDay),
    target,
    mailings: mailings
      .map(({ number, day }) => ({ day: countDaysBetween(openedOn, day) + 1, label: nameMailing(number, words) }))
      .filter(({ day }) => day >= 1 && day <= lastDay),
    words: {
      now: words.t('board.days.now'),
      before: words.t('board.days.before', { period: (lastPeriod ?? '').replace('-', '–') }),
      target: words.t('board.days.target', { value: target ?? 0 }),
      day: words.t('board.days.day'),
    },
  };
}

function nameMailing(number: number, words: Words): string {
  return number === 0 ? words.t('board.days.invitation') : words.t('board.days.reminder', { number });
}
