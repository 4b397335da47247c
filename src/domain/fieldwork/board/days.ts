import { addDays } from '../wave-state';

/** Responses handed in on one day. */
export interface DayCount {
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly answered: number;
}

/** One day of fieldwork. */
export interface FieldworkDay extends DayCount {
  /** 1 on the day the wave opened. */
  readonly number: number;
  /** Handed in up to and including this day. */
  readonly cumulative: number;
}

/** No fieldwork lasts longer; a clock that has leapt must not draw a page without end. */
const mostDays = 400;

/**
 * Lists the days of fieldwork with what came in on each, days without anything too.
 * @param counts days on which something came in
 * @param from day the wave opened, YYYY-MM-DD
 * @param to last day to list, YYYY-MM-DD
 * @returns every day in order; what came in before the first counts with it, what came in later is left out
 */
export function listDays(counts: readonly DayCount[], from: string, to: string): readonly FieldworkDay[] {
  const days: FieldworkDay[] = [];
  let cumulative = 0;
  for (let day = from; day <= to && days.length < mostDays; day = addDays(day, 1)) {
    const isFirst = day === from;
    const answered = counts
      .filter((count) => (isFirst ? count.day <= day : count.day === day))
      .reduce((sum, count) => sum + count.answered, 0);
    cumulative += answered;
    days.push({ number: days.length + 1, day, answered, cumulative });
  }
  return days;
}

/**
 * Counts what another wave had got on the same day of its fieldwork.
 * @param counts days of that wave
 * @param from day it opened, YYYY-MM-DD
 * @param number day of fieldwork, 1 on the first
 * @returns responses up to and including that day; null when it got all of them on one day, as imported waves do
 */
export function countByDay(counts: readonly DayCount[], from: string, number: number): number | null {
  if (new Set(counts.map(({ day }) => day)).size < 2) return null;
  const to = addDays(from, number - 1);
  return counts.filter(({ day }) => day <= to).reduce((sum, { answered }) => sum + answered, 0);
}
