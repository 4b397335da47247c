import type { FieldFault } from '../domain/form-fault';
import { AppError } from '../errors';

/**
 * Stops when something in a form is wrong.
 * @param faults everything that is wrong, in the order of the form
 * @throws AppError form_faulty
 */
export function requireFaultless(faults: readonly FieldFault[]): void {
  if (faults.length > 0) throw new AppError('form_faulty', { fields: faults });
}
