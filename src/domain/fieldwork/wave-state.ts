import { waveStates, type WaveState } from './types';

/**
 * Tells whether a wave may go from one state to another.
 * @param from state of the wave now
 * @param to state wished for
 * @returns true for the next state in the order draft, open, closed, released
 */
export function isNextState(from: WaveState, to: WaveState): boolean {
  return waveStates.indexOf(to) === waveStates.indexOf(from) + 1;
}

/**
 * The state that a wave must be in before it can be in another.
 * @param to state wished for
 * @returns the state before it
 * @throws RangeError for draft, which no state comes before
 */
export function stateBefore(to: WaveState): WaveState {
  const before = waveStates[waveStates.indexOf(to) - 1];
  if (before === undefined) throw new RangeError(`no state comes before ${to}`);
  return before;
}

/**
 * Adds days to a date.
 * @param date YYYY-MM-DD
 * @param days whole days
 * @returns YYYY-MM-DD
 */
export function addDays(date: string, days: number): string {
  const time = new Date(`${date}T00:00:00Z`);
  time.setUTCDate(time.getUTCDate() + days);
  return time.toISOString().slice(0, 10);
}

const dayMilliseconds = 86_400_000;

/**
 * Counts days.
 * @param from YYYY-MM-DD
 * @param to YYYY-MM-DD
 * @returns whole days from one date to the other; negative when it comes first
 */
export function countDaysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMilliseconds);
}

const norwegianDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo', dateStyle: 'short' });

/**
 * The calendar day in Norway, where the respondents are.
 * @param moment any moment
 * @returns YYYY-MM-DD
 */
export function toDate(moment: Date): string {
  return norwegianDay.format(moment);
}
