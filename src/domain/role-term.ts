import type { Role } from './permissions';

/** Months that an organisation's contact has the role unless it is extended. */
const contactMonths = 24;

/** Months for which a role can be given or extended at most. */
const mostMonths = 60;

function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

/**
 * The last day of a role that is given without one.
 * @param role the role
 * @param today YYYY-MM-DD
 * @returns YYYY-MM-DD, or null for a role that holds until it is ended
 */
export function defaultLastDay(role: Role, today: string): string | null {
  return role === 'organisation_contact' ? addMonths(today, contactMonths) : null;
}

/**
 * Tells whether a role may end on a day.
 * @param date any text
 * @param today YYYY-MM-DD
 * @returns true for a calendar day YYYY-MM-DD from today on, within five years
 */
export function isLastDay(date: string, today: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const time = new Date(`${date}T00:00:00Z`);
  const isDay = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date);
  return isDay && date >= today && date <= addMonths(today, mostMonths);
}
