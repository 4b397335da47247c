import type { SizeClass } from './types';

/**
 * Smallest numbers of employees of a mid-sized and of a large workplace. Both are limits of the size groups that Statistics
 * Norway uses for establishments (1–4, 5–9, 10–19, 20–49, 50–99, 100–249, 250 and more; SSB, "Virksomheter").
 */
export const sizeLimits = { M: 20, L: 50 } as const;

/**
 * Places a workplace in a size class by how many work there.
 * @param employees number of employees, 0 or more
 * @returns S below 20, M from 20 to 49, L from 50
 */
export function sizeClassOf(employees: number): SizeClass {
  if (employees >= sizeLimits.L) return 'L';
  return employees >= sizeLimits.M ? 'M' : 'S';
}

/**
 * Reads a number of employees.
 * @param text a cell of a file or a field
 * @returns a whole number from 1 to 1,000,000, or null when the text is no such number
 */
export function readEmployeeCount(text: string): number | null {
  const digits = text.replaceAll(/[\s\u00a0]/g, '');
  if (!/^\d{1,7}$/.test(digits)) return null;
  const count = Number(digits);
  return count >= 1 && count <= 1_000_000 ? count : null;
}
