import type { Context } from '../../context';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import type { ImportFile } from '../import-faults';
import { keepContent, requireAdministrator } from '../pending-register';
import { readRegister, type RegisterRequest } from '../register-content';

/**
 * Reads a file of a register and keeps it until the administrator has looked at what it would change.
 * @param context the process' context
 * @param actor who asks
 * @param input the file (null: none was chosen) and what it is taken for
 * @returns id of what is kept
 * @throws AppError form_faulty, import_faulty
 */
export async function previewRegister(
  context: Context,
  actor: Actor,
  input: { readonly file: ImportFile | null; readonly request: RegisterRequest },
): Promise<{ readonly id: string }> {
  const actorId = requireAdministrator(actor);
  if (input.file === null)
    throw new AppError('form_faulty', { fields: [{ field: 'file', key: 'register.fault.file' }] });
  const content = readRegister([input.file], input.request);
  return { id: await keepContent(context, actorId, content) };
}
