import { AppError } from '../../../errors';
import { isDay } from '../../../domain/fieldwork/is-day';
import { toDate } from '../../../domain/fieldwork/wave-state';
import type { RegisterRequest } from '../../../usecases/register-content';

/** What can be imported of registers, in the order in which it is needed. */
export const registerParts = ['municipality', 'county', 'organisations', 'kostra_groups'] as const;

/** What was chosen, as it was written. */
export interface RegisterForm {
  readonly part: string;
  /** Year of KOSTRA groups. */
  readonly year: string;
  /** Day of a list without periods; empty: today. */
  readonly date: string;
  readonly isOnlyKnown: string;
}

/**
 * Reads what is to be imported.
 * @param form what was chosen
 * @param now the moment
 * @returns the request
 * @throws AppError form_faulty
 */
export function readRegisterRequest(form: RegisterForm, now: Date): RegisterRequest {
  const today = toDate(now);
  const refuse = (field: string, key: string): AppError => new AppError('form_faulty', { fields: [{ field, key }] });
  const part = registerParts.find((each) => each === form.part);
  if (part === undefined) throw refuse('part', 'register.fault.part');
  if (part === 'organisations') return { kind: 'organisations', isOnlyKnown: form.isOnlyKnown === '1' };
  if (part === 'kostra_groups') {
    const year = /^(19|20)\d{2}$/.test(form.year) ? Number(form.year) : 0;
    if (year === 0 || year > now.getUTCFullYear() + 1) throw refuse('year', 'register.fault.year');
    return { kind: 'kostra_groups', year };
  }
  const date = form.date === '' ? today : form.date;
  if (!isDay(date) || date > today) {
    throw refuse('date', 'register.fault.date');
  }
  return { kind: 'regions', classification: part, date };
}
