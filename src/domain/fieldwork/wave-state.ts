import { waveStates, type WaveState } from './types';

/** Days from opening until names and addresses are deleted; promised to respondents. */
export const addressRetentionDays = 180;

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

/**
 * The calendar day in Norway, where the respondents are.
 * @param moment any moment
 * @returns YYYY-MM-DD
 */
export function toDate(moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo', dateStyle: 'short' }).format(moment);
}
